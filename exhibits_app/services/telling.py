"""Putting alerts into messages: one for each person, however many they are, and each alert into one message.

Somebody who is to be told of more than MOST_AT_ONCE gets one message all the same: it lists the most overdue, says how
many there are in all, and leaves the rest to the board. What it carries is marked in portions, since one portion of a
million would keep every act waiting; which message is at that stands on record, so that whoever comes next goes on.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from ..domain import digest
from ..domain.acknowledging import held_back
from ..domain.clocks import running, stages_of
from . import alert_messages
from .acknowledging import of_clock
from .alert_messages import Total
from .context import Services
from .ports import Work
from .revised import REVISED

# So many alerts are looked at, and marked, in one transaction.
MOST_AT_ONCE = 1_000
MOST_MARKED = 5_000
QUEUE, SWEEP, DIGEST = "queue", "sweep", "digest"


@dataclass(slots=True)
class _Queued:
    """How far one transaction came: the last person, who has too many for it, and how many messages it made."""

    last: int | None = 0
    heaps: tuple[int, ...] = ()
    messages: int = 0


def queue(services: Services) -> int:
    """Put what is to be told in the outbox, the most overdue first: the day's digest, or what does not wait for it.

    Gives how many messages that is. References only, no case details.
    """
    now = services.clock.now()
    _sweep(services)
    with services.store.read() as work:
        daily = _is_daily(work, now)
    made, at = 0, _Queued()
    while at.last is not None:
        at = services.store.write(partial(_some, services=services, after=at.last, now=now, daily=daily))
        made += at.messages
        made += sum(_heap(services, person, now) for person in at.heaps)
    if daily:
        services.store.write(lambda work: work.alerts.beat(DIGEST, now, f"{made} messages"))
    return made


def _is_daily(work: Work, now: datetime) -> bool:
    last = work.alerts.heartbeats().get(DIGEST)
    return digest.is_due(last[0] if last else None, now)


def _some(work: Work, services: Services, after: int, now: datetime, *, daily: bool) -> _Queued:
    """Messages to the next people, until they are about MOST_AT_ONCE alerts."""
    work.alerts.beat(QUEUE, now, "")  # Workers queue one after the other: the row of this beat is locked.
    swept = _sweeping(work)
    found, told, heaps, person = 0, list[dict[str, Any]](), list[int](), after
    queued = _Queued(last=None)
    while (following := work.alerts.next_untold(person)) is not None:
        person = following
        if swept is not None and swept["person"] == person:
            continue
        waiting = work.alerts.count_untold(person, MOST_AT_ONCE + 1)
        if waiting > MOST_AT_ONCE:
            heaps.append(person)  # So much at once is told at once.
        elif alerts := standing(work, work.alerts.untold_of(person, waiting, at_once=not daily), now):
            message = alert_messages.to_person(work.accounts.find(person), alerts, now)
            work.alerts.tell([int(one["id"]) for one in alerts], message, now)
            told += alerts
            queued.messages += 1
        found += waiting
        if found >= MOST_AT_ONCE:
            queued.last = person
            break
    if told and services.webhook.active:
        work.alerts.tell([], alert_messages.to_webhook(told, now), now)
    queued.heaps = tuple(heaps)
    return queued


def _heap(services: Services, person: int, now: datetime) -> int:
    """One message for all that this person is to be told, which is more than is looked at one by one."""
    with services.store.read() as work:
        total = Total(*work.alerts.untold_in_all(person))

    def change(work: Work) -> int | None:
        work.alerts.beat(QUEUE, now, "")
        waiting = work.alerts.untold_of(person, MOST_AT_ONCE + 1)
        if _sweeping(work) is not None or len(waiting) <= MOST_AT_ONCE:
            return 0  # Another worker has told them, or most of it was over.
        alerts = standing(work, waiting, now)
        if not alerts:
            return None  # All of these are over: look at the next.
        message = alert_messages.to_person(work.accounts.find(person), alerts, now, total)
        carrier = work.alerts.tell([int(one["id"]) for one in alerts], message, now)
        if services.webhook.active:
            work.alerts.tell([], alert_messages.to_webhook(alerts, now, total), now)
        note = {"person": person, "message": carrier, "newest": work.alerts.newest_untold(person)}
        work.alerts.beat(SWEEP, now, json.dumps(note))
        return 1

    while (made := services.store.write(change)) is None:
        continue
    _sweep(services)
    return made


def _sweep(services: Services) -> None:
    """Mark what the last message for many carries, as far as nobody has. Two at once do it together and no harm."""
    while True:
        with services.store.read() as work:
            swept = _sweeping(work)
        if swept is None:
            return
        services.store.write(partial(_portion, swept=swept, now=services.clock.now()))


def _portion(work: Work, swept: dict[str, int], now: datetime) -> None:
    work.alerts.beat(QUEUE, now, "")
    if _sweeping(work) == swept and not work.alerts.carry(**swept, limit=MOST_MARKED):
        work.alerts.beat(SWEEP, now, "")


def _sweeping(work: Work) -> dict[str, int] | None:
    """Whose alerts are being marked, by which message and up to which; None when all is done."""
    beat = work.alerts.heartbeats().get(SWEEP)
    found: dict[str, int] | None = json.loads(beat[1]) if beat and beat[1] else None
    return found


def standing(work: Work, alerts: Iterable[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Those that are still true, with references; what was decided, done or acknowledged meanwhile is dropped."""
    alerts = list(alerts)
    policy = work.policies.current(now)
    numbers = sorted({alert["register_no"] for alert in alerts})
    known, exhibits = work.alerts.acknowledged(numbers), work.notices.clocked(numbers)
    kept, over = list[dict[str, Any]](), list[dict[str, Any]]()
    for alert in alerts:
        exhibit = exhibits[alert["register_no"]]
        clocks = running(exhibit, policy)
        of_it = [one for one in clocks if (one.kind.value, one.due) == (alert["clock"], alert["due_at"])]
        stages = {stage.name: stage for one in of_it for stage in stages_of(one.kind, policy)}
        stage = stages.get(alert["stage"])
        latest = of_clock(known, alert["register_no"], of_it[0]) if of_it and known else None
        reached = stage is not None and of_it[0].share(now) >= stage.share and not held_back(stage, latest, now)
        stands = alert["clock"] == REVISED or reached
        (kept if stands else over).append(alert | {"reference": exhibit.reference})
    work.alerts.forget(int(alert["id"]) for alert in over)
    return kept
