"""The overdue board as a spreadsheet: the same rows in the same order, and how many it had no room for."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.clocks import CLOCK_NAMES, ClockKind
from ..domain.people import Action, Person, require
from ..domain.show import day_and_time
from . import board
from .context import Services
from .ports import ItemLine, Work
from .spreadsheets import Cell, Column, xlsx

MOST_ROWS = 5_000
_PAGE = 500

COLUMNS = (
    Column("Deadline", 18),
    Column("Days overdue", 13),
    Column("What is owed", 24),
    Column("Exhibit", 14),
    Column("Property reference", 18),
    Column("Category", 28),
    Column("Description", 48),
    Column("Case", 16),
    Column("Case title", 36),
    Column("Where it is now", 30),
    Column("Officer in the case", 24),
    Column("Acknowledged by", 24),
    Column("Acknowledged until", 18),
    Column("Why it waits", 36),
)


def sheet(
    services: Services,
    by: Person,
    wanted: ItemLine,
    *,
    soon: bool = False,
    span: int | None = None,
    most: int = MOST_ROWS,
) -> bytes:
    """The board, or one span of it, as xlsx, at most so many rows, the longest overdue first. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    narrowed = board.within_scope(by, wanted)
    name = "Due soon" if soon else "Overdue board"
    with services.lists() as work:
        total, at_least = board.count(work, narrowed, now, soon=soon, span=span)
        rows = list(_rows(work, by, narrowed, now, board.window(now, soon=soon, span=span), most))
        about = [
            (name, f"as at {day_and_time(now)}"),
            ("Narrowed to", _narrowing(work, narrowed, span)),
            ("Rows in this sheet", f"{len(rows):,}"),
            ("Rows left out", left_out(total - len(rows), at_least=at_least)),
        ]
    if total > len(rows):
        rows.append([left_out(total - len(rows), at_least=at_least)])
    return xlsx(name, COLUMNS, rows, about, now)


def left_out(more: int, *, at_least: bool) -> str:
    """How many rows a sheet had no room for, as a sentence."""
    if more <= 0:
        return "None."
    much = f"{'At least ' if at_least else ''}{more:,}"
    return f"{much} more are not in this sheet: narrow the board to see them."


def _rows(
    work: Work, by: Person, wanted: ItemLine, now: datetime, window: tuple[datetime, board.After | None], most: int
) -> Iterator[list[Cell]]:
    (until, after), written = window, 0
    while written < most:
        page = work.items.due_before(until, wanted, after, min(_PAGE, most - written))
        if not page:
            return
        known = board.live(work, page, now)
        yield from (_cells(row, now) for row in board.rows_of(work, by, page, known))
        written += len(page)
        last = page[-1]
        after = (last.due_at or until, last.exhibit.register_no)


def _cells(row: board.Row, now: datetime) -> list[Cell]:
    """What the page shows of the row, and no more: nothing of a restricted case, a title only to its readers."""
    exhibit, due = row.item.exhibit, row.item.due_at or now
    kind = row.item.due_kind or ""
    open_, known = not row.hidden, row.acknowledged
    return [
        due,
        max((now - due) // timedelta(days=1), 0),
        CLOCK_NAMES[ClockKind(kind)] if kind in CLOCK_NAMES else kind,
        exhibit.reference if open_ else "Restricted",
        exhibit.register_no,
        ITEM_CATEGORY_NAMES.get(exhibit.category, exhibit.category) if open_ else "",
        exhibit.description if open_ else "",
        row.case.reference if open_ else "restricted case",
        row.case.title if row.readable else "",
        exhibit.where,
        row.case.oic.name if row.case.oic else "Nobody named",
        known.by if known else "",
        known.one.until if known else "",
        known.one.reason if known and row.readable else "",
    ]


def _narrowing(work: Work, wanted: ItemLine, span: int | None) -> str:
    """The filters in words; "Everything" where there is none. Numbers of what does not exist are told as numbers."""
    stores = {place.id: place.name for place in work.places.all()}
    said = [
        _named("Store", stores, wanted.store),
        _named("Team", work.teams.all(), wanted.team),
        f"Officer number {wanted.oic} in this system" if wanted.oic is not None else "",
        ITEM_CATEGORY_NAMES.get(wanted.category or "", ""),
        f"Case number {wanted.case} in this system" if wanted.case is not None else "",
        CLOCK_NAMES[ClockKind(wanted.kind)] if wanted.kind else "Steps of custody" if wanted.of_custody else "",
        "" if span is None else f"Overdue {board.SPANS[span][0]}",
    ]
    return ", ".join(one for one in said if one) or "Everything"


def _named(what: str, names: Mapping[int, str], number: int | None) -> str:
    return "" if number is None else f"{what} {names.get(number, str(number))}"
