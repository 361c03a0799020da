"""The fold of custody inside the force: stores, holders, carriers, boxes, seals."""

import re
from dataclasses import replace

from ..events import (
    Accepted,
    Basis,
    Body,
    BookedIn,
    BoxOpened,
    BoxSealed,
    Collected,
    DiscrepancyRaised,
    Event,
    Moved,
    Offered,
    PutIn,
    Received,
    Rejected,
    SealApplied,
    SealOpened,
    Sighted,
    SignedIn,
    SignedOut,
    TakenOut,
    Viewed,
)
from ..exhibit import Discrepancy, Exhibit, Offer, Seal, SealKind
from .common import Changes, discrepancy, discrepant, handed, impossible, outside, person_as, seen, store_of

_PLAIN_COUNT = re.compile(r"(\d{1,12}) ([^\W\d]+)")


def into_store(exhibit: Exhibit, event: Event, body: BookedIn | SignedIn | Received) -> Changes:
    """A store took it in."""
    odd = (*impossible(exhibit, event, exhibit.in_store), *_miscounted(exhibit, event, body))
    return Changes(
        **seen(exhibit, event, body.seal, odd, body.place),
        **handed(exhibit, event, store_of(body.place), body.place),
        first_booked_in_at=exhibit.first_booked_in_at or event.envelope.corrected,
    )


def _miscounted(exhibit: Exhibit, event: Event, body: BookedIn | SignedIn | Received) -> tuple[Discrepancy, ...]:
    """What two people counted is not what was seized. Only a plain number of the item's own unit can be compared."""
    counted = body.counted if isinstance(body, BookedIn) else None
    plain = _PLAIN_COUNT.fullmatch(counted or "")
    if plain is None or plain[2].casefold() != exhibit.unit.casefold() or int(plain[1]) == exhibit.quantity:
        return ()
    return (discrepancy("quantity", event, counted or "", f"{exhibit.quantity} {exhibit.unit}"),)


def moved(exhibit: Exhibit, event: Event, body: Moved) -> Changes:
    """It lies elsewhere in a store."""
    odd = impossible(exhibit, event, not exhibit.in_store)
    return Changes(
        **seen(exhibit, event, body.seal, odd, body.place),
        **handed(exhibit, event, store_of(body.place), body.place),
    )


def signed_out(exhibit: Exhibit, event: Event, body: SignedOut) -> Changes:
    """A person took it from a store."""
    odd = impossible(exhibit, event, not exhibit.in_store)
    changes = Changes(
        **seen(exhibit, event, body.seal, odd),
        **handed(exhibit, event, person_as(body.receiver), None),
    )
    return changes | Changes(due_back=body.due_back, joint=body.joint)


def collected(exhibit: Exhibit, event: Event, body: Collected) -> Changes:
    """A carrier took it from a store."""
    odd = impossible(exhibit, event, not exhibit.in_store)
    changes = Changes(
        **seen(exhibit, event, body.seal, odd),
        **handed(exhibit, event, outside(body.place), body.place),
    )
    return changes | Changes(collected_by=event.envelope.actor)


def offered(_exhibit: Exhibit, event: Event, body: Offered) -> Changes:
    """An offer changes no custody."""
    envelope = event.envelope
    return Changes(offer=Offer(envelope.id, envelope.on_behalf_of or envelope.actor, body.receiver, envelope.corrected))


def accepted(exhibit: Exhibit, event: Event, body: Accepted) -> Changes:
    """The custody changes here and not before."""
    known = exhibit.offer is not None and exhibit.offer.event == body.offer
    changes = Changes(
        **seen(exhibit, event, body.seal, impossible(exhibit, event, not known)),
        **handed(exhibit, event, person_as(event.envelope.actor), None),
    )
    return changes | Changes(due_back=exhibit.due_back)  # Whoever has it now owes its return to the store.


def rejected(exhibit: Exhibit, _event: Event, body: Rejected) -> Changes:
    """The offer lapses."""
    if exhibit.offer is None or exhibit.offer.event != body.offer:
        return Changes()
    return Changes(offer=None)


def put_in(exhibit: Exhibit, event: Event, body: PutIn) -> Changes:
    """It lies in a box from now on."""
    changes = seen(exhibit, event, body.seal, (), body.place)
    return changes | Changes(box=replace(body.box, manifest=None, items=None), place=body.place or exhibit.place)


def taken_out(exhibit: Exhibit, event: Event, body: TakenOut) -> Changes:
    """It lies in no box from now on."""
    odd = () if exhibit.box else (discrepancy("wrong box", event, body.box.name, "in no box"),)
    if exhibit.box and exhibit.box.id != body.box.id:
        odd = (discrepancy("wrong box", event, body.box.name, exhibit.box.name),)
    changes = seen(exhibit, event, body.seal, odd, body.place)
    return changes | Changes(box=None, place=body.place or exhibit.place)


def with_its_box(exhibit: Exhibit, event: Event, _body: BoxSealed | BoxOpened) -> Changes:
    """Its box was closed or opened: it is inferred to be there, under its own seal as before."""
    return seen(exhibit, event, None)


def wrongly_inferred(exhibit: Exhibit, event: Event) -> bool:
    """Whether the event was inferred from a box in which, as is known by now, the item did not lie any more."""
    inferred = event.envelope.basis is Basis.CONTAINER_SCAN and not isinstance(event.body, DiscrepancyRaised)
    return inferred and exhibit.box is None


def was_not_in_box(exhibit: Exhibit, event: Event, _body: Body) -> Changes:
    """The item stays where it was scanned after it left the box; that somebody took it for moved is a discrepancy."""
    box = event.envelope.box
    return discrepant(exhibit, Changes(), (discrepancy("wrong box", event, box.name if box else "", exhibit.where),))


def sighted(exhibit: Exhibit, event: Event, body: Sighted) -> Changes:
    """It was seen; elsewhere than recorded, it has left its box, and the record and the eye disagree."""
    if body.place is None or exhibit.disposed or (exhibit.place is not None and body.place.id == exhibit.place.id):
        return seen(exhibit, event, body.seal, (), body.place)
    odd = (discrepancy("wrong place", event, body.place.name, exhibit.where),)
    changes = seen(exhibit, event, body.seal, odd, body.place)
    # That the box was seen elsewhere says nothing of the item's having left it.
    return changes if event.envelope.basis is Basis.CONTAINER_SCAN else changes | Changes(box=None)


def seal_applied(exhibit: Exhibit, event: Event, body: SealApplied) -> Changes:
    """Sealed under this number. A seal that was in doubt stays a discrepancy until somebody settles it."""
    changes = seen(exhibit, event, None)
    return changes | Changes(seal=Seal(SealKind.SEALED, body.number), opened_at=None)


def seal_opened(exhibit: Exhibit, event: Event, body: SealOpened) -> Changes:
    """The packaging is open; the number that was broken stays on record."""
    changes = seen(exhibit, event, body.seal)
    number = body.seal or exhibit.seal.number
    return changes | Changes(seal=Seal(SealKind.OPENED, number), opened_at=event.envelope.corrected)


def viewed(exhibit: Exhibit, event: Event, body: Viewed) -> Changes:
    """Seen by those who were present; open from now on if it was opened for them."""
    changes = seen(exhibit, event, body.seal)
    if body.opened and exhibit.seal.kind is not SealKind.OPENED:
        changes |= Changes(seal=Seal(SealKind.OPENED, exhibit.seal.number), opened_at=event.envelope.corrected)
    return changes
