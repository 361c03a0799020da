"""The rules of what a holder does: handing over, sealing, opening, showing, boxing."""

from ..errors import (
    AlreadyOffered,
    NoOffer,
    NothingToOpen,
    NotOfferedToYou,
    OfferToSelf,
    ReceiverNeeded,
    SealDoesNotMatch,
    SealNumberNeeded,
    StillSealed,
)
from ..events import Accepted, Offered, PutIn, Rejected, SealApplied, SealOpened, TakenOut, Viewed
from ..exhibit import Exhibit, Offer, SealKind
from .asked import Asked, check_holder, check_seal, check_two, given


def offer(exhibit: Exhibit, asked: Asked) -> Offered:
    """The holder offers the item to a named person. Nothing changes hands yet."""
    if asked.receiver is None:
        raise ReceiverNeeded(exhibit.ref)
    check_holder(exhibit, asked)
    if asked.receiver.id == (asked.on_behalf_of or asked.actor).id:
        raise OfferToSelf(exhibit.ref)
    if exhibit.offer is not None:
        raise AlreadyOffered(exhibit.ref, exhibit.offer.receiver.name)
    check_seal(exhibit, asked)
    return Offered(asked.receiver, asked.seal)


def accept(exhibit: Exhibit, asked: Asked) -> Accepted:
    """The person to whom it was offered takes it."""
    live = _offer(exhibit)
    if live.receiver.id != asked.actor.id:
        raise NotOfferedToYou(exhibit.ref, live.receiver.name)
    check_seal(exhibit, asked)
    return Accepted(live.event, asked.seal)


def reject(exhibit: Exhibit, asked: Asked) -> Rejected:
    """The person to whom it was offered turns it down, or who offered it withdraws."""
    live = _offer(exhibit)
    if (asked.on_behalf_of or asked.actor).id not in {live.receiver.id, live.giver.id}:
        raise NotOfferedToYou(exhibit.ref, live.receiver.name)
    given(exhibit, asked.reason, "reason", "why it is not handed over")
    return Rejected(live.event)


def seal(exhibit: Exhibit, asked: Asked) -> SealApplied:
    """Sealed for the first time, or anew after an opening. That the number is new is for the caller to check."""
    check_holder(exhibit, asked)
    number = asked.new_seal or asked.seal
    if not number:
        raise SealNumberNeeded(exhibit.ref)
    if exhibit.seal.kind is SealKind.SEALED:
        raise StillSealed(exhibit.ref, exhibit.seal.number)
    check_two(exhibit, asked)
    return SealApplied(number)


def open_seal(exhibit: Exhibit, asked: Asked) -> SealOpened:
    """Opened with a reason, by its holder."""
    check_holder(exhibit, asked)
    if exhibit.seal.kind not in {SealKind.SEALED, SealKind.SUSPECT}:
        raise NothingToOpen(exhibit.ref, exhibit.seal.kind.value)
    if exhibit.seal.kind is SealKind.SEALED and asked.seal and asked.seal != exhibit.seal.number:
        raise SealDoesNotMatch(exhibit.ref, asked.seal, exhibit.seal.number)
    given(exhibit, asked.reason, "reason", "why it is opened")
    check_two(exhibit, asked)
    return SealOpened(asked.seal)


def view(exhibit: Exhibit, asked: Asked) -> Viewed:
    """Shown to people, who are named."""
    check_holder(exhibit, asked)
    present = given(exhibit, asked.present, "present", "who was present")
    check_seal(exhibit, asked)
    if asked.opened:
        check_two(exhibit, asked)
    return Viewed(present, asked.opened, asked.seal)


def put_in(exhibit: Exhibit, asked: Asked) -> PutIn:
    """Put into a box that stands in the same custody, which the caller has checked."""
    box = given(exhibit, asked.box, "box", "the box: scan its label")
    check_holder(exhibit, asked)
    check_seal(exhibit, asked)
    return PutIn(box, asked.place.ref if asked.place else exhibit.place, asked.seal)


def take_out(exhibit: Exhibit, asked: Asked) -> TakenOut:
    """Taken out of the box it is recorded in."""
    check_holder(exhibit, asked)
    box = given(exhibit, asked.box or exhibit.box, "box", "the box: scan its label")
    return TakenOut(box, asked.place.ref if asked.place else exhibit.place, asked.seal)


def _offer(exhibit: Exhibit) -> Offer:
    if exhibit.offer is None:
        raise NoOffer(exhibit.ref, exhibit.where)
    return exhibit.offer
