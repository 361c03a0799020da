"""The fold: an item's state after its events, in the order of their timeline, whatever the order of arrival."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from .events import (
    BookedIn,
    Decided,
    Event,
    Labelled,
    Moved,
    Photographed,
    Reclassified,
    Seized,
    Sighted,
    SignedIn,
    SignedOut,
    Submitted,
)
from .exhibit import (
    Custody,
    CustodyKind,
    Decision,
    Discrepancy,
    Exhibit,
    Forensic,
    PresenceKind,
    Seal,
    SealKind,
)
from .places import PlaceKind, PlaceRef

# What an event changes, by the names of the exhibit's fields.
Changes = dict[str, Any]


def fold(events: Iterable[Event]) -> Exhibit:
    """The state after these events, in the order of their timeline, whatever order they arrive in.

    Raises ValueError when there is none, or when the seizure is missing.
    """
    exhibit: Exhibit | None = None
    for event in sorted(events, key=_seizure_first):
        exhibit = apply(exhibit, event)
    if exhibit is None:
        raise ValueError("an item without events has no state")
    return exhibit


def apply(exhibit: Exhibit | None, event: Event) -> Exhibit:
    """The state after one more event. Total: an event that contradicts the state leaves a discrepancy."""
    body = event.body
    if exhibit is None:
        if not isinstance(body, Seized):
            raise ValueError(f"item {event.register_no} begins with {event.kind}, not with its seizure")
        return _seized(event, body)
    at, device, device_seq, event_id = event.timeline_key
    return replace(
        exhibit,
        last_event_at=at,
        last_device=device,
        last_device_seq=device_seq,
        last_event_id=event_id,
        **_CHANGES[type(body)](exhibit, event, body),
    )


def _seizure_first(event: Event) -> tuple[bool, tuple[datetime, int, int, str]]:
    return (not isinstance(event.body, Seized), event.timeline_key)


def _seized(event: Event, body: Seized) -> Exhibit:
    at = event.envelope.corrected
    return Exhibit(
        register_no=event.register_no,
        case=body.case,
        reference=body.reference,
        description=body.description,
        category=body.category,
        seized_at=at,
        seized_by=body.seized_by,
        producer=body.producer,
        custody=Custody(CustodyKind.PERSON, body.seized_by.id, body.seized_by.name),
        seal=Seal(SealKind.SEALED, body.seal) if body.seal else Seal(SealKind.UNSEALED),
        forensic=Forensic.UNDECIDED,
        presence=PresenceKind.UNSEEN,
        last_event_at=at,
        last_event_id=event.envelope.id,
        hazards=body.hazards,
        quantity=body.quantity,
        unit=body.unit,
    )


def _labelled(_exhibit: Exhibit, _event: Event, body: Labelled) -> Changes:
    return Changes(code=body.code)


def _photographed(exhibit: Exhibit, _event: Event, _body: Photographed) -> Changes:
    return Changes(photographs=exhibit.photographs + 1)


def _into_store(exhibit: Exhibit, event: Event, body: BookedIn | SignedIn) -> Changes:
    contradiction = _impossible(exhibit, event) if exhibit.in_store else ()
    return Changes(
        **_seen(exhibit, event, body.seal, contradiction),
        custody=_store_of(body.place),
        place=body.place,
        due_back=None,
        first_booked_in_at=exhibit.first_booked_in_at or event.envelope.corrected,
    )


def _moved(exhibit: Exhibit, event: Event, body: Moved) -> Changes:
    contradiction = () if exhibit.in_store else _impossible(exhibit, event)
    return Changes(
        **_seen(exhibit, event, body.seal, contradiction),
        custody=_store_of(body.place),
        place=body.place,
    )


def _signed_out(exhibit: Exhibit, event: Event, body: SignedOut) -> Changes:
    contradiction = () if exhibit.in_store else _impossible(exhibit, event)
    return Changes(
        **_seen(exhibit, event, body.seal, contradiction),
        custody=Custody(CustodyKind.PERSON, body.receiver.id, body.receiver.name),
        place=None,
        due_back=body.due_back,
    )


def _submitted(exhibit: Exhibit, event: Event, body: Submitted) -> Changes:
    kind = CustodyKind.CARRIER if body.place.kind is PlaceKind.CARRIER else CustodyKind.EXTERNAL
    outside = exhibit.custody.kind in {CustodyKind.CARRIER, CustodyKind.EXTERNAL}
    contradiction = _impossible(exhibit, event) if outside else ()
    return Changes(
        **_seen(exhibit, event, body.seal, contradiction),
        custody=Custody(kind, body.place.id, body.place.name),
        place=body.place,
        due_back=None,
        forensic=Forensic.SUBMITTED,
        submission=body.submission,
        submitted_at=event.envelope.corrected,
    )


def _sighted(exhibit: Exhibit, event: Event, body: Sighted) -> Changes:
    wrong = body.place is not None and (exhibit.place is None or body.place.id != exhibit.place.id)
    found: tuple[Discrepancy, ...] = ()
    if wrong and body.place is not None:
        found = (_discrepancy("wrong place", event, body.place.name, exhibit.where),)
    return _seen(exhibit, event, body.seal, found)


DECISION_STATES = {
    "SUBMIT": Forensic.TO_SUBMIT,
    "NOT_REQUIRED": Forensic.NOT_REQUIRED,
    "DEFER": Forensic.DEFERRED,
    "EXAMINE_IN_HOUSE": Forensic.IN_HOUSE,
    "UNSUITABLE": Forensic.UNSUITABLE,
}


def _decided(_exhibit: Exhibit, event: Event, body: Decided) -> Changes:
    envelope = event.envelope
    decision = Decision(body.decision, envelope.actor, envelope.corrected, body.reason_code, body.rationale, body.until)
    return Changes(forensic=DECISION_STATES[body.decision], decision=decision)


def _reclassified(_exhibit: Exhibit, _event: Event, body: Reclassified) -> Changes:
    return Changes(category=body.category, case=body.case)


def _store_of(place: PlaceRef) -> Custody:
    return Custody(CustodyKind.STORE, place.store or place.id, place.name)


def _seen(exhibit: Exhibit, event: Event, seal: str | None, found: tuple[Discrepancy, ...]) -> Changes:
    """What every scan of the item itself changes: it was seen, and its seal may differ."""
    changes: Changes = {
        "presence": PresenceKind.CONFIRMED,
        "last_sighted_at": event.envelope.corrected,
    }
    if seal and seal != exhibit.seal.number:
        found = (*found, _discrepancy("wrong seal", event, seal, exhibit.seal.number or "unsealed"))
        changes["seal"] = Seal(SealKind.SUSPECT, exhibit.seal.number)
    if found:
        changes["discrepancies"] = exhibit.discrepancies + found
    return changes


def _impossible(exhibit: Exhibit, event: Event) -> tuple[Discrepancy, ...]:
    return (_discrepancy("impossible move", event, event.kind.replace("_", " "), exhibit.where),)


def _discrepancy(kind: str, event: Event, seen: str, recorded: str) -> Discrepancy:
    return Discrepancy(kind, event.envelope.id, event.envelope.corrected, seen, recorded)


_CHANGES: dict[type, Callable[[Exhibit, Event, Any], Changes]] = {
    Labelled: _labelled,
    Photographed: _photographed,
    BookedIn: _into_store,
    SignedIn: _into_store,
    Moved: _moved,
    SignedOut: _signed_out,
    Submitted: _submitted,
    Sighted: _sighted,
    Decided: _decided,
    Reclassified: _reclassified,
}
