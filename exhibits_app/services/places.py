"""Stores and the places in them, and the organisations outside that hold items."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.errors import NotAChoice
from ..domain.people import Action, Person, Target, may, require
from ..domain.places import INSIDE, Place, PlaceKind, Suits
from ..domain.text import NAME_LIMIT, choice, required
from .context import Services
from .ports import Work


def add_place(services: Services, by: Person, name: str, kind: str, parent: int | None, suits: frozenset[str]) -> Place:
    """Add a place. A room, bay or shelf needs a parent in a store; a store or an organisation has none."""
    require(by, Action.MANAGE_PLACES)
    wanted = PlaceKind(choice(kind, "kind", "the kind of place", frozenset(PlaceKind)))
    clean = required(name, "name", "a name for the place", NAME_LIMIT)
    fit = frozenset(Suits(choice(one, "suits", "what the place suits", frozenset(Suits))) for one in suits)

    def change(work: Work) -> Place:
        inner = wanted in INSIDE and wanted is not PlaceKind.STORE
        if inner and (parent is None or not work.places.find(parent).inside):
            raise NotAChoice("parent", "the store or room that the place is in")
        return work.places.add(clean, wanted, parent if inner else None, fit)

    return services.store.write(change)


def list_places(services: Services) -> list[Place]:
    """Every place by full name: what is where is public to everyone signed in; what is in it is not."""
    with services.store.read() as work:
        return work.places.all()


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in the tree of places: how deep it stands, and its own name without its parent's."""

    place: Place
    depth: int
    short: str


def tree(services: Services) -> list[Branch]:
    """Every place below the one it is in; stores first, then the organisations outside."""
    places = list_places(services)
    below: dict[int | None, list[Place]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place)
    roots = sorted(below.get(None, []), key=lambda place: (not place.inside, place.name))
    return [branch for root in roots for branch in _branches(root, below, 0, "")]


def _branches(place: Place, below: dict[int | None, list[Place]], depth: int, parent: str) -> Iterator[Branch]:
    yield Branch(place, depth, place.name.removeprefix(f"{parent}, "))
    for inner in below.get(place.id, []):
        yield from _branches(inner, below, depth + 1, place.name)


def my_stores(services: Services, by: Person) -> list[Place]:
    """The stores whose contents this person may see."""
    with services.store.read() as work:
        return [store for store in work.places.stores() if may(by, Action.SEE_STORE, Target(store=store.id))]
