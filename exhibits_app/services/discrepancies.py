"""The work list of discrepancies: what the record and the eye disagree about, and who said what became of it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from ..domain.cases import Case
from ..domain.custody import mending, settling
from ..domain.custody.asked import Asked
from ..domain.errors import NotFound, SealUsedBefore
from ..domain.events import Envelope
from ..domain.exhibit import Discrepancy, Exhibit
from ..domain.history import sentence
from ..domain.people import Action, Person, ScopeKind, may, require
from ..domain.places import Place
from ..domain.text import LINE_LIMIT, SEAL_LIMIT, optional, required
from .context import Services
from .kinds import seal_user
from .ports import DiscrepancyLine, OpenDiscrepancy, Work
from .ports.mending import After
from .recording import Happening, record

# The list counts no further than this; more shows as "at least" so many.
MOST_COUNTED = 10_000
# A badge in the navigation is read on every page.
MOST_ON_BADGE = 100

KINDS = (
    "wrong place",
    "wrong seal",
    "wrong box",
    "impossible move",
    "two places at once",
    "scanned after disposal",
    "disposal without authority",
    "unaccounted for",
    "quantity",
    "revoked label",
    "seal used twice",
    "against the rules",
    "not in its box",
    "found in box",
    "left its shut box",
    "wrong seal on its box",
    "wrong item back",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. `hidden`: of a restricted case of others; `may_settle`: they may say what became of it."""

    one: OpenDiscrepancy
    case: Case
    hidden: bool
    readable: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, with what it can be narrowed to."""

    rows: list[Row]
    next_after: After | None
    count: int
    stores: list[Place]
    teams: dict[int, str]
    wanted: DiscrepancyLine

    @property
    def counted_out(self) -> bool:
        """Whether there are at least as many as `count`."""
        return self.count >= MOST_COUNTED


def page(services: Services, by: Person, wanted: DiscrepancyLine, after: After | None = None, limit: int = 50) -> Page:
    """What is open, the longest open first, within this person's stores or teams. Raises NoRight."""
    require(by, Action.SEE_DISCREPANCIES)
    narrowed = _within_scope(by, wanted)
    with services.store.read() as work:
        found = work.discrepancies.page(narrowed, after, limit + 1)
        work.cases.meet(one.item.exhibit.case.id for one in found)
        rows = [_row(work, by, one) for one in found[:limit]]
        count = work.discrepancies.count(narrowed, MOST_COUNTED)
        stores, teams = work.places.stores(), work.teams.all()
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows, (last.at, last.register_no, last.position) if last else None, count, stores, teams, narrowed)


def waiting(services: Services, by: Person) -> int:
    """How many are open for this person, counted to MOST_ON_BADGE; 0 for who may not see them."""
    if not may(by, Action.SEE_DISCREPANCIES):
        return 0
    with services.store.read() as work:
        return work.discrepancies.count(_within_scope(by, DiscrepancyLine()), MOST_ON_BADGE)


@dataclass(frozen=True, slots=True)
class Settling:
    """A discrepancy that somebody is about to settle. `seal_needed` when the seal that stands must be named."""

    exhibit: Exhibit
    one: Discrepancy
    told: str
    seal_needed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a discrepancy, as somebody typed it."""

    event: str
    kind: str
    finding: str
    reason: str
    seal: str = ""


def see(services: Services, by: Person, register_no: int, event: str, kind: str) -> Settling:
    """The discrepancy to be settled. Raises NotFound, NoRight, NoSuchDiscrepancy."""
    with services.store.read() as work:
        exhibit = work.items.find(register_no).exhibit
        _require(work, by, exhibit)
        one = settling.open_one(exhibit, event, kind)
        raised = mending.event_of(exhibit, work.ledger.events_of(register_no), event)
        return Settling(exhibit, one, sentence(raised, exhibit.ref), settling.seal_in_doubt(exhibit, one))


def settle(services: Services, by: Person, register_no: int, found: Found) -> None:
    """Say what became of a discrepancy. Raises BadInput, CustodyRefusal, NoRight, NotFound."""
    now = services.clock.now()
    reason = required(found.reason, "reason", "what you found, in words", LINE_LIMIT)
    seal = optional(found.seal, "seal", "the seal number", SEAL_LIMIT).upper() or None

    def change(work: Work) -> None:
        held = work.items.hold(register_no)
        if held.exhibit is None:
            raise NotFound("item")
        exhibit = held.exhibit
        _require(work, by, exhibit)
        # A device's clock may run ahead a little: what settles a thing comes after it all the same.
        at = max(now, exhibit.last_event_at + timedelta(microseconds=1))
        asked = Asked(by.ref, at, now, seal=seal, reason=reason)
        events = work.ledger.events_of(register_no)
        body = settling.settle(exhibit, events, asked, found.event, found.kind, found.finding)
        if body.seal:
            _use(work, exhibit, body.seal)
        envelope = Envelope(services.ids.event_id(), at, now, by.ref, services.ids.event_id(), reason=reason)
        record(work, services.ids, work.policies.current(now), [Happening(held, envelope, body)])
        if body.seal and seal_user(work, body.seal) is None:
            work.items.use_seal(body.seal, register_no, now)

    services.store.write(change)


def _use(work: Work, exhibit: Exhibit, seal: str) -> None:
    """Raise SealUsedBefore when the seal was recorded on something else."""
    user = seal_user(work, seal)
    if user is not None and work.items.seal_user(seal) != exhibit.register_no:
        raise SealUsedBefore(exhibit.ref, seal, user)


def _require(work: Work, by: Person, exhibit: Exhibit) -> None:
    case = work.cases.find(exhibit.case.id)
    if case.restricted and not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, Action.SETTLE, case.target)


def _row(work: Work, by: Person, one: OpenDiscrepancy) -> Row:
    case = work.cases.find(one.item.exhibit.case.id)
    readable = may(by, Action.SEE_CASE, case.target)
    hidden = case.restricted and not readable
    return Row(one, case, hidden, readable, not hidden and may(by, Action.SETTLE, case.target))


def _within_scope(by: Person, wanted: DiscrepancyLine) -> DiscrepancyLine:
    """Someone with the right for one team or store alone sees just that, whatever they ask for."""
    grants = [one for one in by.grants if may(replace(by, grants=(one,)), Action.SEE_DISCREPANCIES)]
    if any(grant.kind is ScopeKind.FORCE for grant in grants):
        return wanted
    scopes: dict[ScopeKind, list[int]] = {kind: [] for kind in ScopeKind}
    for grant in grants:
        scopes[grant.kind].append(grant.scope or 0)
    if wanted.team in scopes[ScopeKind.TEAM] or wanted.store in scopes[ScopeKind.STORE]:
        return wanted
    if scopes[ScopeKind.TEAM]:
        return replace(wanted, team=scopes[ScopeKind.TEAM][0])
    if scopes[ScopeKind.STORE]:
        return replace(wanted, store=scopes[ScopeKind.STORE][0])
    return replace(wanted, case=scopes[ScopeKind.CASE][0])
