"""A late scan that the present state would refuse: it was done all the same, and is recorded as observed."""

from collections.abc import Callable
from typing import TypeVar

from ..errors import Refusal, WitnessIsActor
from ..events import (
    Accepted,
    Auctioned,
    BackFromCourt,
    Body,
    BookedIn,
    Collected,
    Destroyed,
    Found,
    LabReceived,
    Moved,
    Offered,
    PutIn,
    Received,
    Rejected,
    Reseized,
    Restored,
    Retained,
    SealApplied,
    SealOpened,
    SentToCourt,
    Sighted,
    SignedIn,
    SignedOut,
    Submitted,
    TakenOut,
    Unaccounted,
    Viewed,
)
from ..exhibit import Exhibit
from ..places import FORENSIC, PlaceKind, PlaceRef
from ..submissions import called, number_of
from .asked import Asked, check_counted, check_suits, check_two, store_place
from .ending import check_forensics
from .outside import check_authorised, returned

B = TypeVar("B", bound=Body)
# Who authorised what left without a number that is authorised for it; a discrepancy says so as well.
NOBODY_SAID = "nobody, as far as is on record"


def as_observed(kind: str, exhibit: Exhibit, asked: Asked) -> Body | None:
    """The body of a late scan, or None when it lacks what its kind needs, or its kind is not a thing of the hands.

    What was done cannot be undone by refusing to hear of it: it is recorded, and the fold raises the discrepancy.
    """
    observe = _OBSERVE.get(kind)
    return observe(exhibit, asked) if observe else None


def in_doubt(kind: str, exhibit: Exhibit, asked: Asked) -> Refusal | None:
    """What the rules say against a late scan, whatever the item's state was: too few people, an unfit place.

    The state is not asked: another late scan may change it yet, and the fold says what is odd about the order.
    """
    try:
        if asked.witness is not None and asked.witness.id == asked.actor.id:
            raise WitnessIsActor(exhibit.ref)
        for check in _CHECKS.get(kind, ()):
            check(exhibit, asked)
        if kind in _TO_A_STORE:
            check_suits(exhibit, store_place(exhibit, asked), asked)
    except Refusal as refusal:
        return refusal
    return None


def _two_when_opened(exhibit: Exhibit, asked: Asked) -> None:
    if asked.opened:
        check_two(exhibit, asked)


def _nothing_owed(exhibit: Exhibit, _asked: Asked) -> None:
    check_forensics(exhibit)


_CHECKS: dict[str, tuple[Callable[[Exhibit, Asked], None], ...]] = {
    "BOOK_IN": (check_counted,),
    "SEAL": (check_two,),
    "OPEN": (check_two,),
    "VIEW": (_two_when_opened,),
    "SUBMIT": (check_authorised,),
    **dict.fromkeys(("RESTORE", "DESTROY", "AUCTION", "RETAIN"), (_nothing_owed,)),
}
_TO_A_STORE = frozenset({"BOOK_IN", "MOVE", "SIGN_IN", "RECEIVE", "LAB_RETURN", "FROM_COURT", "FOUND"})


def _inside(asked: Asked) -> PlaceRef | None:
    return asked.place.ref if asked.place is not None and asked.place.inside else None


def _kind(asked: Asked, *kinds: PlaceKind) -> PlaceRef | None:
    return asked.place.ref if asked.place is not None and asked.place.kind in kinds else None


def _into(build: Callable[[PlaceRef, str | None], Body]) -> Callable[[Exhibit, Asked], Body | None]:
    def observe(_exhibit: Exhibit, asked: Asked) -> Body | None:
        place = _inside(asked)
        return build(place, asked.seal) if place else None

    return observe


