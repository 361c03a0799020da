"""Runs the jobs again and again: on a thread beside the web service, or as a process of its own."""

import threading
from collections.abc import Callable

import structlog

from ..domain.errors import Refusal
from ..services import alerts
from ..services.context import Services

log = structlog.get_logger("exhibits.jobs")


def run_once(services: Services) -> alerts.Outcome:
    """Raise and deliver alerts once. The log says how many, and of whom nothing."""
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


class Worker:
    """The jobs on a thread, every so many seconds until stopped."""

    def __init__(self, services: Services, seconds: float) -> None:
        self._services = services
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="exhibits-jobs", daemon=True)

    def start(self) -> "Worker":
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish the round at hand and end."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._round()
            self._stopped.wait(self._seconds)

    def _round(self) -> None:
        """One round. A store that cannot keep it now is tried again; the stale heartbeat shows on the board."""
        try:
            run_once(self._services)
        except Refusal as refusal:
            log.warning("the round of jobs was not kept", code=refusal.code)


def run_until_stopped(
    services: Services,
    seconds: float,
    stop: threading.Event,
    report: Callable[[str], None],
    *,
    once: bool = False,
) -> None:
    """The jobs in the foreground, until the event is set, or once."""
    while not stop.is_set():
        outcome = run_once(services)
        report(f"{outcome.raised} raised, {outcome.queued} queued, {outcome.sent} sent, {outcome.failed} failed")
        if once:
            return
        stop.wait(seconds)
