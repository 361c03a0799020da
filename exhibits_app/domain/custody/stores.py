"""The rules of the store: taking in, moving, releasing, sending by carrier, sighting."""

from ..errors import (
    AlreadyInStore,
    AlreadyThere,
    AnotherWayIn,
    CollectorReceives,
    DueBackNeeded,
    NotInAStore,
    NotWithCarrier,
    PurposeNeeded,
    ReceiverIsActor,
    ReceiverNeeded,
    ScanSignInInstead,
)
from ..events import BookedIn, Collected, Moved, Received, Sighted, SignedIn, SignedOut
from ..exhibit import CustodyKind, Exhibit
from ..places import PlaceKind
from .asked import (
    Asked,
    check_counted,
    check_seal,
    check_suits,
    outside_place,
    place_name,
    store_place,
    way_in,
)


def book_in(exhibit: Exhibit, asked: Asked) -> BookedIn:
    """First receipt into a store, from whoever holds the item."""
    place = store_place(exhibit, asked)
    if exhibit.in_store:
        raise AlreadyInStore(exhibit.ref, place_name(exhibit))
    if exhibit.first_booked_in_at is not None and exhibit.custody.kind is CustodyKind.PERSON:
        raise ScanSignInInstead(exhibit.ref, exhibit.custody.name)
    _check_person(exhibit, "BOOK IN")
    check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    check_counted(exhibit, asked)
    return BookedIn(place.ref, asked.seal, asked.counted, asked.made_safe_by)


def move(exhibit: Exhibit, asked: Asked) -> Moved:
    """From where it lies in a store to another place in a store."""
    place = store_place(exhibit, asked)
    if not exhibit.in_store:
        raise NotInAStore(exhibit.ref, exhibit.where, way_in(exhibit))
    if exhibit.place is not None and exhibit.place.id == place.id:
        raise AlreadyThere(exhibit.ref, place.name)
    check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return Moved(place.ref, asked.seal)


def sign_out(exhibit: Exhibit, asked: Asked) -> SignedOut:
    """Release to a named person who has signed in for themselves; a second one may take it with them."""
    if not exhibit.in_store:
        raise NotInAStore(exhibit.ref, exhibit.where, way_in(exhibit))
    if asked.receiver is None:
        raise ReceiverNeeded(exhibit.ref)
    takers = {asked.receiver.id} | ({asked.joint.id} if asked.joint else set())
    if asked.actor.id in takers:
        raise ReceiverIsActor(exhibit.ref)
    if not asked.purpose:
        raise PurposeNeeded(exhibit.ref)
    if asked.due_back is None or asked.due_back <= asked.at:
        raise DueBackNeeded(exhibit.ref)
    check_seal(exhibit, asked)
    joint = asked.joint if len(takers) > 1 else None
    return SignedOut(asked.receiver, asked.purpose, asked.due_back, asked.seal, joint)


def sign_in(exhibit: Exhibit, asked: Asked) -> SignedIn:
    """Return into a store, by a person, of an item that was in one before."""
    place = store_place(exhibit, asked)
    if exhibit.in_store:
        raise AlreadyInStore(exhibit.ref, place_name(exhibit))
    if exhibit.first_booked_in_at is None and exhibit.custody.kind is CustodyKind.PERSON:
        raise NotInAStore(exhibit.ref, exhibit.where, "BOOK IN")
    _check_person(exhibit, "SIGN IN")
    check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return SignedIn(place.ref, asked.seal)


def collect(exhibit: Exhibit, asked: Asked) -> Collected:
    """Handed by a store to a carrier, to go to another store."""
    place = outside_place(exhibit, asked, PlaceKind.CARRIER, "a carrier")
    if not exhibit.in_store:
        raise NotInAStore(exhibit.ref, exhibit.where, way_in(exhibit))
    check_seal(exhibit, asked)
    return Collected(place.ref, asked.seal, asked.bound_for.ref if asked.bound_for else None)


def receive(exhibit: Exhibit, asked: Asked) -> Received:
    """Taken by a store from a carrier, by someone else than handed it over."""
    place = store_place(exhibit, asked)
    if exhibit.custody.kind is not CustodyKind.CARRIER:
        raise NotWithCarrier(exhibit.ref, exhibit.where)
    if exhibit.collected_by is not None and exhibit.collected_by.id == asked.actor.id:
        raise CollectorReceives(exhibit.ref)
    check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return Received(place.ref, asked.seal)


def sight(_exhibit: Exhibit, asked: Asked) -> Sighted:
    """The item was scanned where it lay; what is odd about it is recorded as a discrepancy, not refused."""
    return Sighted(asked.place.ref if asked.place else None, asked.seal)


def _check_person(exhibit: Exhibit, command: str) -> None:
    """The item comes from a person. Raises AnotherWayIn when it is anywhere else."""
    if exhibit.custody.kind is not CustodyKind.PERSON:
        instead = way_in(exhibit)
        if instead != command:
            raise AnotherWayIn(exhibit.ref, exhibit.where, instead)
