"""How long decisions have been overdue, by team, store, category and officer in the case.

Counting all that is overdue by each of these takes seconds of a large force's database: the job of the alerts does it,
and pages show what it counted and when.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.people import Action, Person, require
from . import board
from .context import Services
from .decision_reports import called
from .ports import ItemLine, Work
from .ports.trends import CATEGORY, OIC, STORE, Share

# A force with more overdue than the board counts is counted this often; a smaller one in every round.
EVERY = timedelta(minutes=10)
MOST_ROWS = 100
TEAM = "team"

SORTS = {TEAM: "Team", STORE: "Store", CATEGORY: "Category", OIC: "Officer in the case"}


@dataclass(frozen=True, slots=True)
class Line:
    """One team, store, category or officer: `value` is None where there is none; how many are overdue in each span."""

    name: str
    value: int | str | None
    spans: tuple[int, ...]

    @property
    def total(self) -> int:
        """In all."""
        return sum(self.spans)


@dataclass(frozen=True, slots=True)
class Ageing:
    """The lines with the most overdue first, how many had no room, whose they are, and when they were counted."""

    lines: list[Line]
    left_out: int
    team: int | None
    counted_at: datetime | None

    @property
    def most(self) -> int:
        """The longest line, for a bar beside it."""
        return max((line.total for line in self.lines), default=0)


def keep(services: Services) -> bool:
    """Count what is overdue now, unless that was done a short while ago; True when it is new."""
    now = services.clock.now()
    with services.store.read() as work:
        if not _is_time(work, now):
            return False
        edges = [now - timedelta(days=days) for _, days in board.SPANS if days is not None]
        shares = work.trends.count_shares(now, edges)
    return services.store.write(lambda work: work.trends.keep_shares(shares, now))


def of_board(services: Services, by: Person, sort: str, team: int | None = None) -> Ageing | None:
    """The ageing by this sort, of the team or of all that this person may see; None for who sees less than a team.

    Raises NoRight.
    """
    require(by, Action.SEE_BOARD)
    scope = board.within_scope(by, replace(ItemLine(), team=team))
    if scope.store is not None or scope.case is not None:
        return None
    with services.lists() as work:
        shares = work.trends.shares(CATEGORY if sort == TEAM else sort, scope.team)
        counted = _together(shares, (lambda one: str(one.team or "")) if sort == TEAM else (lambda one: one.value))
        name = _namer(work, sort)
        most = sorted(counted.items(), key=lambda one: (-sum(one[1]), one[0]))
        lines = [Line(name(value), _value(sort, value), spans) for value, spans in most[:MOST_ROWS]]
        return Ageing(lines, max(len(most) - MOST_ROWS, 0), scope.team, work.trends.shares_at())


def _is_time(work: Work, now: datetime) -> bool:
    before = work.trends.shares_at()
    if before is None or now - before >= EVERY:
        return True
    return sum(sum(one.spans) for one in work.trends.shares(CATEGORY, None)) < board.MOST_COUNTED


def _together(shares: Iterable[Share], of: Callable[[Share], str]) -> dict[str, tuple[int, ...]]:
    counted: dict[str, tuple[int, ...]] = defaultdict(lambda: (0,) * len(board.SPANS))
    for one in shares:
        counted[of(one)] = tuple(map(sum, zip(counted[of(one)], one.spans, strict=True)))
    return counted


def _value(sort: str, value: str) -> int | str | None:
    if not value:
        return None
    return value if sort == CATEGORY else int(value)


def _namer(work: Work, sort: str) -> Callable[[str], str]:
    """From the value that is kept to what people call it."""
    if sort == CATEGORY:
        return lambda value: ITEM_CATEGORY_NAMES.get(value, value)
    if sort == OIC:
        return lambda value: called(work, int(value)) if value else "Nobody named"
    names = {store.id: store.name for store in work.places.stores()} if sort == STORE else work.teams.all()
    nothing = "In no store" if sort == STORE else "No team"
    return lambda value: names.get(int(value), value) if value else nothing
