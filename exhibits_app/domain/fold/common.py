"""What the folds of all kinds of event share: custody, what a scan of the item itself shows, discrepancies."""

from datetime import timedelta
from typing import Any

from ..events import Basis, Event
from ..exhibit import Custody, CustodyKind, Discrepancy, Exhibit, PresenceKind, Seal, SealKind
from ..people import PersonRef
from ..places import PlaceKind, PlaceRef

# What an event changes, by the names of the exhibit's fields.
Changes = dict[str, Any]

# Nobody carries an item from one store to another in less (our own figure, not law).
TRAVEL = timedelta(minutes=5)

OUTSIDE_KINDS = {CustodyKind.CARRIER, CustodyKind.EXTERNAL}


def store_of(place: PlaceRef) -> Custody:
    """The store that answers for what lies at the place."""
    return Custody(CustodyKind.STORE, place.store or place.id, place.name)


def person_as(person: PersonRef) -> Custody:
    """The person as custodian."""
    return Custody(CustodyKind.PERSON, person.id, person.name)


def outside(place: PlaceRef) -> Custody:
    """The carrier or organisation as custodian."""
    kind = CustodyKind.CARRIER if place.kind is PlaceKind.CARRIER else CustodyKind.EXTERNAL
    return Custody(kind, place.id, place.name)


def seen(
    exhibit: Exhibit,
    event: Event,
    seal: str | None,
    found: tuple[Discrepancy, ...] = (),
    place: PlaceRef | None = None,
) -> Changes:
    """What every scan changes: of the item itself, that it was seen; of its box, that it is inferred to be there."""
    found = (*after_disposal(exhibit, event), *found)
    if event.envelope.basis is Basis.CONTAINER_SCAN:
        return discrepant(exhibit, Changes(presence=PresenceKind.INFERRED), found)
    at = event.envelope.corrected
    changes = Changes(presence=PresenceKind.CONFIRMED, last_sighted_at=at)
    if place is not None:
        found = (*found, *_two_places(exhibit, event, place))
        changes["seen_at"] = place
    if seal and seal != exhibit.seal.number:
        found = (*found, discrepancy("wrong seal", event, seal, exhibit.seal.number or "unsealed"))
        changes["seal"] = Seal(SealKind.SUSPECT, exhibit.seal.number)
    return discrepant(exhibit, changes, found)


def handed(exhibit: Exhibit, event: Event, custody: Custody, place: PlaceRef | None) -> Changes:
    """What every change of custody or place changes besides: offers lapse, and an item scanned itself left its box."""
    same = (custody.kind, custody.id) == (exhibit.custody.kind, exhibit.custody.id)
    boxed = event.envelope.basis is Basis.CONTAINER_SCAN and exhibit.box is not None
    return Changes(
        custody=custody,
        place=place,
        due_back=None,
        offer=None,
        joint=None,
        collected_by=None,
        held_since=exhibit.held_since if same else event.envelope.corrected,
        box=exhibit.box if boxed else None,
    )


def discrepant(exhibit: Exhibit, changes: Changes, found: tuple[Discrepancy, ...]) -> Changes:
    """The changes, with these discrepancies open besides those that are."""
    if found:
        changes["discrepancies"] = changes.get("discrepancies", exhibit.discrepancies) + found
    return changes


def impossible(exhibit: Exhibit, event: Event, when: bool = True) -> tuple[Discrepancy, ...]:
    """The discrepancy of an event that the state before does not allow."""
    if not when:
        return ()
    return (discrepancy("impossible move", event, event.kind.replace("_", " "), exhibit.where),)


def after_disposal(exhibit: Exhibit, event: Event) -> tuple[Discrepancy, ...]:
    """The discrepancy of anything seen of an item that has left for good."""
    if not exhibit.disposed:
        return ()
    return (discrepancy("scanned after disposal", event, event.kind.replace("_", " "), exhibit.custody.name),)


def discrepancy(kind: str, event: Event, what: str, recorded: str) -> Discrepancy:
    """A discrepancy that this event shows."""
    return Discrepancy(kind, event.envelope.id, event.envelope.corrected, what, recorded)


def _two_places(exhibit: Exhibit, event: Event, place: PlaceRef) -> tuple[Discrepancy, ...]:
    before, at = exhibit.seen_at, exhibit.last_sighted_at
    if before is None or at is None or (before.store or before.id) == (place.store or place.id):
        return ()
    if event.envelope.corrected - at >= TRAVEL:
        return ()
    return (discrepancy("two places at once", event, place.name, before.name),)
