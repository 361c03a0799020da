"""Gaps in the accounts of items: of one, of a case, of a store, or of all, as at now.

What would be concluded from nothing having been recorded is held back while a device has scans that it has not sent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.cases import Case
from ..domain.errors import NotFound
from ..domain.exhibit import CustodyKind, Exhibit
from ..domain.gaps import Gap, detect
from ..domain.intervals import steps
from ..domain.people import Action, Person, Target, may, require
from ..domain.places import Place, PlaceKind
from .cases import note_read
from .context import Services
from .ports import ListedItem, Work

PAGE = 50  # A page looks at so many items at a time,
MOST = 400  # and at so many at most before it shows what it has found; the next page goes on from there.


@dataclass(frozen=True, slots=True)
class Found:
    """The gaps of one item. `reference` and `case` are empty for readers who may not see the case's content.

    `hidden`: of a restricted case of others, so that nothing but kinds and lengths is told. `held_back` counts what is
    not concluded while scans are unsent.
    """

    register_no: int
    reference: str
    case: str
    gaps: tuple[Gap, ...]
    hidden: bool = False
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Items with gaps, of the `looked_at` items that were looked at; the next page begins after `next_after`."""

    found: list[Found]
    looked_at: int
    next_after: int | None
    unsent: list[str]
    now: datetime

    @property
    def held_back(self) -> int:
        """How many conclusions are not drawn while scans are unsent."""
        return sum(one.held_back for one in self.found)


def of_item(services: Services, by: Person | None, register_no: int) -> Page:
    """The gaps of one item, for those who may see its case or the store that holds it. Raises NotFound."""
    with services.store.read() as work:
        if not 1 <= register_no <= work.items.count():
            raise NotFound("item")
        exhibit = work.items.find(register_no).exhibit
        look = _Look(services, work, by)
        if not look.may_know(exhibit):
            raise NotFound("item")
        page = look.page([exhibit], None)
    note_read(services, by, "item", register_no, "gaps")
    return page


def of_case(services: Services, by: Person | None, case_id: int, after: int = 0) -> tuple[Case, Page]:
    """A page of the case's items with gaps. Raises NotFound."""
    with services.lists() as work:
        case = work.cases.find(case_id)
        if by is not None and not may(by, Action.SEE_CASE, case.target):
            raise NotFound("case")
        page = _page(services, work, by, lambda last: _exhibits(work.items.in_case(case_id, last, PAGE)), after)
    note_read(services, by, "case", case_id, "gaps")
    return case, page


def of_store(services: Services, by: Person | None, store: int, after: int = 0) -> tuple[Place, Page]:
    """A page of the store's items with gaps. Raises NoRight, NotFound."""
    if by is not None:
        require(by, Action.SEE_STORE, Target(store=store))
    with services.lists() as work:
        place = work.places.find(store)
        if place.kind is not PlaceKind.STORE:
            raise NotFound("store")
        page = _page(services, work, by, lambda last: _exhibits(work.items.in_store(store, last, PAGE)), after)
    return place, page


def each(
    services: Services,
    case: int | None = None,
    store: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Found]:
    """Every item with gaps, of a case, of a store, or of the whole register: for the command line.

    One transaction for each PAGE of items, so that millions hold nothing open; `progress` is told how many are done.
    """
    after = done = 0
    while True:
        with services.lists() as work:
            look = _Look(services, work, None)
            exhibits = _next(work, case, store, after)
            found = [one for one in map(look.found, exhibits) if one.gaps or one.held_back]
        if not exhibits:
            return
        yield from found
        after = exhibits[-1].register_no
        done += len(exhibits)
        if progress:
            progress(done)


def unsent(services: Services) -> list[str]:
    """The names of devices with scans that have not arrived."""
    with services.store.read() as work:
        return work.devices.with_unsent()


class _Look:
    """Looks at items for one reader; asks once for what is the same for all of them."""

    def __init__(self, services: Services, work: Work, by: Person | None) -> None:
        self._work, self._by = work, by
        self._now = services.clock.now()
        self._unsent = work.devices.with_unsent()
        self._gone: dict[int, bool] = {}
        self._cases: dict[int, Case] = {}

    def found(self, exhibit: Exhibit) -> Found:
        """The gaps of this item, as this reader may know them."""
        sees, hidden = self._sees(exhibit)
        walked = steps(self._work.ledger.events_of(exhibit.register_no))
        ref = exhibit.ref if sees else f"Item {exhibit.register_no}"
        gaps = detect(walked, self._now, self._leavers(exhibit), ref)
        kept = [gap for gap in gaps if not (self._unsent and gap.by_silence)]
        told = tuple(_bare(gap) if hidden else gap for gap in kept)
        reference, case = (exhibit.ref, exhibit.case.reference) if sees else ("", "")
        return Found(exhibit.register_no, reference, case, told, hidden, len(gaps) - len(told))

    def may_know(self, exhibit: Exhibit) -> bool:
        """Whether this reader may know of the item at all."""
        sees, hidden = self._sees(exhibit)
        held = exhibit.in_store and self._by is not None
        in_store = held and may(self._by, Action.SEE_STORE, Target(store=exhibit.custody.id))  # type: ignore[arg-type]  # held says so
        return sees or (in_store and not hidden)

    def page(self, exhibits: Sequence[Exhibit], next_after: int | None) -> Page:
        """What was found of these items."""
        found = [one for one in map(self.found, exhibits) if one.gaps or one.held_back]
        return Page(found, len(exhibits), next_after, self._unsent, self._now)

    def _leavers(self, exhibit: Exhibit) -> frozenset[int]:
        """The holder, where that is a person who has left."""
        holder = exhibit.custody.id
        if exhibit.custody.kind is not CustodyKind.PERSON:
            return frozenset()
        if holder not in self._gone:
            self._gone[holder] = not self._work.accounts.person(holder).active
        return frozenset({holder}) if self._gone[holder] else frozenset()

    def _sees(self, exhibit: Exhibit) -> tuple[bool, bool]:
        """Whether the reader may see the case's content, and whether not even what is said of an item is theirs."""
        if self._by is None:
            return True, False
        case = self._cases.setdefault(exhibit.case.id, self._work.cases.find(exhibit.case.id))
        sees = may(self._by, Action.SEE_CASE, case.target)
        return sees, case.restricted and not sees


def _page(services: Services, work: Work, by: Person | None, more: Callable[[int], list[Exhibit]], after: int) -> Page:
    look, looked_at = _Look(services, work, by), 0
    found: list[Found] = []
    next_after: int | None = after
    while next_after is not None and looked_at < MOST and len(found) < PAGE:
        exhibits = more(next_after)
        page = look.page(exhibits, None)
        found += page.found
        looked_at += len(exhibits)
        next_after = exhibits[-1].register_no if len(exhibits) == PAGE else None
    empty = look.page([], next_after)
    return Page(found, looked_at, next_after, empty.unsent, empty.now)


def _next(work: Work, case: int | None, store: int | None, after: int) -> list[Exhibit]:
    if case is not None:
        return _exhibits(work.items.in_case(case, after, PAGE))
    if store is not None:
        return _exhibits(work.items.in_store(store, after, PAGE))
    return [work.items.find(number).exhibit for number in work.items.register_numbers(after, PAGE)]


def _exhibits(listed: Sequence[ListedItem]) -> list[Exhibit]:
    return [one.exhibit for one in listed]


def _bare(gap: Gap) -> Gap:
    """What may be told of an item of somebody else's restricted case: the kind and the times."""
    return replace(gap, before="", after="", sentence=f"Item {gap.register_no}, of a restricted case.", settled=None)
