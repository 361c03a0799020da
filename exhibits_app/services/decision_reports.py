"""What was decided in a month: what was refused for cost, and what each person decided against advice or late."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.cases import Case
from ..domain.errors import NotFound
from ..domain.events import Decided, Event, Recommended
from ..domain.exhibit import Exhibit
from ..domain.made import DecisionMade
from ..domain.months import Month, months
from ..domain.people import Action, Person, ScopeKind, may, require
from .context import Services
from .ports import DecisionLine, KeptDecision, MadeBy, Sort, Work

NO_TEAM = 0  # No team has this number.

SORTS = {
    Sort.ALL: "Every decision",
    Sort.COST: "Refused for cost",
    Sort.NOT_SUBMITTED: "Not to be submitted, or not now",
    Sort.AGAINST: "Against a recommendation",
    Sort.DEFERRED: "Deferred",
    Sort.LATE: "Made after the deadline",
    Sort.REOPENED: "Reopened since",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A month's decisions of one sort, narrowed by the case's team, who decided, and the item's category."""

    month: Month
    sort: Sort = Sort.ALL
    team: int | None = None
    person: int | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A recommendation that a decision says no to, and what was answered."""

    advice: Recommended
    answer: str


@dataclass(frozen=True, slots=True)
class Line:
    """One decision. Of a restricted case of others (`hidden`) nothing is told, its words only where `readable`."""

    made: DecisionMade
    exhibit: Exhibit
    case: Case
    team: str
    hidden: bool
    readable: bool
    rationale: str = ""
    reopen_if: str = ""
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A page of a month's decisions; `next_after` is where the next one begins. `wanted` is what the reader may see."""

    lines: list[Line]
    next_after: tuple[datetime, str] | None
    wanted: Wanted
    teams: Mapping[int, str]
    person: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Sums:
    """How many decisions there are of each category, of each team and by each person, the most first.

    `cost` is what was estimated for them together, in whole pounds.
    """

    categories: list[tuple[str, int]]
    teams: list[tuple[int | None, str, int]]
    people: list[tuple[int, str, int]]
    cost: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.categories)


@dataclass(frozen=True, slots=True)
class Deciders:
    """What each person decided in a month, by name; `wanted` is what the reader may see."""

    people: list[tuple[str, MadeBy]]
    wanted: Wanted
    teams: Mapping[int, str]
    now: datetime


def months_back(services: Services, by: Person) -> list[Month]:
    """The months from the first decision to now, the newest first. Raises NoRight."""
    require(by, Action.SEE_DECISIONS)
    now = services.clock.now()
    with services.lists() as work:
        return months(min(work.decisions.first() or now, now), now)


def page(
    services: Services, by: Person, wanted: Wanted, after: tuple[datetime, str] | None = None, limit: int = 100
) -> Report:
    """Decisions of the month in the order they were made, within what this person may see. Raises NoRight."""
    require(by, Action.SEE_DECISIONS)
    narrowed = _within_scope(by, wanted)
    with services.lists() as work:
        found = work.decisions.page(_asked(narrowed), after, limit + 1)
        teams = work.teams.all()
        lines = [_line(work, by, one, teams) for one in found[:limit]]
        person = "" if narrowed.person is None else called(work, narrowed.person)
    last = found[limit - 1].made if len(found) > limit else None
    now = services.clock.now()
    return Report(lines, (last.at, last.event) if last else None, narrowed, teams, person, now)


def sums(services: Services, by: Person, wanted: Wanted) -> Sums:
    """The same decisions counted. Raises NoRight."""
    require(by, Action.SEE_DECISIONS)
    asked = _asked(_within_scope(by, wanted))
    with services.lists() as work:
        teams = work.teams.all()
        return Sums(
            work.decisions.per_category(asked),
            [(team, teams.get(team or NO_TEAM, "No team"), count) for team, count in work.decisions.per_team(asked)],
            [(one, called(work, one), count) for one, count in work.decisions.per_person(asked)],
            work.decisions.cost(asked),
        )


def deciders(services: Services, by: Person, wanted: Wanted) -> Deciders:
    """What each person decided in the month. Facts to look up, and no measure of anybody. Raises NoRight."""
    require(by, Action.SEE_DECISIONS)
    narrowed = _within_scope(by, wanted)
    with services.lists() as work:
        found = [(called(work, one.person), one) for one in work.decisions.by_person(_asked(narrowed))]
        teams = work.teams.all()
    return Deciders(sorted(found, key=lambda one: (one[0], one[1].person)), narrowed, teams, services.clock.now())


def called(work: Work, person: int) -> str:
    """What the person is called now; after a restore somebody may be known by number alone."""
    try:
        return work.accounts.person(person).called
    except NotFound:
        return f"Person {person}"


def _asked(wanted: Wanted) -> DecisionLine:
    month = wanted.month
    return DecisionLine(month.begins, month.ends, wanted.team, wanted.person, wanted.category, wanted.sort)


def _line(work: Work, by: Person, kept: KeptDecision, teams: Mapping[int, str]) -> Line:
    made = kept.made
    exhibit = work.items.find(made.register_no).exhibit
    case = work.cases.find(exhibit.case.id)
    readable = may(by, Action.SEE_CASE, case.target)
    line = Line(made, exhibit, case, teams.get(kept.team or NO_TEAM, ""), case.restricted and not readable, readable)
    return _with_words(line, work.ledger.events_of(made.register_no)) if readable else line


def _with_words(line: Line, events: list[Event]) -> Line:
    """The line with what was said, as the entries tell it."""
    by_id = {event.envelope.id: event.body for event in events}
    body = by_id.get(line.made.event)
    if not isinstance(body, Decided):
        return line
    against = [
        Refused(advice, said.answer)
        for said in body.answers
        if said.recommendation in line.made.against
        and isinstance(advice := by_id.get(said.recommendation), Recommended)
    ]
    return replace(line, rationale=body.rationale or "", reopen_if=body.reopen_if or "", refused=tuple(against))


def _within_scope(by: Person, wanted: Wanted) -> Wanted:
    """Someone whose right is for teams sees the decisions in their cases alone, whatever they ask for."""
    grants = [grant for grant in by.grants if may(replace(by, grants=(grant,)), Action.SEE_DECISIONS)]
    if any(grant.kind is ScopeKind.FORCE for grant in grants):
        return wanted
    teams = [grant.scope for grant in grants if grant.kind is ScopeKind.TEAM]
    return wanted if wanted.team in teams else replace(wanted, team=teams[0] if teams else NO_TEAM)
