"""Alerts: who must be told that an exhibit's time is running out, each told once, through the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from ..domain import digest
from ..domain.acknowledging import held_back
from ..domain.clocks import running, stages_of
from . import ageing, alert_messages, alert_raising, deadlines, grading, trend
from .acknowledging import of_clock
from .context import Services
from .ports import MAIL, WEBHOOK, Mailer, OutgoingMessage, Work
from .revised import REVISED

# So many alerts are put into messages in one round; what is left of a digest goes in the next.
MOST_QUEUED = 10_000
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
    _queue(services, outcome)
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


def _queue(services: Services, outcome: Outcome) -> None:
    """One message for each person, the most overdue first: the day's digest, or what does not wait for it.

    References only, no case details.
    """
    now = services.clock.now()

    def change(work: Work) -> int:
        work.alerts.beat("queue", now, "")  # Workers queue one after the other: the row of this beat is locked.
        last = work.alerts.heartbeats().get("digest")
        daily = digest.is_due(last[0] if last else None, now)
        waiting = work.alerts.untold(MOST_QUEUED, at_once=not daily)
        queued, told = 0, list[dict[str, Any]]()
        for person, group in groupby(waiting, key=lambda alert: alert["person"]):
            alerts = _standing(work, list(group), now)
            if alerts:
                message = alert_messages.to_person(work.accounts.find(int(str(person))), alerts, now)
                work.alerts.tell([int(str(alert["id"])) for alert in alerts], message, now)
                told += alerts
                queued += 1
        if told and services.webhook.active:
            work.alerts.tell([], alert_messages.to_webhook(told, now), now)
        if daily and len(waiting) < MOST_QUEUED:
            work.alerts.beat("digest", now, f"{queued} messages")
        return queued

    outcome.queued = services.store.write(change)


def _standing(work: Work, alerts: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Those that are still true, with references; what was decided, done or acknowledged meanwhile is dropped."""
    policy = work.policies.current(now)
    known = work.alerts.acknowledged({alert["register_no"] for alert in alerts})
    standing, over = list[dict[str, Any]](), list[dict[str, Any]]()
    for alert in alerts:
        clocks = running(work.items.find(alert["register_no"]).exhibit, policy)
        of_it = [one for one in clocks if (one.kind.value, one.due) == (alert["clock"], alert["due_at"])]
        stages = {stage.name: stage for one in of_it for stage in stages_of(one.kind, policy)}
        stage = stages.get(alert["stage"])
        latest = of_clock(known, alert["register_no"], of_it[0]) if of_it else None
        reached = stage is not None and of_it[0].share(now) >= stage.share and not held_back(stage, latest, now)
        stands = alert["clock"] == REVISED or reached
        (standing if stands else over).append(alert)
    work.alerts.forget(int(alert["id"]) for alert in over)
    return [_named(work, alert) for alert in standing]


def _named(work: Work, alert: dict[str, Any]) -> dict[str, Any]:
    """The alert with its exhibit reference: a message carries references and no case details."""
    return alert | {"reference": work.items.find(alert["register_no"]).exhibit.ref}


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
