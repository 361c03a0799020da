"""Closing a place: nothing new goes there once it is empty; what lay there is moved by ordinary acts before."""

from dataclasses import dataclass

from ..domain.errors import PlaceNotEmpty
from ..domain.people import Action, Person, require
from ..domain.places import Place
from .context import Services
from .ports import Work

# What a place holds is counted to this and no further; more shows as "at least" so many.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Holding:
    """A place with how many items are recorded at exactly that place, and how many boxes stand there."""

    place: Place
    items: int
    boxes: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A place that is to be closed, with everything in it. `holdings` are those that are not empty."""

    place: Place
    inside: list[Place]
    holdings: list[Holding]

    @property
    def items(self) -> int:
        """How many items are in the way."""
        return sum(one.items for one in self.holdings)

    @property
    def boxes(self) -> int:
        """How many boxes are in the way."""
        return sum(one.boxes for one in self.holdings)


def look(services: Services, by: Person, place: int) -> Closing:
    """What stands in the way of closing the place: numbers alone, no case content. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_PLACES)
    with services.store.read() as work:
        return _closing(work, place)


def close(services: Services, by: Person, place: int) -> Place:
    """Close the place and all places in it. Their history stays. Raises PlaceNotEmpty, NoRight, NotFound."""
    require(by, Action.MANAGE_PLACES)
    now = services.clock.now()

    def change(work: Work) -> Place:
        found = _closing(work, place)
        if found.holdings:
            more = any(one.items >= MOST_COUNTED for one in found.holdings)
            raise PlaceNotEmpty(found.place.name, found.items, found.boxes, more)
        work.places.close([one.id for one in found.inside], now, by.id)
        return found.place

    return services.store.write(change)


def _closing(work: Work, place: int) -> Closing:
    found = work.places.find(place)
    inside = _family(work, found)
    boxes = _boxes(work, found)
    holdings = [Holding(one, len(work.items.at_place(one.id, 0, MOST_COUNTED)), boxes.get(one.id, 0)) for one in inside]
    return Closing(found, inside, [one for one in holdings if one.items or one.boxes])


def _family(work: Work, place: Place) -> list[Place]:
    """The place and every place in it, by full name."""
    below: dict[int | None, list[Place]] = {}
    for one in work.places.all():
        below.setdefault(one.parent, []).append(one)
    found, wanted = [place], [place.id]
    while wanted:
        inner = below.get(wanted.pop(), [])
        found += inner
        wanted += [one.id for one in inner]
    return sorted(found, key=lambda one: one.name)


def _boxes(work: Work, place: Place) -> dict[int, int]:
    """How many boxes stand at each place of the store."""
    counts: dict[int, int] = {}
    after, store = 0, place.store or place.id
    while page := work.boxes.page(store, after, 200):
        for box in page:
            at = box.place.id if box.place else store
            counts[at] = counts.get(at, 0) + 1
        after = page[-1].id
    return counts
