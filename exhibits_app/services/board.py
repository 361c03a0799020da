"""The overdue board: which exhibits nobody has decided about or sent, the longest overdue first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ..domain.cases import Case
from ..domain.clocks import ClockKind
from ..domain.errors import NotFound
from ..domain.people import Action, Person, ScopeKind, may, require
from ..domain.places import Place, PlaceKind
from . import acknowledging, colleagues, health
from .context import Services
from .ports import DiscrepancyLine, ItemLine, ListedItem, Work
from .ports.grading import LegacyStock

# What falls due within this time is shown as due soon.
AHEAD = timedelta(days=3)

# Acknowledgements that hold, by property reference, what is owed, and when it was due.
Live = Mapping[tuple[int, str | None, datetime | None], acknowledging.Shown]
NOBODY: Live = MappingProxyType({})
After = tuple[datetime, int]

# A span with more than this shows as "at least" so many: the store counts no further.
MOST_COUNTED = 10_000

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
    """One line of the board. `hidden` is for a restricted case of others; `readable` when they may open the item.

    `acknowledged` is the acknowledgement of what is owed first, while it holds.
    """

    item: ListedItem
    case: Case
    hidden: bool
    readable: bool
    acknowledged: acknowledging.Shown | None = None


@dataclass(frozen=True, slots=True)
class Also:
    """What waits besides, each counted to MOST_COUNTED: recommendations, handovers, discrepancies, legacy stock.

    `discrepancies` is None for who may not see them; the category and the officer do not narrow them.
    """

    recommendations: int
    handovers: int
    handovers_soon: int
    discrepancies: int | None
    legacy: LegacyStock


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board with the counts behind its chart."""

    rows: list[Row]
    next_after: tuple[datetime, int] | None
    ageing: list[tuple[str, int]]
    soon: int
    oldest_due: datetime | None
    now: datetime
    heartbeat: tuple[datetime, str] | None
    sending: bool
    outbox: dict[str, int]
    ledger_read_only: bool = False
    also: Also | None = None

    @property
    def overdue(self) -> int:
        """How many are overdue in all."""
        return sum(count for _, count in self.ageing)

    @property
    def counted_out(self) -> bool:
        """Whether a count stopped at its limit, so that there are at least as many."""
        return any(count >= MOST_COUNTED for count in (self.soon, *(count for _, count in self.ageing)))

    @property
    def alerts_stopped(self) -> bool:
        """Whether the alert job has not run for longer than it may."""
        return health.stopped(self.heartbeat[0] if self.heartbeat else None, self.now)


@dataclass(frozen=True, slots=True)
class Choices:
    """The stores and teams that the board can be narrowed to, and what the officer that it is narrowed to is called."""

    stores: list[Place]
    teams: dict[int, str]
    officer: str


