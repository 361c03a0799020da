"""Runs the jobs again and again: on a thread beside the web service, or as a process of its own."""

import threading
from collections.abc import Callable

import structlog

from ..domain.errors import Refusal, StoreRefusal
from ..services import alerts, ledger_keeper, ledger_tree
from ..services.context import Services
from .printing import print_once, print_worker
from .rounds import Rounds

log = structlog.get_logger("exhibits.jobs")


def run_once(services: Services) -> alerts.Outcome:
    """Look after the ledger, then raise and deliver alerts once. The log says how many, and of whom nothing."""
    keep_ledger(services)
    outcome = alerts.run(services)
    log.info(
        "alerts ran",
        looked_at=outcome.looked_at,
        raised=outcome.raised,
        queued=outcome.queued,
        sent=outcome.sent,
        failed=outcome.failed,
        unaddressed=outcome.unaddressed,
    )
    return outcome


def keep_ledger(services: Services) -> None:
    """Integrate and sign once; what could not be done is in the log and on the health page."""
    kept = ledger_keeper.run(services)
    if kept.refused:
        log.warning("not all was done for the ledger", says=kept.refused)
    else:
        log.info("ledger kept", integrated=kept.integrated, size=kept.signed.size if kept.signed else None)


def check_ledger(services: Services) -> None:
    """At start: on a mismatch the ledger becomes read-only, and the log says so."""
    try:
        if not ledger_keeper.start(services):
            log.error("a check of the ledger failed: it is read-only; run `exhibits ledger verify`")
    except Refusal as refusal:
        log.warning("the ledger was not checked", code=refusal.code, says=refusal.sentence())


def wait(services: Services, seconds: float, integrate_seconds: float | None, stop: threading.Event) -> None:
    """Wait for the next round. Where entries come from many processes, go on integrating meanwhile."""
    if integrate_seconds is None:
        stop.wait(seconds)
        return
    left = seconds
    while left > 0 and not stop.wait(min(left, integrate_seconds)):
        left -= integrate_seconds
        try:
            ledger_tree.integrate(services)
        except Refusal as refusal:
            log.warning("nothing was integrated", code=refusal.code)


def jobs_worker(services: Services, seconds: float, integrate_seconds: float | None = None) -> Rounds:
    """The jobs on a thread, every so many seconds until stopped; with `integrate_seconds`, entries more often.

    A round that the store cannot keep now is tried again; the stale heartbeat shows on the board.
    """
    checked = False

    def once() -> None:
        nonlocal checked
        try:
            if not checked:
                checked = True
                check_ledger(services)
            run_once(services)
        except Refusal as refusal:
            log.warning("the round of jobs was not kept", code=refusal.code)

    return Rounds("exhibits-jobs", once, lambda stopped: wait(services, seconds, integrate_seconds, stopped))


def run_until_stopped(
    services: Services,
    seconds: float,
    stop: threading.Event,
    report: Callable[[str], None],
    *,
    once: bool = False,
    integrate_seconds: float | None = None,
) -> None:
    """The jobs in the foreground, printing beside them, until the event is set, or once.

    A round that the store cannot keep is reported and tried again; run once, it raises StoreRefusal.
    """
    check_ledger(services)
    if once:
        print_once(services)
        return _rounds(services, seconds, stop, report, once=True, integrate_seconds=None)
    printing = print_worker(services).start()
    try:
        return _rounds(services, seconds, stop, report, once=False, integrate_seconds=integrate_seconds)
    finally:
        printing.stop()


def _rounds(
    services: Services,
    seconds: float,
    stop: threading.Event,
    report: Callable[[str], None],
    *,
    once: bool,
    integrate_seconds: float | None,
) -> None:
    while not stop.is_set():
        try:
            outcome = run_once(services)
            report(f"{outcome.raised} raised, {outcome.queued} queued, {outcome.sent} sent, {outcome.failed} failed")
        except StoreRefusal as refusal:
            if once:
                raise
            report(refusal.sentence())
        if once:
            return
        wait(services, seconds, integrate_seconds, stop)
