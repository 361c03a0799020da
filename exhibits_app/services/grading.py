"""Grading in legacy stock: seeing what waits, planning it in portions, and giving each item its day."""

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain import grading
from ..domain.errors import BadTime, NoRight, NothingToGrade
from ..domain.events import Envelope, GradingPlanned
from ..domain.grading import MOST_A_WEEK, GradingPlan
from ..domain.people import Action, Person, Target, may, require
from ..domain.text import LINE_LIMIT, required, whole_number
from .context import Services
from .ports import Work
from .ports.grading import Waiting
from .recording import Happening, record

BATCH = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A plan as somebody typed it. `team` is a team's id, 0 for stock of no team, None for every team that has some."""

    team: int | None
    per_week: str
    starts: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a plan would do for one team: so many items in so many weekly portions, the last of them on `last`."""

    team: int | None
    called: str
    items: int
    weeks: int
    per_week: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class View:
    """What waits, team by team with its name, and every plan with the team's name and who made it."""

    waiting: list[tuple[Waiting, str]]
    plans: list[tuple[GradingPlan, str, str]]
    teams: dict[int, str]
    may_plan: bool
    now: datetime


def page(services: Services, by: Person) -> View:
    """What is not graded in yet, and the plans, of the teams whose board this person sees. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    with services.store.read() as work:
        names = work.teams.all()
        waiting = [one for one in work.gradings.waiting(now) if _sees(by, one.team)]
        plans = [one for one in work.gradings.all() if _sees(by, one.team)]
        told = [(one, _called(names, one.team), work.accounts.person(one.made_by).called) for one in plans]
    teams = {one.team or 0: _called(names, one.team) for one in waiting if _may_plan(by, one.team)}
    return View([(one, _called(names, one.team)) for one in waiting], told, teams, bool(teams), now)


def preview(services: Services, by: Person, form: Form) -> list[Proposed]:
    """What the plan would do, team by team. Raises NoRight, BadInput."""
    now = services.clock.now()
    with services.store.read() as work:
        return _proposed(work, by, form, now)


def make(services: Services, by: Person, form: Form) -> list[GradingPlan]:
    """Keep the plan, one for each team; the worker gives the items their days. Raises NoRight, BadInput."""
    now = services.clock.now()
    reason = required(form.reason, "reason", "why it is planned so", LINE_LIMIT)

    def change(work: Work) -> list[GradingPlan]:
        order = grading.gravest_first(work.policies.current(now))
        return [
            work.gradings.add(GradingPlan(0, one.team, one.per_week, one.first, reason, by.id, now, order))
            for one in _proposed(work, by, form, now)
        ]

    return services.store.write(change)


def carry_out(services: Services) -> int:
    """Give items their days by the plans that are not carried out yet; gives how many got theirs.

    Broken off at any point it goes on from there, and several at once do each item once: a batch is kept together with
    how far the plan is.
    """
    done = 0
    while True:
        given = services.store.write(lambda work: _batch(services, work))
        if given is None:
            return done
        done += given


def _batch(services: Services, work: Work) -> int | None:
    """One batch of the oldest plan; None when there is no plan to carry out."""
    plan, now = work.gradings.unfinished(), services.clock.now()
    if plan is None:
        return None
    found = work.gradings.next_items(plan, now, BATCH)
    held = work.items.hold_all([number for number, _ in found])
    act, maker = services.ids.event_id(), work.accounts.person(plan.made_by).ref
    happenings = []
    for position, (number, _) in enumerate(found, start=plan.done):
        said = Envelope(services.ids.event_id(), now, now, maker, act, reason=plan.reason)
        happenings.append(Happening(held[number], said, GradingPlanned(plan.number, plan.day_of(position))))
    if happenings:
        record(work, services.ids, work.policies.current(now), happenings)
    cursor = found[-1][1] if found else plan.cursor
    finished = len(found) < BATCH
    work.gradings.advance(replace(plan, done=plan.done + len(found), cursor=cursor, finished=finished))
    return len(found)


def _proposed(work: Work, by: Person, form: Form, now: datetime) -> list[Proposed]:
    if form.starts is None:
        raise BadTime("starts", "when the first portion is graded in")
    per_week = whole_number(form.per_week, "per_week", "how many items a week", 1, MOST_A_WEEK)
    require(by, Action.PLAN_GRADING)
    chosen = [one for one in work.gradings.waiting(now) if form.team in (None, one.team or 0)]
    mine = [one for one in chosen if _may_plan(by, one.team)]
    if chosen and not mine:
        raise NoRight(Action.PLAN_GRADING.value)
    if not mine:
        raise NothingToGrade("team")
    for one in mine:
        grading.check(form.starts, now, one.items, per_week)
    names = work.teams.all()
    return [_of_team(one, _called(names, one.team), per_week, form.starts) for one in mine]


def _of_team(one: Waiting, called: str, per_week: int, starts: datetime) -> Proposed:
    weeks = grading.portions(one.items, per_week)
    return Proposed(one.team, called, one.items, weeks, per_week, starts, grading.later(starts, weeks - 1))


def _may_plan(by: Person, team: int | None) -> bool:
    """An inspector or above who supervises the team, or the whole force."""
    return by.inspects and may(by, Action.PLAN_GRADING, Target(team=team or 0))


def _sees(by: Person, team: int | None) -> bool:
    return may(by, Action.SEE_BOARD, Target(team=team or 0))


def _called(names: dict[int, str], team: int | None) -> str:
    return names.get(team, f"team {team}") if team else "No team"
