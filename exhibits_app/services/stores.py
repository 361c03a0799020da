"""What a store holds, place by place."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.errors import NotFound
from ..domain.people import Action, Person, Target, may, require
from ..domain.places import Place, PlaceKind
from .context import Services
from .ports import ListedItem, Work


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item on a store's list. `hidden` is for a restricted case that this person does not belong to."""

    item: ListedItem
    hidden: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """One page of what a store holds. `place` is set when the list is narrowed to one place in it."""

    store: Place
    places: list[Place]
    place: Place | None
    rows: list[HeldItem]
    next_after: int | None
    now: datetime


def contents(
    services: Services, by: Person, store: int, place: int | None = None, after: int = 0, limit: int = 50
) -> Contents:
    """What a store, or exactly one place in it, holds, by register number. Raises NoRight, NotFound."""
    require(by, Action.SEE_STORE, Target(store=store))
    with services.store.read() as work:
        whole = work.places.find(store)
        if whole.kind is not PlaceKind.STORE:
            raise NotFound("store")
        places = [one for one in work.places.all() if one.store == store and one.id != store]
        narrowed = _place_in(work, store, place)
        if narrowed is None:
            found = work.items.in_store(store, after, limit + 1)
        else:
            found = work.items.at_place(narrowed.id, after, limit + 1)
        rows = [HeldItem(listed, _hidden(work, by, listed)) for listed in found[:limit]]
    next_after = found[limit - 1].exhibit.register_no if len(found) > limit else None
    return Contents(whole, places, narrowed, rows, next_after, services.clock.now())


def _place_in(work: Work, store: int, place: int | None) -> Place | None:
    if place is None:
        return None
    found = work.places.find(place)
    if found.id != store and found.store != store:
        raise NotFound("place in this store")
    return found


def _hidden(work: Work, by: Person, listed: ListedItem) -> bool:
    case = work.cases.find(listed.exhibit.case.id)
    return case.restricted and not may(by, Action.SEE_CASE, case.target)
