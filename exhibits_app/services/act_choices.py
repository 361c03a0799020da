"""What an act on a page can be about: the places it can lead to, and whether this person may do it at all."""

from collections.abc import Sequence

from ..domain.errors import NoRight, NotFound
from ..domain.exhibit import Exhibit
from ..domain.people import Person, PersonRef, Target, may
from ..domain.places import FORENSIC, Place, PlaceKind
from .context import Services
from .exhibits import may_see
from .happenings import has_right, possible_in
from .kinds import ACTIONS

_OUTSIDE = {
    "lab": frozenset({PlaceKind.LAB}),
    "carrier": frozenset({PlaceKind.CARRIER}),
    "court": frozenset({PlaceKind.COURT}),
    "forensic": FORENSIC,
}


def places_for(services: Services, by: Person, kind: str, which: str) -> list[Place]:
    """The places to choose from, by full name.

    `which` is "inside" for every place in a store, "mine" for those where this person may do an act of this kind,
    else lab, carrier, court or forensic.
    """
    action, _reach = ACTIONS[kind]
    with services.store.read() as work:
        places = [place for place in work.places.all() if not place.closed]
    if which in _OUTSIDE:
        return [place for place in places if place.kind in _OUTSIDE[which]]
    inside = [place for place in places if place.inside]
    if which == "inside":
        return inside
    return [place for place in inside if may(by, action, Target(store=place.store or place.id))]


def stores(services: Services) -> list[Place]:
    """Every store, for what is bound for one."""
    with services.store.read() as work:
        return work.places.stores()


def ready(
    services: Services, by: Person, register_nos: Sequence[int], kind: str
) -> tuple[list[Exhibit], PersonRef | None]:
    """The items of an act that this person may do, and the leaver for whom they would do it.

    Raises NotFound unless they may see every item, NoRight when they may not do it to any of them.
    """
    now = services.clock.now()
    with services.store.read() as work:
        exhibits = [work.items.find(number).exhibit for number in dict.fromkeys(register_nos)]
        for exhibit in exhibits:
            if not may_see(by, work.cases.find(exhibit.case.id), exhibit):
                raise NotFound("item")
        if exhibits and not any(has_right(work, by, kind, exhibit) for exhibit in exhibits):
            raise NoRight(ACTIONS[kind][0].value)
        gone = [possible_in(work, by, exhibit, now).get(kind) for exhibit in exhibits]
    return exhibits, next((person for person in gone if person), None)
