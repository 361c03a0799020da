"""Places: the stores with their rooms, bays and shelves, and the organisations outside that hold items."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is. A store contains rooms, bays and shelves; the rest are outside the force."""

    STORE = "store"
    ROOM = "room"
    BAY = "bay"
    SHELF = "shelf"
    LAB = "lab"
    CARRIER = "carrier"
    COURT = "court"


INSIDE = frozenset({PlaceKind.STORE, PlaceKind.ROOM, PlaceKind.BAY, PlaceKind.SHELF})
FORENSIC = frozenset({PlaceKind.LAB, PlaceKind.CARRIER})


class Suits(StrEnum):
    """What a place is fit for beyond ordinary dry storage."""

    FIREARMS = "firearms"
    SAFE = "safe"
    FLAMMABLES = "flammables"
    COLD = "cold"


SUITS_WORDS = {
    Suits.FIREARMS: "a firearms cabinet",
    Suits.SAFE: "a safe",
    Suits.FLAMMABLES: "a flammables store",
    Suits.COLD: "a fridge or freezer",
}


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as an event names it: stable id, name in full as at that time, kind, and the store it is in."""

    id: int
    name: str
    kind: PlaceKind
    store: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its full name ("Ilford store, bay 2") and what it suits. Nothing new goes to a closed one."""

    id: int
    name: str
    kind: PlaceKind
    store: int | None = None
    parent: int | None = None
    suits: frozenset[Suits] = frozenset()
    closed_at: datetime | None = None

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def ref(self) -> PlaceRef:
        return PlaceRef(self.id, self.name, self.kind, self.store)

    @property
    def inside(self) -> bool:
        """Whether the place is in one of the force's stores."""
        return self.kind in INSIDE
