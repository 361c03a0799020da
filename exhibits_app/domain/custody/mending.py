"""The rules of putting the record right: what may be corrected, how, and by how many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .. import events as e
from ..errors import (
    AlreadyCorrected,
    BeforeItBegan,
    BeginningStays,
    MistakeDoesNotFit,
    NoSuchEvent,
    NotAStorePlace,
    OccurredInTheFuture,
    SecondPersonNeeded,
    WitnessIsActor,
    WrongOutsidePlace,
)
from ..events import Body, Corrected, Envelope, Event, ItemRef, Mistake
from ..exhibit import Exhibit
from ..people import PersonRef
from ..places import FORENSIC, INSIDE, Place
from ..timeline import effective, person_field
from .asked import BY_TWO, CLOCK_TOLERANCE, Asked, given

ALONE = timedelta(hours=24)  # Recorded longer ago, an event is corrected by two (force policy, not law).

_BEGINNING = frozenset({Mistake.TIME, Mistake.PERSON, Mistake.SEAL})
_TAKEN_AWAY = frozenset({Mistake.NOTHING, Mistake.ITEM})
# Others lean on these, in the register or outside it: taking one away would leave them without ground.
_STANDS: tuple[type[Body], ...] = (
    e.Split,
    e.Labelled,
    e.LabelActivated,
    e.LabelVoided,
    e.Relabelled,
    e.Promoted,
    e.Reclassified,
    e.Erased,
    e.SubmissionAuthorised,
    e.SubmissionRecalled,
    *e.LEGACY,
)
# What somebody decided or noted, not what hands did: it did not happen, or it stands.
_SAID: tuple[type[Body], ...] = (
    e.Photographed,
    e.Decided,
    e.Recommended,
    e.RecommendationAnswered,
    e.Graded,
    e.Reopened,
    e.ResultRecorded,
    e.EndSeen,
    e.HoldPlaced,
    e.HoldReleased,
    e.RetentionReviewed,
    e.DisposalAuthorised,
    e.DiscrepancyRaised,
    e.DiscrepancySettled,
    e.Corrected,
)
_HIGH_RISK: tuple[type[Body], ...] = (
    e.Decided,
    e.Recommended,
    e.RecommendationAnswered,
    e.Reopened,
    e.ResultRecorded,
    e.HoldPlaced,
    e.HoldReleased,
    e.DisposalAuthorised,
    e.DiscrepancyRaised,
    e.DiscrepancySettled,
    e.Corrected,
    e.ConfirmedMissing,
    e.Consumed,
    e.Restored,
    e.Destroyed,
    e.Auctioned,
    e.Retained,
    e.Reseized,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said to be wrong with an event, and what is right: of the values the one that the mistake is about."""

    event: str
    mistake: Mistake
    place: Place | None = None
    occurred_at: datetime | None = None
    person: PersonRef | None = None
    seal: str | None = None
    item: ItemRef | None = None


def mistakes(event: Event) -> frozenset[Mistake]:
    """What an event of this kind can be corrected for."""
    body = event.body
    if isinstance(body, e.FIRST):
        return _BEGINNING
    if isinstance(body, _STANDS):
        return frozenset()
    if isinstance(body, _SAID):
        return frozenset({Mistake.NOTHING})
    lacks = set() if hasattr(body, "place") else {Mistake.PLACE}
    sealed = hasattr(body, "seal") or isinstance(body, e.SealApplied)
    return frozenset(Mistake) - lacks - (set() if sealed else {Mistake.SEAL})


def why_two(exhibit: Exhibit, event: Event, mistake: Mistake, now: datetime, alone: timedelta = ALONE) -> str:
    """Why a second person must stand by this correction; empty when one is enough."""
    if exhibit.category in BY_TWO:
        return f"it is {BY_TWO[exhibit.category]}"
    if isinstance(event.body, e.FIRST) and mistake is Mistake.TIME:
        return "every time limit starts at the seizure"
    if isinstance(event.body, _HIGH_RISK):
        return "too much hangs on this kind of event"
    if now - event.envelope.recorded_at > alone:
        return f"the event was recorded more than {int(alone.total_seconds()) // 3600} hours ago"
    return ""


def correct(
    exhibit: Exhibit, events: Sequence[Event], asked: Asked, wanted: Correction, alone: timedelta = ALONE
) -> Corrected:
    """An event of the item was wrong in one respect, which is put right; the original stays. Raises CustodyRefusal."""
    event = event_of(exhibit, events, wanted.event)
    if isinstance(event.body, e.FIRST) and wanted.mistake in _TAKEN_AWAY:
        raise BeginningStays(exhibit.ref)
    if wanted.mistake not in mistakes(event):
        raise MistakeDoesNotFit(exhibit.ref, _name(event), wanted.mistake.value)
    given(exhibit, asked.reason, "reason", "why it is corrected")
    if any(one.body.mistake in _TAKEN_AWAY for one in standing(events, event)):
        raise AlreadyCorrected(exhibit.ref, _name(event))
    if asked.witness is not None and asked.witness.id == asked.actor.id:
        raise WitnessIsActor(exhibit.ref)
    right = _RIGHT[wanted.mistake](exhibit, event, asked, wanted)
    if right.occurred_at is not None:
        _check_order(exhibit, events, event, right.occurred_at)
    why = why_two(exhibit, event, wanted.mistake, asked.now, alone)
    if why and asked.witness is None:
        raise SecondPersonNeeded(exhibit.ref, why)
    return right


