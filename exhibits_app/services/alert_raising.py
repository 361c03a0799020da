"""Raising alerts: each item is looked at when the next stage of its escalation comes, and then not before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from ..domain import digest
from ..domain.acknowledging import Acknowledgement, ended, held_back
from ..domain.cases import Case
from ..domain.clocked import Clocked
from ..domain.clocks import Clock, running, stages_around
from ..domain.escalation import Stage
from ..domain.policy import Policy
from .acknowledging import of_clock
from .alert_recipients import Recipients
from .context import Services
from .ports import NewAlert, Work
from .ports.notices import Noticed

BATCH = 500


@dataclass(frozen=True, slots=True)
class Raised:
    """How many items were looked at, how many alerts are new, and for how many there is nobody to tell."""

    looked_at: int = 0
    raised: int = 0
    unaddressed: int = 0


@dataclass(frozen=True, slots=True)
class _Round:
    policy: Policy
    recipients: Recipients
    now: datetime


@dataclass(slots=True)
class _Judged:
    """What is to be kept of some items that were looked at: who is told of what, and when each is looked at next."""

    alerts: list[NewAlert] = field(default_factory=list)
    next: list[tuple[Noticed, datetime | None]] = field(default_factory=list)
    looked_at: int = 0
    unaddressed: int = 0


def raise_all(services: Services, progress: Callable[[int], None] = lambda _done: None) -> Raised:
    """Look at every item whose time has come, some at a time; what is on record already is not raised again.

    They are judged before the transaction that keeps it: acts go on meanwhile. All take the items in the order of
    their numbers, so that no two wait for each other. An item of which nobody can be told is looked at in every round,
    until there is somebody.
    """
    now = services.clock.now()
    with services.store.read() as work:
        at = _Round(work.policies.current(now), Recipients.load(work), now)
        numbers = work.notices.due(now)
    total = Raised()
    for first in range(0, len(numbers), BATCH):
        with services.store.read() as work:
            judged = _judge(work, numbers[first : first + BATCH], at)
        raised = services.store.write(partial(_keep, judged=judged, at=at))
        total = Raised(
            total.looked_at + judged.looked_at, total.raised + raised, total.unaddressed + judged.unaddressed
        )
        progress(total.looked_at)
    return total


def _judge(work: Work, numbers: Sequence[int], at: _Round) -> _Judged:
    known = work.alerts.acknowledged(numbers)
    cases: dict[int, Case] = {}
    judged = _Judged()
    for one in work.notices.look(numbers, at.now):
        case = cases.get(one.exhibit.case.id)
        if case is None:
            case = cases[one.exhibit.case.id] = work.cases.find(one.exhibit.case.id)
        _look_at(work, one, case, [ack for ack in known if ack.register_no == one.exhibit.register_no], at, judged)
    return judged


def _look_at(
    work: Work, one: Noticed, case: Case, known: Sequence[Acknowledgement], at: _Round, judged: _Judged
) -> None:
    exhibit, moments, lacking = one.exhibit, list[datetime](), 0
    for clock in running(exhibit, at.policy):
        latest = of_clock(known, exhibit.register_no, clock) if known else None
        stage, following = stages_around(clock, at.policy, at.now)
        if stage is not None and not held_back(stage, latest, at.now):
            told = at.recipients.told(work, stage.tells, exhibit, case)
            judged.alerts += [_alert(exhibit, case, clock, stage, ended(latest, at.now), person) for person in told]
            lacking += not told
        if following is not None:
            moments.append(following)
        if latest is not None and latest.holds(at.now):
            moments.append(latest.until)  # Somebody is told next at a stage, or when an acknowledgement ends.
    judged.looked_at += 1
    judged.unaddressed += lacking
    if not lacking:
        judged.next.append((one, min(moments, default=None)))


def _alert(exhibit: Clocked, case: Case, clock: Clock, stage: Stage, again: int, person: int) -> NewAlert:
    at_once = digest.at_once(exhibit, case, clock.kind, stage.name)
    return NewAlert(exhibit.register_no, clock.kind.value, clock.due, stage.name, person, again, at_once)


def _keep(work: Work, judged: _Judged, at: _Round) -> int:
    raised = work.alerts.raise_all(judged.alerts, at.now)
    if work.policies.current(at.now).version == at.policy.version:
        work.notices.move_on(judged.next)
    return raised
