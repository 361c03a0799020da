"""The fold: an item's state after its events, in the order of their timeline, whatever the order of arrival."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from .. import events as e
from .. import timeline
from ..events import Event
from ..exhibit import Exhibit
from . import advised, examined, gone, kept, legacy, registered
from .common import Changes

__all__ = ["apply", "as_at", "as_recorded", "fold"]

# `dataclasses.replace` asks for each of the fifty fields by name: three times as long as all of them at once.
_NAMES = [field.name for field in fields(Exhibit)]
_VALUES: Callable[[Exhibit], tuple[Any, ...]] = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}


def fold(events: Iterable[Event]) -> Exhibit:
    """The state after these events as corrected, whatever order they arrive in.

    Raises ValueError when there is none, or when what began the item is missing.
    """
    return _run(timeline.effective(events))


def as_recorded(events: Iterable[Event]) -> Exhibit:
    """The state that the events give when no correction is heeded. Raises ValueError as `fold` does."""
    return _run(timeline.order(events))


def as_at(events: Iterable[Event], at: datetime) -> Exhibit | None:
    """The state as corrected at that moment, by the corrected time of the events; None before the item began."""
    until = [event for event in timeline.effective(events) if event.envelope.corrected <= at]
    return _run(until) if until else None


def apply(exhibit: Exhibit | None, event: Event) -> Exhibit:
    """The state after one more event. Total: an event that contradicts the state leaves a discrepancy.

    A correction reaches back: after one, only `fold` gives the state.
    """
    body = event.body
    if exhibit is None:
        if not isinstance(body, e.FIRST):
            raise ValueError(f"item {event.register_no} begins with {event.kind}, not with its seizure")
        return registered.begun(event, body)  # type: ignore[arg-type]  # FIRST are the two classes it takes
    values = list(_VALUES(exhibit))
    for name, value in _changes(exhibit, event).items():
        values[_PLACES[name]] = value
    return Exhibit(*values)


def _changes(exhibit: Exhibit, event: Event) -> Changes:
    at, device, device_seq, event_id = event.timeline_key
    change = kept.was_not_in_box if kept.wrongly_inferred(exhibit, event) else _CHANGES[type(event.body)]
    changes = change(exhibit, event, event.body)
    changes["last_event_at"] = at
    changes["last_device"] = device
    changes["last_device_seq"] = device_seq
    changes["last_event_id"] = event_id
    return changes


def _run(ordered: list[Event]) -> Exhibit:
    """The state after these events. It is nobody else's until it is returned, so it is changed in place: a state has
    many fields and an event changes few, and a history of a thousand events must fold while somebody waits."""
    if not ordered:
        raise ValueError("an item without events has no state")
    exhibit = apply(None, ordered[0])
    for event in ordered[1:]:
        for name, value in _changes(exhibit, event).items():
            object.__setattr__(exhibit, name, value)
    return exhibit


_CHANGES: dict[type, Callable[[Exhibit, Event, Any], Changes]] = {
    e.Split: registered.split,
    e.Labelled: registered.labelled,
    e.LabelActivated: registered.label_activated,
    e.LabelVoided: registered.label_voided,
    e.Relabelled: registered.relabelled,
    e.Photographed: registered.photographed,
    e.Promoted: registered.promoted,
    e.Decided: registered.decided,
    e.Reclassified: registered.reclassified,
    e.Corrected: registered.corrected,
    e.DiscrepancyRaised: registered.raised,
    e.DiscrepancySettled: registered.settled,
    e.BookedIn: kept.into_store,
    e.SignedIn: kept.into_store,
    e.Received: kept.into_store,
    e.Moved: kept.moved,
    e.SignedOut: kept.signed_out,
    e.Collected: kept.collected,
    e.Offered: kept.offered,
    e.Accepted: kept.accepted,
    e.Rejected: kept.rejected,
    e.PutIn: kept.put_in,
    e.TakenOut: kept.taken_out,
    e.BoxSealed: kept.with_its_box,
    e.BoxOpened: kept.with_its_box,
    e.Sighted: kept.sighted,
    e.SealApplied: kept.seal_applied,
    e.SealOpened: kept.seal_opened,
    e.Viewed: kept.viewed,
    e.SubmissionAuthorised: gone.submission_authorised,
    e.SubmissionRecalled: gone.submission_recalled,
    e.Submitted: gone.submitted,
    e.LabReceived: gone.lab_received,
    e.LabReturned: gone.lab_returned,
    e.Consumed: gone.consumed,
    e.SentToCourt: gone.sent_to_court,
    e.BackFromCourt: gone.back_from_court,
    e.Unaccounted: gone.unaccounted,
    e.ConfirmedMissing: gone.confirmed_missing,
    e.Found: gone.found,
    e.HoldPlaced: gone.hold_placed,
    e.HoldReleased: gone.hold_released,
    e.RetentionReviewed: gone.reviewed,
    e.Recommended: advised.recommended,
    e.RecommendationAnswered: advised.recommendation_answered,
    e.Graded: advised.graded,
    e.Reopened: advised.reopened,
    e.ResultRecorded: examined.resulted,
    e.EndSeen: examined.end_seen,
    e.DisposalAuthorised: gone.disposal_authorised,
    e.Restored: gone.disposed,
    e.Destroyed: gone.disposed,
    e.Auctioned: gone.disposed,
    e.Retained: gone.disposed,
    e.Reseized: gone.re_seized,
    e.Erased: registered.erased,
    e.Imported: legacy.imported,
    e.GradingPlanned: legacy.grading_planned,
}
