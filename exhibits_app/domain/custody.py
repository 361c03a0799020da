"""The custody rules: each function checks one act against the exhibit's state and says what happened.

Nothing here writes. A function raises the refusal, or returns the body of the event to record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .errors import (
    AlreadyInStore,
    AlreadyThere,
    DecidedOtherwise,
    Disposed,
    DueBackNeeded,
    NotALaboratory,
    NotAStorePlace,
    NotInAStore,
    OccurredBeforeSeizure,
    OccurredInTheFuture,
    PlaceNeeded,
    PurposeNeeded,
    ReceiverIsActor,
    ReceiverNeeded,
    ScanSignInInstead,
    SealDoesNotMatch,
    SubmissionNeedsAuthority,
    SubmissionNeedsNumber,
    UnsuitablePlace,
    WitnessIsActor,
)
from .events import Body, BookedIn, Moved, Sighted, SignedIn, SignedOut, Submitted
from .exhibit import CustodyKind, Exhibit, Forensic
from .people import PersonRef
from .places import FORENSIC, SUITS_WORDS, Place, Suits

# A device's clock may run ahead of the server's by this much before a claimed time counts as the future.
CLOCK_TOLERANCE = timedelta(seconds=30)

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What one scan of one item asks for: the act's particulars, resolved to people and places."""

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


def book_in(exhibit: Exhibit, asked: Asked) -> BookedIn:
    """First receipt into a store, from whoever holds the item."""
    place = _store_place(exhibit, asked)
    if exhibit.in_store:
        raise AlreadyInStore(exhibit.ref, _place_name(exhibit))
    if exhibit.first_booked_in_at is not None:
        raise ScanSignInInstead(exhibit.ref, exhibit.custody.name)
    _check_seal(exhibit, asked)
    _check_suits(exhibit, place, asked)
    return BookedIn(place.ref, asked.seal)


def move(exhibit: Exhibit, asked: Asked) -> Moved:
    """From where it lies in a store to another place in a store."""
    place = _store_place(exhibit, asked)
    if not exhibit.in_store:
        raise NotInAStore(exhibit.ref, exhibit.where, _way_in(exhibit))
    if exhibit.place is not None and exhibit.place.id == place.id:
        raise AlreadyThere(exhibit.ref, place.name)
    _check_seal(exhibit, asked)
    _check_suits(exhibit, place, asked)
    return Moved(place.ref, asked.seal)


def sign_out(exhibit: Exhibit, asked: Asked) -> SignedOut:
    """Release to a named person who has signed in for themselves."""
    if not exhibit.in_store:
        raise NotInAStore(exhibit.ref, exhibit.where, _way_in(exhibit))
    if asked.receiver is None:
        raise ReceiverNeeded(exhibit.ref)
    if asked.receiver.id == asked.actor.id:
        raise ReceiverIsActor(exhibit.ref)
    if not asked.purpose:
        raise PurposeNeeded(exhibit.ref)
    if asked.due_back is None or asked.due_back <= asked.at:
        raise DueBackNeeded(exhibit.ref)
    _check_seal(exhibit, asked)
    return SignedOut(asked.receiver, asked.purpose, asked.due_back, asked.seal)


def sign_in(exhibit: Exhibit, asked: Asked) -> SignedIn:
    """Return into a store of an item that was in one before."""
    place = _store_place(exhibit, asked)
    if exhibit.in_store:
        raise AlreadyInStore(exhibit.ref, _place_name(exhibit))
    if exhibit.first_booked_in_at is None and exhibit.custody.kind is CustodyKind.PERSON:
        raise NotInAStore(exhibit.ref, exhibit.where, "BOOK IN")
    _check_seal(exhibit, asked)
    _check_suits(exhibit, place, asked)
    return SignedIn(place.ref, asked.seal)


def submit(exhibit: Exhibit, asked: Asked) -> Submitted:
    """Scan out to a carrier or a laboratory; this, and no form, stops the submission clock."""
    if asked.place is None:
        raise PlaceNeeded(exhibit.ref)
    if asked.place.kind not in FORENSIC:
        raise NotALaboratory(exhibit.ref, asked.place.name)
    if exhibit.custody.kind not in {CustodyKind.STORE, CustodyKind.PERSON}:
        raise NotInAStore(exhibit.ref, exhibit.where, _way_in(exhibit))
    if not asked.submission:
        raise SubmissionNeedsNumber(exhibit.ref)
    if not asked.authority:
        raise SubmissionNeedsAuthority(exhibit.ref)
    if exhibit.decision and exhibit.forensic in {Forensic.NOT_REQUIRED, Forensic.DEFERRED, Forensic.UNSUITABLE}:
        raise DecidedOtherwise(exhibit.ref, exhibit.forensic.value, exhibit.decision.by.name)
    _check_seal(exhibit, asked)
    return Submitted(asked.place.ref, asked.submission, asked.authority, asked.seal)