def event_of(exhibit: Exhibit, events: Iterable[Event], wanted: str) -> Event:
    """The item's event of this id. Raises NoSuchEvent."""
    for event in events:
        if event.envelope.id == wanted:
            return event
    raise NoSuchEvent(exhibit.ref)


def at_root(events: Sequence[Event], event: Event) -> Event:
    """What a correction, or a correction of one, is about in the end; any other event itself."""
    known = {one.envelope.id: one for one in events}
    while isinstance(event.body, Corrected) and event.body.corrects in known:
        event = known[event.body.corrects]
    return event


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction that counts: nobody has declared that it did not happen."""

    event: Event
    body: Corrected


def standing(events: Iterable[Event], event: Event) -> tuple[Standing, ...]:
    """The corrections of this event that count, in the order of record."""
    made = [Standing(one, one.body) for one in events if isinstance(one.body, Corrected)]
    return tuple(
        sorted(
            (one for one in made if one.body.corrects == event.envelope.id and not _void(one, made)),
            key=lambda one: (one.event.envelope.recorded_at, one.event.seq),
        )
    )


def _void(one: Standing, made: Sequence[Standing]) -> bool:
    return any(
        other.body.corrects == one.event.envelope.id and not _void(other, made)
        for other in made
        if other.body.mistake is Mistake.NOTHING
    )


def anew(event: Event, correction: Envelope, wrong_ref: str) -> tuple[Envelope, Body]:
    """The same event as it is recorded on the item that it really happened to: as it was, and said to be late."""
    told = f"recorded on {wrong_ref} by mistake; put right by {correction.actor.name}: {correction.reason}"
    envelope = replace(
        event.envelope,
        id="",
        recorded_at=correction.recorded_at,
        act=correction.act,
        reason=told,
        late=True,
        corrects=event.envelope.id,
    )
    return envelope, event.body


def _place(exhibit: Exhibit, event: Event, _asked: Asked, wanted: Correction) -> Corrected:
    before = getattr(event.body, "place", None)
    place = given(exhibit, wanted.place, "place", "the place where it really was")
    given(exhibit, before is None or before.id != place.id or None, "place", "a place other than the one recorded")
    if before is None or before.kind in INSIDE:
        if not place.inside:
            raise NotAStorePlace(exhibit.ref, place.name)
    elif place.kind is not before.kind and not {place.kind, before.kind} <= FORENSIC:
        raise WrongOutsidePlace(exhibit.ref, place.name, f"a {before.kind.value}")
    return Corrected(wanted.event, wanted.mistake, place=place.ref)


def _time(exhibit: Exhibit, _event: Event, asked: Asked, wanted: Correction) -> Corrected:
    at = given(exhibit, wanted.occurred_at, "occurred_at", "when it really was")
    if at > asked.now + CLOCK_TOLERANCE:
        raise OccurredInTheFuture(exhibit.ref, at)
    return Corrected(wanted.event, wanted.mistake, occurred_at=at)


def _person(exhibit: Exhibit, event: Event, _asked: Asked, wanted: Correction) -> Corrected:
    person = given(exhibit, wanted.person, "person", "who it really was")
    field = person_field(event.body)
    before = getattr(event.body, field) if field else event.envelope.actor
    given(exhibit, before.id != person.id or None, "person", "somebody other than the person recorded")
    return Corrected(wanted.event, wanted.mistake, person=person)


def _check_order(exhibit: Exhibit, events: Sequence[Event], event: Event, at: datetime) -> None:
    """What began the item stays its beginning. Raises BeforeItBegan."""
    others = [one for one in effective(events) if one.envelope.id != event.envelope.id]
    if isinstance(event.body, e.FIRST):
        for other in sorted(others, key=lambda one: one.envelope.corrected)[:1]:
            if other.envelope.corrected < at:
                raise BeforeItBegan(exhibit.ref, _name(other), other.envelope.corrected, at)
    elif others and at < others[0].envelope.corrected:
        raise BeforeItBegan(exhibit.ref, _name(event), at, others[0].envelope.corrected)


def _name(event: Event) -> str:
    return event.kind.replace("_", " ")


def _seal(exhibit: Exhibit, _event: Event, _asked: Asked, wanted: Correction) -> Corrected:
    seal = given(exhibit, wanted.seal, "seal", "the seal as it really was")
    return Corrected(wanted.event, wanted.mistake, seal=seal)


def _item(exhibit: Exhibit, _event: Event, _asked: Asked, wanted: Correction) -> Corrected:
    item = given(exhibit, wanted.item, "item", "the item that it really happened to")
    given(exhibit, item.register_no != exhibit.register_no or None, "item", "another item than this one")
    return Corrected(wanted.event, wanted.mistake, item=item)


def _nothing(_exhibit: Exhibit, _event: Event, _asked: Asked, wanted: Correction) -> Corrected:
    return Corrected(wanted.event, wanted.mistake)


_RIGHT = {
    Mistake.PLACE: _place,
    Mistake.TIME: _time,
    Mistake.PERSON: _person,
    Mistake.SEAL: _seal,
    Mistake.ITEM: _item,
    Mistake.NOTHING: _nothing,
}
