"""The overdue board: which exhibits nobody has decided about or sent, the longest overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.cases import Case
from ..domain.people import Action, Person, ScopeKind, may, require
from .context import Services
from .ports import ItemLine, ListedItem, Work

# The ages of the ageing chart: overdue by less than so many days; the last one is open-ended.
SPANS: tuple[tuple[str, int | None], ...] = (
    ("up to 1 day", 1),
    ("1 to 3 days", 3),
    ("3 to 7 days", 7),
    ("7 to 14 days", 14),
    ("14 to 28 days", 28),
    ("28 to 90 days", 90),
    ("more than 90 days", None),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board. `hidden` is for a restricted case that this person does not belong to."""

    item: ListedItem
    case: Case
    hidden: bool


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board with the counts behind its chart."""

    rows: list[Row]
    next_after: tuple[datetime, int] | None
    ageing: list[tuple[str, int]]
    now: datetime
    heartbeat: tuple[datetime, str] | None
    sending: bool
    outbox: dict[str, int]

    @property
    def overdue(self) -> int:
        """How many are overdue in all."""
        return sum(count for _, count in self.ageing)


def overdue(
    services: Services,
    by: Person,
    wanted: ItemLine,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
    ahead: timedelta = timedelta(0),
) -> Board:
    """A page of the board. `ahead` also shows what is due so soon. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    narrowed = _within_scope(by, wanted)
    edges = [now - timedelta(days=days) for _, days in SPANS if days is not None]
    with services.store.read() as work:
        found = work.items.due_before(now + ahead, narrowed, after, limit + 1)
        rows = [_row(work, by, listed) for listed in found[:limit]]
        counts = work.items.due_counts(now, narrowed, edges)
        beat = work.alerts.heartbeats().get("alerts")
        outbox = work.alerts.outbox()
    ageing = [(name, count) for (name, _), count in zip(SPANS, counts, strict=True)]
    return Board(rows, _next(found, limit), ageing, now, beat, services.mailer.active, outbox)


def overdue_lines(services: Services, wanted: ItemLine, limit: int = 1_000) -> list[ListedItem]:
    """The board for the command line, run by whoever runs the service."""
    now = services.clock.now()
    with services.store.read() as work:
        return work.items.due_before(now, wanted, None, limit)


def _row(work: Work, by: Person, listed: ListedItem) -> Row:
    case = work.cases.find(listed.exhibit.case.id)
    return Row(listed, case, case.restricted and not may(by, Action.SEE_CASE, case.target))


def _next(found: Sequence[ListedItem], limit: int) -> tuple[datetime, int] | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return (last.due_at, last.exhibit.register_no) if last.due_at else None


def _within_scope(by: Person, wanted: ItemLine) -> ItemLine:
    """Someone who may see the board of one team or store alone sees just that, whatever they ask for."""
    grants = [grant for grant in by.grants if may(replace(by, grants=(grant,)), Action.SEE_BOARD)]
    if any(grant.kind is ScopeKind.FORCE for grant in grants):
        return wanted
    teams = [grant.scope for grant in grants if grant.kind is ScopeKind.TEAM]
    stores = [grant.scope for grant in grants if grant.kind is ScopeKind.STORE]
    if teams and wanted.team not in teams:
        return replace(wanted, team=teams[0])
    if not teams and stores and wanted.store not in stores:
        return replace(wanted, store=stores[0])
    if not teams and not stores:
        return replace(wanted, case=grants[0].scope)
    return wanted
