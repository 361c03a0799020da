"""The rules of what is done to a box itself; what that means for each item in it, the items' own rules say."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..boxes import Box
from ..errors import (
    AlreadyInStore,
    AlreadyThere,
    AnotherWayIn,
    BoxElsewhere,
    BoxShut,
    InnerBoxNotSeen,
    NotAStorePlace,
    NotForABox,
    NothingToOpen,
    NotInABox,
    NotInAStore,
    NotTheHolder,
    OccurredInTheFuture,
    ParticularNeeded,
    PlaceNeeded,
    ReceiverNeeded,
    SealDoesNotMatch,
    SealNumberNeeded,
    StillSealed,
    WitnessIsActor,
    WrongOutsidePlace,
)
from ..exhibit import Custody, CustodyKind, Seal, SealKind
from ..fold.common import Changes, outside, person_as, store_of
from ..places import FORENSIC, Place, PlaceKind
from .asked import CLOCK_TOLERANCE, Asked

INTO_STORE = frozenset({"BOOK_IN", "MOVE", "SIGN_IN", "RECEIVE", "FROM_COURT"})
OUT = {
    "COLLECT": (frozenset({PlaceKind.CARRIER}), "a carrier"),
    "SUBMIT": (FORENSIC, "a laboratory or a carrier"),
    "TO_COURT": (frozenset({PlaceKind.COURT}), "a court"),
}
HANDED = frozenset({"OFFER", "ACCEPT", "REJECT"})
KINDS = INTO_STORE | frozenset(OUT) | HANDED | {"SIGN_OUT", "SIGHTING", "SEAL", "OPEN", "PUT_IN", "TAKE_OUT"}

_FROM = {
    "BOOK_IN": CustodyKind.PERSON,
    "SIGN_IN": CustodyKind.PERSON,
    "RECEIVE": CustodyKind.CARRIER,
    "FROM_COURT": CustodyKind.EXTERNAL,
    "MOVE": CustodyKind.STORE,
    "SIGN_OUT": CustodyKind.STORE,
    "COLLECT": CustodyKind.STORE,
}
_WAY_IN = {CustodyKind.CARRIER: "RECEIVE", CustodyKind.EXTERNAL: "FROM COURT"}


def check_box(kind: str, box: Box, asked: Asked, into: Box | None = None) -> None:
    """Raise CustodyRefusal unless this can be done to the box. `into` is the box that it is put into."""
    if asked.at > asked.now + CLOCK_TOLERANCE:
        raise OccurredInTheFuture(box.name, asked.at)
    if kind not in KINDS:
        raise NotForABox(box.name, kind.replace("_", " "))
    if asked.witness is not None and asked.witness.id == asked.actor.id:
        raise WitnessIsActor(box.name)
    if asked.seal and kind not in {"SEAL", "SIGHTING"} and asked.seal != box.seal.number:
        raise SealDoesNotMatch(box.name, asked.seal, box.seal.number)
    _check_from(kind, box)
    if kind in INTO_STORE:
        _check_inside(kind, box, asked.place)
    if kind in OUT and (asked.place is None or asked.place.kind not in OUT[kind][0]):
        raise WrongOutsidePlace(box.name, asked.place.name, OUT[kind][1]) if asked.place else PlaceNeeded(box.name)
    if kind == "SIGN_OUT" and asked.receiver is None:
        raise ReceiverNeeded(box.name)
    if kind in _CHECKS:
        _CHECKS[kind](box, asked)
    if kind == "PUT_IN":
        _check_into(box, into)
    if kind == "SIGHTING" and into is not None and into.closed:
        raise BoxShut(box.name, into.name, into.shut)


def box_after(kind: str, box: Box, asked: Asked, into: Box | None = None) -> Box:
    """The box once this was done to it. Total: what lacks a particular leaves it where it is.

    A scan of an earlier time than the box's latest changes nothing of the box: it has gone elsewhere since.
    """
    if asked.at < box.last_at:
        return box
    changes = _CHANGES.get(kind, _moved)(box, asked)
    if into is not None and _stands_in(kind, box, into):
        changes |= {"parent": into.ref, "place": into.place}
    return replace(box, **{**changes, "last_at": asked.at, "seen_at": asked.at})


def carried(inner: Box, outer: Box) -> Box:
    """A box after the box in which it lies went to where that is now."""
    return replace(inner, custody=outer.custody, place=outer.place, last_at=max(inner.last_at, outer.last_at))


def check_joins(ref: str, custody: Custody, where: str, box: Box) -> None:
    """Raise BoxShut or BoxElsewhere unless what this custodian has can go into the box, or come out of it."""
    if box.closed:
        raise BoxShut(ref, box.name, box.shut)
    if (custody.kind, custody.id) != (box.custody.kind, box.custody.id):
        raise BoxElsewhere(ref, where, box.name, box.where)


def check_inner_seen(box: Box, inner: Iterable[Box]) -> None:
    """Raise InnerBoxNotSeen for a box that stands in this one and was not scanned since its check began."""
    since = box.counting_since
    for one in sorted(inner, key=lambda other: other.id):
        in_it = one.parent is not None and one.parent.id == box.id
        if since and in_it and (one.seen_at is None or one.seen_at < since):
            raise InnerBoxNotSeen(box.name, one.name)


def check_box_holder(box: Box, asked: Asked) -> None:
    """Raise NotTheHolder unless the actor has the box, or is of the store that has it."""
    if box.in_store and asked.store_staff:
        return
    if box.custody.kind is not CustodyKind.PERSON or box.custody.id != asked.actor.id:
        raise NotTheHolder(box.name, box.where)


def _stands_in(kind: str, box: Box, into: Box) -> bool:
    """Whether the box is in the other from now on: put in, or seen in it by whoever has both."""
    same = (box.custody.kind, box.custody.id) == (into.custody.kind, into.custody.id)
    return kind == "PUT_IN" or (kind == "SIGHTING" and same)


def _check_from(kind: str, box: Box) -> None:
    wanted = _FROM.get(kind)
    if wanted is None or box.custody.kind is wanted:
        return
    if wanted is CustodyKind.STORE:
        raise NotInAStore(box.name, box.where, _WAY_IN.get(box.custody.kind, "SIGN IN"))
    if box.in_store:
        raise AlreadyInStore(box.name, box.place.name if box.place else box.custody.name)
    raise AnotherWayIn(box.name, box.where, _WAY_IN.get(box.custody.kind, "SIGN IN"))


def _check_inside(kind: str, box: Box, place: Place | None) -> None:
    if place is None:
        raise PlaceNeeded(box.name)
    if not place.inside:
        raise NotAStorePlace(box.name, place.name)
    if kind == "MOVE" and box.parent is None and box.place is not None and box.place.id == place.id:
        raise AlreadyThere(box.name, place.name)


def _check_seal(box: Box, asked: Asked) -> None:
    check_box_holder(box, asked)
    if not (asked.new_seal or asked.seal):
        raise SealNumberNeeded(box.name)
    if box.closed and box.seal.kind is SealKind.SEALED:
        raise StillSealed(box.name, box.seal.number)


def _check_open(box: Box, asked: Asked) -> None:
    check_box_holder(box, asked)
    if not box.closed:
        raise NothingToOpen(box.name, "open")
    if not asked.reason:
        raise ParticularNeeded(box.name, "reason", "why it is opened")


def _check_take_out(box: Box, asked: Asked) -> None:
    check_box_holder(box, asked)
    if box.parent is None:
        raise NotInABox(box.name)


def _check_into(box: Box, into: Box | None) -> None:
    if into is None:
        raise ParticularNeeded(box.name, "to", "the box that it goes into: scan its label")
    check_joins(box.name, box.custody, box.where, into)


def _moved(_box: Box, asked: Asked) -> Changes:
    """To a place, and out of the box it was in. Without a place it stays."""
    place = asked.place
    if place is None:
        return {}
    custody = store_of(place.ref) if place.inside else outside(place.ref)
    return {"custody": custody, "place": place.ref, "parent": None}


def _taken(_box: Box, asked: Asked) -> Changes:
    taker = asked.receiver
    return {"custody": person_as(taker), "place": None, "parent": None} if taker else {}


def _accepted(_box: Box, asked: Asked) -> Changes:
    return {"custody": person_as(asked.actor), "place": None, "parent": None}


def _same(_box: Box, _asked: Asked) -> Changes:
    return {}


def _seen(box: Box, asked: Asked) -> Changes:
    """Another seal on it than the record says puts it in doubt."""
    odd = asked.seal and asked.seal != box.seal.number
    return {"seal": Seal(SealKind.SUSPECT, box.seal.number)} if odd else {}


def _sealed(_box: Box, asked: Asked) -> Changes:
    number = asked.new_seal or asked.seal
    return {"seal": Seal(SealKind.SEALED, number), "closed": True, "counting_since": None} if number else {}


def _opened(box: Box, asked: Asked) -> Changes:
    number = box.seal.number
    seal = Seal(SealKind.OPENED, number) if number else Seal(SealKind.UNSEALED)
    return {"seal": seal, "closed": False, "counting_since": asked.at}


def _taken_out(_box: Box, _asked: Asked) -> Changes:
    return {"parent": None}


_CHECKS: dict[str, Callable[[Box, Asked], None]] = {
    "SEAL": _check_seal,
    "OPEN": _check_open,
    "TAKE_OUT": _check_take_out,
}
_CHANGES: dict[str, Callable[[Box, Asked], Changes]] = {
    "SIGN_OUT": _taken,
    "ACCEPT": _accepted,
    "OFFER": _same,
    "REJECT": _same,
    "SIGHTING": _seen,
    "SEAL": _sealed,
    "OPEN": _opened,
    "PUT_IN": _same,
    "TAKE_OUT": _taken_out,
}