def sight(exhibit: Exhibit, asked: Asked) -> Sighted:
    """The item was scanned where it lay; a wrong place or seal is recorded as a discrepancy, not refused."""
    _check_not_disposed(exhibit)
    return Sighted(asked.place.ref if asked.place else None, asked.seal)


RULES = {
    "BOOK_IN": book_in,
    "MOVE": move,
    "SIGN_OUT": sign_out,
    "SIGN_IN": sign_in,
    "SUBMIT": submit,
    "SIGHTING": sight,
}


def decide(kind: str, exhibit: Exhibit, asked: Asked) -> Body:
    """What happens when this act is done to this exhibit. Raises CustodyRefusal. `kind` is a key of RULES."""
    check_time(exhibit, asked)
    _check_not_disposed(exhibit)
    if asked.witness is not None and asked.witness.id == asked.actor.id:
        raise WitnessIsActor(exhibit.ref)
    return RULES[kind](exhibit, asked)


def check_time(exhibit: Exhibit, asked: Asked) -> None:
    """The corrected time lies between the seizure and now."""
    if asked.at > asked.now + CLOCK_TOLERANCE:
        raise OccurredInTheFuture(exhibit.ref, asked.at)
    if asked.at < exhibit.seized_at:
        raise OccurredBeforeSeizure(exhibit.ref, asked.at, exhibit.seized_at)


def as_observed(kind: str, asked: Asked) -> Body | None:
    """The body of a late scan that the present state would refuse, or None when it lacks what its kind needs.

    What was done cannot be undone by refusing to hear of it: it is recorded, and the fold raises the discrepancy.
    """
    place = asked.place.ref if asked.place else None
    if kind == "SIGN_OUT" and asked.receiver and asked.purpose and asked.due_back:
        return SignedOut(asked.receiver, asked.purpose, asked.due_back, asked.seal)
    if place is None:
        return Sighted(None, asked.seal) if kind == "SIGHTING" else None
    inside = asked.place is not None and asked.place.inside
    if kind == "SUBMIT" and place.kind in FORENSIC and asked.submission and asked.authority:
        return Submitted(place, asked.submission, asked.authority, asked.seal)
    if kind in {"BOOK_IN", "SIGN_IN", "MOVE"} and inside:
        body = {"BOOK_IN": BookedIn, "SIGN_IN": SignedIn, "MOVE": Moved}[kind]
        return body(place, asked.seal)
    return None


def needs_place(category: str) -> Suits | None:
    """What the category needs of a place, beyond ordinary dry storage (force policy, not law)."""
    return _NEEDS.get(category)


def _store_place(exhibit: Exhibit, asked: Asked) -> Place:
    if asked.place is None:
        raise PlaceNeeded(exhibit.ref)
    if not asked.place.inside:
        raise NotAStorePlace(exhibit.ref, asked.place.name)
    return asked.place


def _check_not_disposed(exhibit: Exhibit) -> None:
    if exhibit.custody.kind in {CustodyKind.DESTROYED, CustodyKind.OWNER}:
        raise Disposed(exhibit.ref, exhibit.custody.name)


def _check_seal(exhibit: Exhibit, asked: Asked) -> None:
    if asked.seal and asked.seal != exhibit.seal.number:
        raise SealDoesNotMatch(exhibit.ref, asked.seal, exhibit.seal.number)


def _check_suits(exhibit: Exhibit, place: Place, asked: Asked) -> None:
    needed = needs_place(exhibit.category)
    if needed and needed not in place.suits and not asked.reason:
        raise UnsuitablePlace(exhibit.ref, place.name, SUITS_WORDS[needed])


def _way_in(exhibit: Exhibit) -> str:
    return "BOOK IN" if exhibit.first_booked_in_at is None else "SIGN IN"


def _place_name(exhibit: Exhibit) -> str:
    return exhibit.place.name if exhibit.place else exhibit.custody.name
