"""Events that put the record right: corrections, discrepancies found, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from ..people import PersonRef
from ..places import PlaceRef
from .envelope import Body, ItemRef

# What checking a box against its manifest finds. An item that is not in its box lies in none from then on.
NOT_IN_BOX = "not in its box"
FOUND_IN_BOX = "found in box"
# An item was scanned elsewhere by itself, and nobody opened its box.
LEFT_SHUT_BOX = "left its shut box"


class Mistake(StrEnum):
    """What was wrong with an event."""

    ITEM = "wrong item"
    PLACE = "wrong place"
    TIME = "wrong time"
    PERSON = "wrong person"
    SEAL = "wrong seal"
    NOTHING = "did not happen"


@dataclass(frozen=True, slots=True)
class Corrected(Body):
    """An earlier event of the item was wrong in one respect; the original stays visible.

    Of `place`, `occurred_at`, `person`, `seal` and `item` the one that the mistake is about holds what is right.
    """

    KIND: ClassVar[str] = "correct"
    corrects: str
    mistake: Mistake
    place: PlaceRef | None = None
    occurred_at: datetime | None = None
    person: PersonRef | None = None
    seal: str | None = None
    item: ItemRef | None = None


@dataclass(frozen=True, slots=True)
class DiscrepancyRaised(Body):
    """Someone or something observed what the record does not say, apart from a custody event."""

    KIND: ClassVar[str] = "discrepancy"
    discrepancy: str
    seen: str
    recorded: str


@dataclass(frozen=True, slots=True)
class DiscrepancySettled(Body):
    """Someone with the right to disposed of a discrepancy; the reason stands in the envelope.

    `event` is the event that raised it, `seal` the seal number that stands from now on, where the seal was in doubt.
    """

    KIND: ClassVar[str] = "settle"
    event: str
    discrepancy: str
    finding: str
    seal: str | None = None