def _book_in(_exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _inside(asked)
    return BookedIn(place, asked.seal, asked.counted, asked.made_safe_by) if place else None


def _lab_return(exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _inside(asked)
    return returned(exhibit, asked, place) if place else None


def _sign_out(_exhibit: Exhibit, asked: Asked) -> Body | None:
    if not (asked.receiver and asked.purpose and asked.due_back):
        return None
    return SignedOut(asked.receiver, asked.purpose, asked.due_back, asked.seal, asked.joint)


def _submit(exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _kind(asked, *FORENSIC)
    if not (place and asked.submission):
        return None
    number, cleared = number_of(asked.submission), exhibit.cleared
    given = asked.submission if number is None else called(number)
    on_record = cleared.by.name if cleared and cleared.submission == given else None
    authority = on_record or asked.authority or NOBODY_SAID
    return Submitted(place, given, authority, asked.seal)


def _collect(_exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _kind(asked, PlaceKind.CARRIER)
    return Collected(place, asked.seal, asked.bound_for.ref if asked.bound_for else None) if place else None


def _to_court(_exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _kind(asked, PlaceKind.COURT)
    return SentToCourt(place, asked.number, asked.seal) if place else None


def _sighting(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Sighted(asked.place.ref if asked.place else None, asked.seal)


def _seal(_exhibit: Exhibit, asked: Asked) -> Body | None:
    number = asked.new_seal or asked.seal
    return SealApplied(number) if number else None


def _open(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return SealOpened(asked.seal)


def _accept(exhibit: Exhibit, asked: Asked) -> Body | None:
    """Taken from whoever had it: without a live offer it is the offer of nobody."""
    return Accepted(exhibit.offer.event if exhibit.offer else "none", asked.seal)


def _put_in(exhibit: Exhibit, asked: Asked) -> Body | None:
    return PutIn(asked.box, asked.place.ref if asked.place else exhibit.place, asked.seal) if asked.box else None


def _take_out(exhibit: Exhibit, asked: Asked) -> Body | None:
    box = asked.box or exhibit.box
    return TakenOut(box, asked.place.ref if asked.place else exhibit.place, asked.seal) if box else None


def _offer(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Offered(asked.receiver, asked.seal) if asked.receiver else None


def _reject(exhibit: Exhibit, asked: Asked) -> Body | None:
    """An offer that is over is ended once more, which changes nothing."""
    return Rejected(exhibit.offer.event if exhibit.offer else "none") if asked.reason else None


def _view(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Viewed(asked.present, asked.opened, asked.seal) if asked.present else None


def _lab_receipt(_exhibit: Exhibit, asked: Asked) -> Body | None:
    place = _kind(asked, PlaceKind.LAB)
    return LabReceived(place, asked.number, asked.seal) if place and asked.number else None


def _unaccounted(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Unaccounted(asked.text) if asked.text else None


def _restore(_exhibit: Exhibit, asked: Asked) -> Body | None:
    if not (asked.text and asked.identity and asked.number):
        return None
    return Restored(asked.text, asked.identity, asked.number)


def _destroy(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Destroyed(asked.number) if asked.number else None


def _auction(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Auctioned(asked.text, asked.number) if asked.text and asked.number else None


def _retain(_exhibit: Exhibit, asked: Asked) -> Body | None:
    return Retained(asked.text, asked.purpose) if asked.text and asked.purpose else None


def _re_seize(_exhibit: Exhibit, asked: Asked) -> Body | None:
    if not asked.authority:
        return None
    return Reseized(asked.on_behalf_of or asked.actor, asked.authority, asked.text, asked.new_seal or asked.seal)


# What is not here is said and not done: a hold, a review, an authority, a confirmation. That can be said again.
_OBSERVE: dict[str, Callable[[Exhibit, Asked], Body | None]] = {
    "BOOK_IN": _book_in,
    "MOVE": _into(Moved),
    "SIGN_IN": _into(SignedIn),
    "RECEIVE": _into(Received),
    "FROM_COURT": _into(BackFromCourt),
    "FOUND": _into(Found),
    "LAB_RETURN": _lab_return,
    "SIGN_OUT": _sign_out,
    "SUBMIT": _submit,
    "COLLECT": _collect,
    "TO_COURT": _to_court,
    "SIGHTING": _sighting,
    "SEAL": _seal,
    "OPEN": _open,
    "ACCEPT": _accept,
    "PUT_IN": _put_in,
    "TAKE_OUT": _take_out,
    "OFFER": _offer,
    "REJECT": _reject,
    "VIEW": _view,
    "LAB_RECEIPT": _lab_receipt,
    "UNACCOUNTED": _unaccounted,
    "RESTORE": _restore,
    "DESTROY": _destroy,
    "AUCTION": _auction,
    "RETAIN": _retain,
    "RE_SEIZE": _re_seize,
}
