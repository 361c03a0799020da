"""What is at which laboratory, or on the way there, since when, under which numbers, and what of it is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.cases import CASE_CATEGORY_NAMES, CaseCategory
from ..domain.clocks import CLOCK_NAMES, ClockKind
from ..domain.exhibit import CustodyKind, Exhibit, Forensic, Result
from ..domain.laboratory import OUTCOME_NAMES, is_confirmed, results_since_sent
from ..domain.people import Action, Person, require
from ..domain.places import FORENSIC, Place
from ..domain.show import day_and_time
from . import board
from .context import Services
from .ports import AwayAt, AwayLine, ItemLine, ListedItem, Work
from .spreadsheets import Cell, Column, xlsx

MOST_ROWS = 5_000
_PAGE = 500
COLUMNS = (
    Column("Laboratory or carrier", 30),
    Column("Out since", 18),
    Column("With them since", 18),
    Column("What is known", 34),
    Column("Deadline", 18),
    Column("What is owed", 24),
    Column("Days overdue", 13),
    Column("Submission", 16),
    Column("Their number", 16),
    Column("Exhibit", 14),
    Column("Property reference", 18),
    Column("Description", 48),
    Column("Case", 16),
    Column("Officer in the case", 24),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One item that is out: since when, and whose number the laboratory gave it."""

    row: board.Row
    since: datetime
    number: str

    @property
    def exhibit(self) -> Exhibit:
        return self.row.item.exhibit

    @property
    def told(self) -> str:
        """How far it is, in words."""
        return standing(self.exhibit)

    @property
    def result(self) -> Result | None:
        """The newest result since it was sent."""
        return next(reversed(results_since_sent(self.exhibit)), None)


@dataclass(frozen=True, slots=True)
class Out:
    """A page of the list; `places` is what each laboratory and carrier has, whatever place was asked for."""

    lines: list[Line]
    places: list[tuple[Place, AwayAt]]
    next_after: tuple[datetime, int] | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to."""

    laboratories: list[Place]


def standing(exhibit: Exhibit) -> str:
    """How far an item is that is out for examination."""
    if exhibit.forensic is Forensic.CONSUMED:
        return "Used up, and nobody has seen that yet"
    told = results_since_sent(exhibit)
    if told:
        return f"{OUTCOME_NAMES.get(told[-1].outcome, told[-1].outcome).partition(':')[0]}: to come back"
    if exhibit.custody.kind is CustodyKind.CARRIER:
        return "On the way, the laboratory has not confirmed it"
    return "Received by the laboratory" if is_confirmed(exhibit) else "Sent, the laboratory has not confirmed it"


def page(
    services: Services, by: Person, wanted: AwayLine, after: tuple[datetime, int] | None = None, limit: int = 50
) -> Out:
    """A page of what is out, the longest out first, within what this person sees of the board. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    narrowed = _within_scope(by, wanted)
    with services.store.read() as work:
        found = work.away.page(narrowed, after, limit + 1)
        lines = [_line(work, by, since, listed) for since, listed in found[:limit]]
        known = {place.id: place for place in work.places.all()}
        places = [(known[one.place], one) for one in work.away.places(replace(narrowed, lab=None), now)]
    last = found[limit - 1] if len(found) > limit else None
    return Out(lines, places, (last[0], last[1].exhibit.register_no) if last else None, now)


def choices(services: Services, by: Person) -> Choices:
    """The laboratories and carriers that the list can be narrowed to. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    with services.store.read() as work:
        return Choices([place for place in work.places.all() if place.kind in FORENSIC])


def sheet(services: Services, by: Person, wanted: AwayLine, most: int = MOST_ROWS) -> bytes:
    """The list as xlsx, at most so many rows. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    narrowed = _within_scope(by, wanted)
    with services.store.read() as work:
        total = sum(one.count for one in work.away.places(narrowed, now))
        rows = list(_rows(work, by, narrowed, now, most))
        about = [
            ("At laboratories", f"as at {day_and_time(now)}"),
            ("Narrowed to", _narrowing(work, narrowed)),
            ("Rows in this sheet", f"{len(rows):,}"),
            ("Rows left out", f"{max(total - len(rows), 0):,}"),
        ]
    return xlsx("At laboratories", COLUMNS, rows, about, now)


def _rows(work: Work, by: Person, wanted: AwayLine, now: datetime, most: int) -> Iterator[list[Cell]]:
    after, written = None, 0
    while written < most:
        found = work.away.page(wanted, after, min(_PAGE, most - written))
        for since, listed in found:
            yield _cells(_line(work, by, since, listed), now)
        if not found:
            return
        written += len(found)
        after = (found[-1][0], found[-1][1].exhibit.register_no)


def _cells(line: Line, now: datetime) -> list[Cell]:
    """What the page shows of the line, and no more."""
    exhibit, open_, listed = line.exhibit, not line.row.hidden, line.row.item
    due, kind = listed.due_at, listed.due_kind or ""
    return [
        exhibit.custody.name,
        line.since,
        exhibit.held_since or line.since,
        line.told if line.row.readable else "",
        due or "",
        CLOCK_NAMES[ClockKind(kind)] if kind in CLOCK_NAMES else kind,
        max((now - due).days, 0) if due else "",
        (exhibit.submission or "") if open_ else "",
        line.number if open_ else "",
        exhibit.reference if open_ else "Restricted",
        exhibit.register_no,
        exhibit.description if open_ else "",
        line.row.case.reference if open_ else "restricted case",
        line.row.case.oic.name if line.row.case.oic else "Nobody named",
    ]


def _line(work: Work, by: Person, since: datetime, listed: ListedItem) -> Line:
    exhibit = listed.exhibit
    numbers = [alias.number for alias in exhibit.aliases if exhibit.custody.name.endswith(alias.issuer)]
    return Line(board.row(work, by, listed), since, numbers[-1] if numbers else "")


def _narrowing(work: Work, wanted: AwayLine) -> str:
    """The filters in words."""
    places = {place.id: place.name for place in work.places.all()}
    said = [
        places.get(wanted.lab, str(wanted.lab)) if wanted.lab is not None else "",
        wanted.category or "",
        CASE_CATEGORY_NAMES[CaseCategory(wanted.kind_of_case)] if wanted.kind_of_case else "",
        wanted.forensic or "",
        "Overdue" if wanted.overdue_at else "",
    ]
    return ", ".join(one for one in said if one) or "Everything"


def _within_scope(by: Person, wanted: AwayLine) -> AwayLine:
    """Somebody who sees the board of one team, store or case alone sees just that here too."""
    mine = board.within_scope(by, ItemLine(team=wanted.team, case=wanted.case, store=wanted.store))
    return replace(wanted, team=mine.team, case=mine.case, store=mine.store)
