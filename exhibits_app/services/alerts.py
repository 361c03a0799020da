"""Alerts: who must be told that an exhibit's time is running out, each told once, through the outbox."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from ..domain import digest
from ..domain.acknowledging import Acknowledgement, ended, held_back
from ..domain.clocks import DECIDING, running, stage_at, stages_of
from ..domain.policy import DayCount, Policy
from . import ageing, alert_messages, deadlines, grading, trend
from .acknowledging import of_clock
from .alert_recipients import Reached, Recipients
from .context import Services
from .ports import MAIL, WEBHOOK, ItemLine, ListedItem, Mailer, OutgoingMessage, Work
from .revised import REVISED

BATCH = 500
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
    _raise_all(services, outcome, progress)
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


def _raise_all(services: Services, outcome: Outcome, progress: Callable[[int], None]) -> None:
    """Walk the items whose first deadline could have reached a stage: those of decisions, then those of custody."""
    now = services.clock.now()
    with services.store.read() as work:
        policy = work.policies.current(now)
        recipients = Recipients.load(work)
    for wanted, horizon in ((ItemLine(), now + _longest_wait(policy)), (ItemLine(of_custody=True), now)):
        _walk(services, outcome, progress, _Walk(wanted, horizon, policy, recipients, now))


@dataclass(frozen=True, slots=True)
class _Walk:
    wanted: ItemLine
    horizon: datetime
    policy: Policy
    recipients: Recipients
    now: datetime


def _walk(services: Services, outcome: Outcome, progress: Callable[[int], None], walk: _Walk) -> None:
    after: tuple[datetime, int] | None = None
    now, recipients = walk.now, walk.recipients
    while True:
        with services.store.read() as work:
            page = work.items.due_before(walk.horizon, walk.wanted, after, BATCH)
            known = work.alerts.acknowledged([listed.exhibit.register_no for listed in page])
        if not page:
            return
        reached = [one for listed in page for one in _reached(listed, walk, known)]
        if reached:
            raised, unaddressed = services.store.write(partial(_raise, reached=reached, recipients=recipients, now=now))
            outcome.raised += raised
            outcome.unaddressed += unaddressed
        outcome.looked_at += len(page)
        progress(outcome.looked_at)
        last = page[-1]
        if last.due_at is None:
            return
        after = (last.due_at, last.exhibit.register_no)


def _reached(listed: ListedItem, walk: _Walk, known: list[Acknowledgement]) -> Iterable[Reached]:
    for clock in running(listed.exhibit, walk.policy):
        stage = stage_at(clock, walk.policy, walk.now)
        if stage is None or (clock.kind not in DECIDING) != walk.wanted.of_custody:
            continue
        latest = of_clock(known, listed.exhibit.register_no, clock) if known else None
        if not held_back(stage, latest, walk.now):
            again = ended(latest, walk.now)
            yield Reached(listed.exhibit, clock, (stage.name,), frozenset(stage.tells), again)


def _raise(work: Work, reached: list[Reached], recipients: Recipients, now: datetime) -> tuple[int, int]:
    """How many alerts are new, and of how many exhibits nobody can be told."""
    raised, unaddressed = 0, 0
    for one in reached:
        case = work.cases.find(one.exhibit.case.id)
        told = recipients.told(work, one, case)
        if not told:
            unaddressed += 1
        for person in sorted(told):
            for stage in one.stages:
                at_once = digest.at_once(one.exhibit, case, one.clock.kind, stage)
                kind, due = one.clock.kind.value, one.clock.due
                raised += work.alerts.raise_new(
                    one.exhibit.register_no, kind, due, stage, person, now, one.again, at_once=at_once
                )
    return raised, unaddressed


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


def _longest_wait(policy: Policy) -> timedelta:
    """How far ahead of its deadline the first stage of any clock can be reached."""
    longest = max(
        days or 0 for rule in policy.rules.values() for days in (rule.decide_days, rule.submit_days, rule.review_days)
    )
    if policy.counts is DayCount.WORKING:  # Ten days on end without a working day are more than any year has.
        longest = longest * 2 + 10
    return timedelta(days=longest * (1 - policy.stages[0].share))
