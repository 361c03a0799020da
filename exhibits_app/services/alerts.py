"""Alerts: who must be told that an exhibit's time is running out, each told once, through the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from . import ageing, alert_raising, deadlines, grading, telling, trend
from .context import Services
from .ports import MAIL, WEBHOOK, Mailer, OutgoingMessage

MOST_TRIES = 12
# After so many failures one after another the server is left alone until the next round.
MOST_FAILURES_IN_A_ROW = 5
LEASE = timedelta(minutes=10)


@dataclass(slots=True)
class Outcome:
    """What one run of the alerts did."""

    looked_at: int = 0
    raised: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0
    unaddressed: int = 0
    faults: list[str] = field(default_factory=list)


def run(services: Services, progress: Callable[[int], None] = lambda _done: None) -> Outcome:
    """Raise what is due, put one message for each person in the outbox, and deliver the outbox.

    Derived from state: running it twice, or four at once, tells nobody twice.
    """
    outcome = Outcome()
    grading.carry_out(services)
    deadlines.bring_up(services)
    trend.keep_today(services)
    ageing.keep(services)
    raised = alert_raising.raise_all(services, progress)
    outcome.looked_at, outcome.raised, outcome.unaddressed = raised.looked_at, raised.raised, raised.unaddressed
    outcome.queued = telling.queue(services)
    deliver(services, outcome)
    now = services.clock.now()
    note = f"raised {outcome.raised}, queued {outcome.queued}, sent {outcome.sent}, failed {outcome.failed}"
    if outcome.unaddressed:
        note += f"; for {outcome.unaddressed} there is nobody to tell: name a supervisor or a submissions unit"
    services.store.write(lambda work: work.alerts.beat("alerts", now, note))
    return outcome


def deliver(services: Services, outcome: Outcome) -> None:
    """Send what the outbox holds; what the server does not take is tried again later, ever more seldom.

    Ends early when the server fails again and again: one that hangs must not keep alerts from being raised.
    """
    for to, way in ((MAIL, services.mailer), (WEBHOOK, services.webhook)):
        failures = 0
        while way.active and failures < MOST_FAILURES_IN_A_ROW:
            message = _lease(services, to)
            if message is None:
                break
            failures = 0 if _send(services, way, message, outcome) else failures + 1


def _lease(services: Services, to: str) -> OutgoingMessage | None:
    """The oldest message that is due, kept from other workers for a while; None when there is none.

    The lease is taken and the transaction ended before the mail server is spoken to: no scan waits for it. After a
    crash in between the lease runs out and the message goes again, with the same message id.
    """
    now = services.clock.now()
    leased = services.store.write(lambda work: work.alerts.lease(now, now + LEASE, 1, to=to))
    return leased[0] if leased else None


def _send(services: Services, way: Mailer, message: OutgoingMessage, outcome: Outcome) -> bool:
    """Whether the server took the message."""
    try:
        way.send(message)
    except OSError as fault:
        error = f"{type(fault).__name__}: {fault}"[:500]
        again = services.clock.now() + timedelta(minutes=min(2 ** (message.tries + 1), 240))
        last = message.tries + 1 >= MOST_TRIES
        services.store.write(lambda work: work.alerts.failed(message.id, error, None if last else again))
        outcome.failed += 1
        outcome.faults.append(error)
        return False
    sent_at = services.clock.now()
    services.store.write(lambda work: work.alerts.sent(message.id, sent_at))
    outcome.sent += 1
    return True
