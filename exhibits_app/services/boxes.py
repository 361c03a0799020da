"""Boxes on the pages: opening a record of one, what is in it, shutting it, and what it was said to hold."""

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.box_words import told
from ..domain.boxes import Box, manifest_sha256
from ..domain.custody import Asked
from ..domain.custody.boxes import check_box_holder
from ..domain.errors import BoxShut, NotAChoice, NotFound
from ..domain.exhibit import Custody, CustodyKind, Exhibit, Seal, SealKind
from ..domain.fold.common import person_as, store_of
from ..domain.people import Action, Person, Target, may, require
from ..domain.places import Place, PlaceRef
from ..domain.text import NAME_LIMIT, required
from .context import Services
from .kinds import is_store_staff
from .ports import ListedItem, Manifest, Work

PAGE = 50
MOST_WITH_ONE = 100


@dataclass(frozen=True, slots=True)
class ListedBox:
    """A box on a list, and how many items lie in it itself."""

    box: Box
    items: int


@dataclass(frozen=True, slots=True)
class BoxList:
    """One page of the boxes that a person may see. `mine` are those that they hold themselves, on the first page."""

    rows: list[ListedBox]
    mine: list[ListedBox]
    stores: list[Place]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class InBox:
    """An item in a box. `hidden` is for one of a restricted case that this person does not belong to."""

    item: ListedItem
    hidden: bool


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box with a page of its contents, the boxes in it, its manifests and its label's code."""

    box: Box
    code: str | None
    items: int
    rows: list[InBox]
    next_after: int | None
    inner: list[ListedBox]
    manifests: list[Manifest]
    may_handle: bool
    now: datetime


def open_box(services: Services, by: Person, name: str, place: int | None = None) -> Box:
    """Open the record of an empty box, in a place in a store or, without one, in the person's own hands.

    Raises BadInput, BoxNameTaken, NoRight, NotFound.
    """
    clean = required(name, "name", "a name for the box, such as Box 17", NAME_LIMIT)

    def change(work: Work) -> Box:
        custody, lies = _beginning(work, by, place)
        now = services.clock.now()
        return work.boxes.add(Box(0, clean, custody, Seal(SealKind.UNSEALED), now, by.ref, now, lies))

    return services.store.write(change)


def close(services: Services, by: Person, box_id: int) -> Box:
    """Shut an open box without a seal. Whoever seals it scans SEAL. Raises BoxShut, NoRight, NotFound, NotTheHolder."""

    def change(work: Work) -> Box:
        box = hold(work, by, box_id)
        now = services.clock.now()
        asked = _asked(by, box, now)
        check_box_holder(box, asked)
        if box.closed:
            raise BoxShut(box.name, box.name, box.shut)
        after = replace(box, closed=True, last_at=max(now, box.last_at))
        work.boxes.save([after])
        items = tuple(work.boxes.items_in([box.id]))
        event = services.ids.event_id()
        sentence = told("CLOSE", box, asked, len(items))
        manifest = Manifest(
            box.id, event, event, "CLOSE", now, now, by.ref, items, manifest_sha256(items), sentence
        )  # fmt: skip
        work.boxes.add_manifests([manifest])
        return after

    return services.store.write(change)


def see(services: Services, by: Person, box_id: int, after: int = 0) -> BoxView:
    """A box and what is in it. Raises NotFound for one that is not this person's to see."""
    with services.store.read() as work:
        box = find(work, by, box_id)
        found = work.boxes.contents(box.id, after, PAGE + 1)
        label = work.labels.live_of("B", box.id)
        below = work.boxes.parents_below([box.id])
        inner = [one for one in work.boxes.hold_all(below).values() if one.parent and one.parent.id == box.id]
        now = services.clock.now()
        return BoxView(
            box=box,
            code=label.code if label else None,
            items=work.boxes.count([box.id]).get(box.id, 0),
            rows=[InBox(listed, is_hidden(work, by, listed.exhibit)) for listed in found[:PAGE]],
            next_after=found[PAGE - 1].exhibit.register_no if len(found) > PAGE else None,
            inner=_counted(work, inner),
            manifests=work.boxes.manifests(box.id),
            may_handle=may_handle(by, box),
            now=now,
        )


def boxes(services: Services, by: Person, store: int | None = None, after: int = 0) -> BoxList:
    """The boxes of a store, or of every store whose contents this person may see, by id. Raises NoRight."""
    if store is not None:
        require(by, Action.SEE_STORE, Target(store=store))
    with services.store.read() as work:
        stores = [one for one in work.places.stores() if may(by, Action.SEE_STORE, Target(store=one.id))]
        found: list[Box] = []
        last = after
        while stores and len(found) <= PAGE:
            page = work.boxes.page(store, last, PAGE + 1)
            found += [box for box in page if may_see_box(by, box)]
            if len(page) <= PAGE:
                break
            last = page[-1].id
        mine = work.boxes.with_person(by.id, MOST_WITH_ONE) if store is None and not after else []
        next_after = found[PAGE - 1].id if len(found) > PAGE else None
        return BoxList(_counted(work, found[:PAGE]), _counted(work, mine), stores, next_after)


def find(work: Work, by: Person, box_id: int) -> Box:
    """The box. Raises NotFound for one that is not this person's to see."""
    box = work.boxes.find(box_id)
    if not may_see_box(by, box):
        raise NotFound("box")
    return box


def hold(work: Work, by: Person, box_id: int) -> Box:
    """The box, locked, for whoever may handle boxes. Raises NoRight, NotFound."""
    held = work.boxes.hold_all([box_id]).get(box_id)
    if held is None or not may_see_box(by, held):
        raise NotFound("box")
    require(by, Action.HANDLE, Target(store=held.custody.id) if held.in_store else Target())
    return held


def may_see_box(by: Person, box: Box) -> bool:
    """Whoever sees what the store holds that has the box, and whoever holds it. What is outside, any store's staff."""
    if box.custody.kind is CustodyKind.PERSON and box.custody.id == by.id:
        return True
    return may(by, Action.SEE_STORE, Target(store=box.custody.id) if box.in_store else Target())


def may_handle(by: Person, box: Box) -> bool:
    """Whether the person may open, shut and fill the box where it is now."""
    if box.in_store:
        return may(by, Action.HANDLE, Target(store=box.custody.id)) and is_store_staff(by, box)
    return box.custody.kind is CustodyKind.PERSON and box.custody.id == by.id and may(by, Action.HANDLE)


def is_hidden(work: Work, by: Person, exhibit: Exhibit) -> bool:
    """Whether the item is of a restricted case that this person does not belong to."""
    case = work.cases.find(exhibit.case.id)
    return case.restricted and not may(by, Action.SEE_CASE, case.target)


def _beginning(work: Work, by: Person, place: int | None) -> tuple[Custody, PlaceRef | None]:
    if place is None:
        require(by, Action.HANDLE)
        return person_as(by.ref), None
    found = work.places.find(place)
    if not found.inside:
        raise NotAChoice("place", "a place in a store")
    require(by, Action.HANDLE, Target(store=found.store or found.id))
    return store_of(found.ref), found.ref


def _asked(by: Person, box: Box, now: datetime) -> Asked:
    return Asked(by.ref, now, now, store_staff=is_store_staff(by, box))


def _counted(work: Work, found: list[Box]) -> list[ListedBox]:
    counts = work.boxes.count(box.id for box in found)
    return [ListedBox(box, counts.get(box.id, 0)) for box in found]
