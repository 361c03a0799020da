"""Events that change who or what answers for an item, or where it lies."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..people import PersonRef
from ..places import PlaceRef
from .envelope import Body, BoxRef


@dataclass(frozen=True, slots=True)
class BookedIn(Body):
    """First receipt into a store. Cash and drugs are counted or weighed by two; a firearm is made safe by someone."""

    KIND: ClassVar[str] = "book_in"
    place: PlaceRef
    seal: str | None = None
    counted: str | None = None
    made_safe_by: str | None = None


@dataclass(frozen=True, slots=True)
class Moved(Body):
    """From one place in a store to another."""

    KIND: ClassVar[str] = "move"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class SignedOut(Body):
    """Released from a store to a named person, for a purpose, until a date; `joint` is who took it with them."""

    KIND: ClassVar[str] = "sign_out"
    receiver: PersonRef
    purpose: str
    due_back: datetime
    seal: str | None = None
    joint: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class SignedIn(Body):
    """Returned into a store by a person."""

    KIND: ClassVar[str] = "sign_in"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Collected(Body):
    """A carrier took the item from a store."""

    KIND: ClassVar[str] = "collect"
    place: PlaceRef
    seal: str | None = None
    bound_for: PlaceRef | None = None


@dataclass(frozen=True, slots=True)
class Received(Body):
    """A store took the item from a carrier; who receives is not who handed it to the carrier."""

    KIND: ClassVar[str] = "receive"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Offered(Body):
    """The holder offers the item to a named person; custody stays with the giver until it is accepted."""

    KIND: ClassVar[str] = "offer"
    receiver: PersonRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted(Body):
    """The person it was offered to took the item. `offer` is the id of the offer's event."""

    KIND: ClassVar[str] = "accept"
    offer: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected(Body):
    """An offer was turned down, or withdrawn by who made it; custody never changed."""

    KIND: ClassVar[str] = "reject"
    offer: str


@dataclass(frozen=True, slots=True)
class PutIn(Body):
    """Put into a box: from now on a scan of the box is known of the item, as inferred."""

    KIND: ClassVar[str] = "put_in"
    box: BoxRef
    place: PlaceRef | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class TakenOut(Body):
    """Taken out of its box, where the box stands."""

    KIND: ClassVar[str] = "take_out"
    box: BoxRef
    place: PlaceRef | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Sighted(Body):
    """The item itself was scanned where it lay."""

    KIND: ClassVar[str] = "sighting"
    place: PlaceRef | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class SealApplied(Body):
    """Sealed, or sealed anew after an opening; the old bag is kept with the item."""

    KIND: ClassVar[str] = "seal"
    number: str


@dataclass(frozen=True, slots=True)
class SealOpened(Body):
    """The packaging was opened; `seal` is the number that was broken."""

    KIND: ClassVar[str] = "open"
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Viewed(Body):
    """Somebody viewed the item in the presence of these people; `opened` when the packaging was open for it."""

    KIND: ClassVar[str] = "view"
    present: str
    opened: bool
    seal: str | None = None
