"""Raising alerts: each item is looked at when the next stage of its escalation comes, and then not before the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ..domain import digest
from ..domain.acknowledging import Acknowledgement, ended, held_back
from ..domain.cases import Case
from ..domain.clocks import Clock, next_stage, running, stage_at
from ..domain.exhibit import Exhibit
from ..domain.policy import Policy
from .acknowledging import of_clock
from .alert_recipients import Reached, Recipients
from .context import Services
from .ports import Work
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


def raise_all(services: Services, progress: Callable[[int], None] = lambda _done: None) -> Raised:
    """Look at every item whose time has come, page by page; what is on record already is not raised again.

    An item of which nobody can be told is looked at in every round, until there is somebody.
    """
    now = services.clock.now()
    with services.store.read() as work:
        at = _Round(work.policies.current(now), Recipients.load(work), now)
    total, after = Raised(), None
    while True:
        with services.store.read() as work:
            page = work.notices.due(now, after, BATCH)
        if not page:
            return total
        done = services.store.write(partial(_page, page=page, at=at))
        total = Raised(total.looked_at + len(page), total.raised + done.raised, total.unaddressed + done.unaddressed)
        progress(total.looked_at)
        after = (page[-1].at, page[-1].exhibit.register_no)


def _page(work: Work, page: Sequence[Noticed], at: _Round) -> Raised:
    known = work.alerts.acknowledged([one.exhibit.register_no for one in page])
    cases = {number: work.cases.find(number) for number in {one.exhibit.case.id for one in page}}
    raised, unaddressed = 0, 0
    looked: list[tuple[Noticed, datetime | None]] = []
    for one in page:
        clocks = [(clock, _latest(known, one.exhibit, clock)) for clock in running(one.exhibit, at.policy)]
        reached = [found for clock, latest in clocks if (found := _reached(one.exhibit, clock, latest, at))]
        new, lacking = _raise(work, reached, cases[one.exhibit.case.id], at)
        raised, unaddressed = raised + new, unaddressed + lacking
        if not lacking:
            looked.append((one, _next(clocks, at)))
    if work.policies.current(at.now).version == at.policy.version:
        work.notices.move_on(looked)
    return Raised(len(page), raised, unaddressed)


def _latest(known: Sequence[Acknowledgement], exhibit: Exhibit, clock: Clock) -> Acknowledgement | None:
    return of_clock(known, exhibit.register_no, clock) if known else None


def _reached(exhibit: Exhibit, clock: Clock, latest: Acknowledgement | None, at: _Round) -> Reached | None:
    stage = stage_at(clock, at.policy, at.now)
    if stage is None or held_back(stage, latest, at.now):
        return None
    return Reached(exhibit, clock, (stage.name,), frozenset(stage.tells), ended(latest, at.now))


def _next(clocks: Sequence[tuple[Clock, Acknowledgement | None]], at: _Round) -> datetime | None:
    """When somebody is to be told next: at a stage, or when an acknowledgement ends."""
    stages = (next_stage(clock, at.policy, at.now) for clock, _latest in clocks)
    ends = (latest.until for _clock, latest in clocks if latest is not None and latest.holds(at.now))
    return min((moment for moment in (*stages, *ends) if moment is not None), default=None)


def _raise(work: Work, reached: Sequence[Reached], case: Case, at: _Round) -> tuple[int, int]:
    """How many alerts are new, and of how many clocks nobody can be told."""
    raised, unaddressed = 0, 0
    for one in reached:
        told = at.recipients.told(work, one, case)
        if not told:
            unaddressed += 1
        for person in sorted(told):
            for stage in one.stages:
                at_once = digest.at_once(one.exhibit, case, one.clock.kind, stage)
                kind, due = one.clock.kind.value, one.clock.due
                raised += work.alerts.raise_new(
                    one.exhibit.register_no, kind, due, stage, person, at.now, one.again, at_once=at_once
                )
    return raised, unaddressed
