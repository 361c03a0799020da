"""What an act asks for, and the checks that the rules of several kinds share."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from ..errors import (
    CountNeeded,
    Disposed,
    MadeSafeNeeded,
    NotAStorePlace,
    NotTheHolder,
    OccurredBeforeSeizure,
    OccurredInTheFuture,
    ParticularNeeded,
    PlaceClosed,
    PlaceNeeded,
    SealDoesNotMatch,
    UnsuitablePlace,
    WitnessIsActor,
    WitnessNeeded,
    WrongOutsidePlace,
)
from ..events import BoxRef
from ..exhibit import CustodyKind, Exhibit
from ..people import PersonRef
from ..places import SUITS_WORDS, Place, PlaceKind, Suits

# A device's clock may run ahead of the server's by this much before a claimed time counts as the future.
CLOCK_TOLERANCE = timedelta(seconds=30)

# What two people handle together, and how a refusal names it (force policy, not law).
BY_TWO = {"CASH": "cash", "DRUG": "drugs", "DTH-DRUG": "drugs", "FA": "a firearm or ammunition"}
COUNTED = frozenset({"CASH", "DRUG", "DTH-DRUG"})

_NEEDS = {
    "FA": Suits.FIREARMS,
    "CASH": Suits.SAFE,
    "FIRE": Suits.FLAMMABLES,
    "BIO": Suits.COLD,
    "BIO-V": Suits.COLD,
    "SEX": Suits.COLD,
    "TOX-D": Suits.COLD,
    "PM": Suits.COLD,
    "RTA": Suits.COLD,
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one scan of one item asks for: the act's particulars, resolved to people and places.

    `at` is the corrected time. `store_staff` says that the actor may act for the store that has the item,
    `in_sealed_box` that it goes with the box in which it is under seal, `own_submissions_only` that the force sends
    nothing under numbers of other systems.
    """

    actor: PersonRef
    at: datetime
    now: datetime
    place: Place | None = None
    seal: str | None = None
    reason: str | None = None
    receiver: PersonRef | None = None
    witness: PersonRef | None = None
    purpose: str | None = None
    due_back: datetime | None = None
    submission: str | None = None
    authority: str | None = None
    store_staff: bool = True
    on_behalf_of: PersonRef | None = None
    joint: PersonRef | None = None
    bound_for: Place | None = None
    box: BoxRef | None = None
    new_seal: str | None = None
    number: str | None = None
    counted: str | None = None
    made_safe_by: str | None = None
    present: str | None = None
    opened: bool = False
    text: str | None = None
    identity: str | None = None
    method: str | None = None
    hold: str | None = None
    until: datetime | None = None
    in_sealed_box: bool = False
    own_submissions_only: bool = False


def needs_place(category: str) -> Suits | None:
    """What the category needs of a place, beyond ordinary dry storage (force policy, not law)."""
    return _NEEDS.get(category)


def check_act(exhibit: Exhibit, asked: Asked, *, after_the_end: bool = False) -> None:
    """What is asked of every act: a time that can be, an item that is still here, a witness who is somebody else."""
    check_time(exhibit, asked)
    if exhibit.disposed and not after_the_end:
        raise Disposed(exhibit.ref, exhibit.custody.name)
    if asked.witness is not None and asked.witness.id == asked.actor.id:
        raise WitnessIsActor(exhibit.ref)


def check_time(exhibit: Exhibit, asked: Asked) -> None:
    """The corrected time lies between the seizure and now."""
    if asked.at > asked.now + CLOCK_TOLERANCE:
        raise OccurredInTheFuture(exhibit.ref, asked.at)
    if asked.at < exhibit.seized_at:
        raise OccurredBeforeSeizure(exhibit.ref, asked.at, exhibit.seized_at)


def given(exhibit: Exhibit, value: T | None, field: str, what: str) -> T:
    """The particular, which the kind of event must carry. Raises ParticularNeeded."""
    if not value:
        raise ParticularNeeded(exhibit.ref, field, what)
    return value


def store_place(exhibit: Exhibit, asked: Asked) -> Place:
    """The place in a store that the item goes to. Raises PlaceNeeded, NotAStorePlace, PlaceClosed."""
    if asked.place is None:
        raise PlaceNeeded(exhibit.ref)
    if not asked.place.inside:
        raise NotAStorePlace(exhibit.ref, asked.place.name)
    if asked.place.closed_at is not None and asked.at >= asked.place.closed_at:
        raise PlaceClosed(exhibit.ref, asked.place.name)
    return asked.place


def outside_place(exhibit: Exhibit, asked: Asked, kind: PlaceKind, needed: str) -> Place:
    """The place of this kind that the item goes to. Raises PlaceNeeded, WrongOutsidePlace."""
    if asked.place is None:
        raise PlaceNeeded(exhibit.ref)
    if asked.place.kind is not kind:
        raise WrongOutsidePlace(exhibit.ref, asked.place.name, needed)
    return asked.place


def check_seal(exhibit: Exhibit, asked: Asked) -> None:
    """The seal that was read, if any, is the one on record."""
    if asked.seal and asked.seal != exhibit.seal.number:
        raise SealDoesNotMatch(exhibit.ref, asked.seal, exhibit.seal.number)


def check_suits(exhibit: Exhibit, place: Place, asked: Asked) -> None:
    """The place suits the item, or a reason says why it goes there all the same."""
    needed = needs_place(exhibit.category)
    if needed and needed not in place.suits and not asked.reason:
        raise UnsuitablePlace(exhibit.ref, place.name, SUITS_WORDS[needed])


def check_two(exhibit: Exhibit, asked: Asked) -> None:
    """Cash, drugs and firearms are handled before a witness."""
    why = BY_TWO.get(exhibit.category)
    if why and asked.witness is None and not asked.in_sealed_box:
        raise WitnessNeeded(exhibit.ref, why)


def check_counted(exhibit: Exhibit, asked: Asked) -> None:
    """What a first receipt of cash, drugs or a firearm must say."""
    check_two(exhibit, asked)
    if asked.in_sealed_box:
        return
    if exhibit.category in COUNTED and not asked.counted:
        raise CountNeeded(exhibit.ref, BY_TWO[exhibit.category])
    if exhibit.category == "FA" and not asked.made_safe_by:
        raise MadeSafeNeeded(exhibit.ref)


def check_holder(exhibit: Exhibit, asked: Asked) -> None:
    """The actor holds the item, alone or with another, or is of the store that does."""
    holder = asked.on_behalf_of or asked.actor
    custody = exhibit.custody
    if custody.kind is CustodyKind.STORE and asked.store_staff:
        return
    holders = {custody.id} | ({exhibit.joint.id} if exhibit.joint else set())
    if custody.kind is not CustodyKind.PERSON or holder.id not in holders:
        raise NotTheHolder(exhibit.ref, exhibit.where)


def way_in(exhibit: Exhibit) -> str:
    """The command that takes the item into a store from where it is now."""
    if exhibit.custody.kind is CustodyKind.CARRIER:
        return "LAB RETURN" if exhibit.submitted_at and exhibit.collected_by is None else "RECEIVE"
    if exhibit.custody.kind is CustodyKind.EXTERNAL:
        court = exhibit.place is not None and exhibit.place.kind is PlaceKind.COURT
        return "FROM COURT" if court else "LAB RETURN"
    if exhibit.custody.kind is CustodyKind.UNKNOWN:
        return "FOUND"
    return "BOOK IN" if exhibit.first_booked_in_at is None else "SIGN IN"


def place_name(exhibit: Exhibit) -> str:
    """The name of where it lies."""
    return exhibit.place.name if exhibit.place else exhibit.custody.name