def overdue(
    services: Services,
    by: Person,
    wanted: ItemLine,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
    soon: bool = False,
    span: int | None = None,
) -> Board:
    """A page of what is overdue, or with `soon` of what falls due within AHEAD, or of one of SPANS. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    narrowed = within_scope(by, wanted)
    until, begin = window(now, soon=soon, span=span)
    with services.lists() as work:
        found = work.items.due_before(until, narrowed, after or begin, limit + 1)
        known = live(work, found[:limit], now)
        rows = rows_of(work, by, found[:limit], known)
        counts = _counts(work, narrowed, now)
        first = work.items.due_before(now, narrowed, None, 1)
        beat = work.alerts.heartbeats().get("alerts")
        outbox = work.alerts.outbox()
        read_only = work.checkpoints.alarm() is not None
        also = _also(work, by, narrowed, now)
    ageing = [(name, count) for (name, _), count in zip(SPANS, counts[1:], strict=True)]
    oldest = first[0].due_at if first else None
    sending = services.mailer.active
    return Board(rows, _next(found, limit), ageing, counts[0], oldest, now, beat, sending, outbox, read_only, also)


def window(now: datetime, *, soon: bool = False, span: int | None = None) -> tuple[datetime, After | None]:
    """Before when what is asked for fell or falls due, and where its list begins: what lies before is not asked for."""
    if soon:
        return now + AHEAD, (now, 0)
    if span is None:
        return now, None
    younger = SPANS[span - 1][1] if span else 0
    older = SPANS[span][1]
    return now - timedelta(days=younger or 0), (now - timedelta(days=older), 0) if older else None


def _also(work: Work, by: Person, wanted: ItemLine, now: datetime) -> Also:
    offered = replace(wanted, of_custody=True, kind=ClockKind.HANDOVER.value)
    soon, late = work.items.due_counts(now + AHEAD, offered, [now])
    seen = None
    if may(by, Action.SEE_DISCREPANCIES):
        line = DiscrepancyLine(store=wanted.store, team=wanted.team, case=wanted.case)
        seen = work.discrepancies.count(line, MOST_COUNTED)
    return Also(work.items.advised_count(wanted), late, soon, seen, work.gradings.stock(wanted.team, now))


def age(due: datetime, now: datetime) -> int | None:
    """Which of SPANS the deadline falls into, from 0; None before it."""
    late = now - due
    if late <= timedelta(0):
        return None
    return next(index for index, (_, days) in enumerate(SPANS) if days is None or late <= timedelta(days=days))


def choices(services: Services, by: Person, wanted: ItemLine) -> Choices:
    """What the board can be narrowed to, and is. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    with services.lists() as work:
        stores = [place for place in work.places.all() if place.kind is PlaceKind.STORE]
        teams = work.teams.all()
    return Choices(stores, teams, colleagues.called(services, wanted.oic, left=True))


def overdue_lines(services: Services, wanted: ItemLine, limit: int = 1_000) -> list[ListedItem]:
    """The board for the command line, run by whoever runs the service. Raises NotFound for an unknown store."""
    now = services.clock.now()
    with services.lists() as work:
        if wanted.store is not None and work.places.find(wanted.store).kind is not PlaceKind.STORE:
            raise NotFound("store")
        return work.items.due_before(now, wanted, None, limit)


def live(work: Work, found: Sequence[ListedItem], now: datetime) -> Live:
    """The acknowledgements of these items that hold."""
    known = acknowledging.shown(work, [listed.exhibit.register_no for listed in found])
    return {(one.one.register_no, one.one.clock.value, one.one.due): one for one in known if one.one.holds(now)}


def count(work: Work, wanted: ItemLine, now: datetime, *, soon: bool, span: int | None = None) -> tuple[int, bool]:
    """How many are overdue, or of one span, or due soon, in this scope; and whether there are at least so many."""
    counts = _counts(work, wanted, now)
    counted = counts[:1] if soon else counts[1:] if span is None else counts[span + 1 : span + 2]
    return sum(counted), any(one >= MOST_COUNTED for one in counted)


def _counts(work: Work, wanted: ItemLine, now: datetime) -> list[int]:
    """How many are due soon, then how many overdue in each of SPANS."""
    edges = [now, *(now - timedelta(days=days) for _, days in SPANS if days is not None)]
    return work.items.due_counts(now + AHEAD, wanted, edges)


def rows_of(work: Work, by: Person, found: Sequence[ListedItem], known: Live = NOBODY) -> list[Row]:
    """The lines of these items, as this person may see them."""
    work.cases.meet(listed.exhibit.case.id for listed in found)
    return [row(work, by, listed, known) for listed in found]


def row(work: Work, by: Person, listed: ListedItem, known: Live = NOBODY) -> Row:
    """The line of this item, as this person may see it."""
    case = work.cases.find(listed.exhibit.case.id)
    readable = may(by, Action.SEE_CASE, case.target)
    acknowledged = known.get((listed.exhibit.register_no, listed.due_kind, listed.due_at))
    return Row(listed, case, case.restricted and not readable, readable, acknowledged)


def _next(found: Sequence[ListedItem], limit: int) -> tuple[datetime, int] | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return (last.due_at, last.exhibit.register_no) if last.due_at else None


def within_scope(by: Person, wanted: ItemLine) -> ItemLine:
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
