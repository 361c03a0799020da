"""A month's decisions as a spreadsheet: what the page shows, and how many it had no room for."""

from collections.abc import Iterator

from ..domain.advice import ADVISER_NAMES, CAUSE_NAMES
from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.decisions import DECISION_NAMES, REASON_NAMES
from ..domain.made import ASKED_AGAIN
from ..domain.people import Person
from ..domain.show import day_and_time
from . import decision_reports as reports
from .board_sheet import left_out
from .context import Services
from .spreadsheets import Cell, Column, xlsx

MOST_ROWS = 5_000
_PAGE = 500

COLUMNS = (
    Column("Decided", 18),
    Column("Decision", 28),
    Column("Reason", 28),
    Column("Decided by", 26),
    Column("Exhibit", 14),
    Column("Property reference", 18),
    Column("Category", 28),
    Column("Case", 16),
    Column("Team", 20),
    Column("Rationale", 48),
    Column("Against the recommendation of", 48),
    Column("What would reopen it", 36),
    Column("Estimated cost, pounds", 18),
    Column("Deadline then", 18),
    Column("Reopened", 18),
    Column("Why it was reopened", 30),
)


def sheet(services: Services, by: Person, wanted: reports.Wanted, *, most: int = MOST_ROWS) -> bytes:
    """The decisions as xlsx, at most so many rows, in the order they were made. Raises NoRight."""
    total = reports.sums(services, by, wanted).total
    shown = reports.page(services, by, wanted, None, 1)
    name, now = reports.SORTS[wanted.sort], shown.now
    rows = list(_rows(services, by, wanted, most))
    said = [shown.teams.get(shown.wanted.team or reports.NO_TEAM, ""), shown.person]
    said.append(ITEM_CATEGORY_NAMES.get(wanted.category or "", ""))
    about = [
        (name, f"{wanted.month.name}, as at {day_and_time(now)}"),
        ("Narrowed to", ", ".join(one for one in said if one) or "Everything"),
        ("Rows in this sheet", f"{len(rows):,}"),
        ("Rows left out", left_out(total - len(rows), at_least=False)),
    ]
    return xlsx(str(wanted.month), COLUMNS, rows, about, now)


def _rows(services: Services, by: Person, wanted: reports.Wanted, most: int) -> Iterator[list[Cell]]:
    after, written = None, 0
    while written < most:
        page = reports.page(services, by, wanted, after, min(_PAGE, most - written))
        yield from map(_cells, page.lines)
        written += len(page.lines)
        after = page.next_after
        if after is None:
            return


def _cells(line: reports.Line) -> list[Cell]:
    made, open_ = line.made, not line.hidden
    return [
        made.at,
        DECISION_NAMES.get(made.decision, made.decision),
        REASON_NAMES.get(made.reason_code or "", ""),
        made.by.name,
        line.exhibit.reference if open_ else "Restricted",
        made.register_no,
        ITEM_CATEGORY_NAMES.get(made.category, made.category) if open_ else "",
        line.case.reference if open_ else "restricted case",
        line.team,
        line.rationale,
        "\n".join(map(told, line.refused)),
        line.reopen_if,
        made.cost if made.cost is not None else "",
        made.due or "",
        made.reopened_at or "",
        why_reopened(made.reopened_by),
    ]


def told(one: reports.Refused) -> str:
    """Who recommended what, and the answer."""
    advice = one.advice
    return (
        f"{ADVISER_NAMES.get(advice.role, advice.role)} {advice.adviser}: {advice.examination} (answer: {one.answer})"
    )


def why_reopened(cause: str | None) -> str:
    """What had the decision made again, in words; "" where nothing did."""
    if cause is None:
        return ""
    return "An examination was recommended" if cause == ASKED_AGAIN else CAUSE_NAMES.get(cause, cause)
