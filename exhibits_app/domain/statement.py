"""A draft of a handler's statement: what one person did with which exhibits, when, in the first person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .events import (
    Corrected,
    DiscrepancySettled,
    Erased,
    Event,
    LabelActivated,
    Labelled,
    LabelVoided,
    Offered,
    Reclassified,
    Reseized,
    Seized,
    SignedOut,
)
from .history import told
from .people import PersonRef
from .show import clock, day

# What is done to the record and not to the exhibit is no part of what a handler gives evidence of.
_PAPERWORK = (Corrected, DiscrepancySettled, Erased, LabelActivated, Labelled, LabelVoided, Reclassified)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One thing that the person did with, or saw of, one exhibit; `number` is the event's in the item's chain."""

    at: datetime
    register_no: int
    ref: str
    number: int
    event: str
    text: str


@dataclass(frozen=True, slots=True)
class Handler:
    """Somebody who did something with an exhibit of the case: named as last on record, and how many events."""

    person: PersonRef
    events: int


def handlers(events: Iterable[Event]) -> list[Handler]:
    """Everybody who had an exhibit in hand or attested it, by name."""
    names: dict[int, tuple[datetime, str]] = {}
    counts: dict[int, int] = {}
    for event in events:
        if isinstance(event.body, _PAPERWORK):
            continue
        at = event.envelope.recorded_at
        for person in {one.id: one for one in _involved(event)}.values():
            if person.id:
                counts[person.id] = counts.get(person.id, 0) + 1
                names[person.id] = max(names.get(person.id, (at, person.name)), (at, person.name))
    found = [Handler(PersonRef(who, name), counts[who]) for who, (_, name) in names.items()]
    return sorted(found, key=lambda one: (one.person.name, one.person.id))


def paragraphs(events: Iterable[Event], ref: str, who: int) -> Iterator[Paragraph]:
    """What this person (an id) did with the exhibit, or attested; `events` are those of one item, as corrected."""
    for event in events:
        said = None if isinstance(event.body, _PAPERWORK) else _said(event, ref, who)
        if said:
            at = event.envelope.corrected
            text = f"At {clock(at)} on {day(at)} {said}."
            yield Paragraph(at, event.register_no, ref, event.seq + 1, event.envelope.id, text)


def _involved(event: Event) -> Iterator[PersonRef]:
    body, envelope = event.body, event.envelope
    yield envelope.actor
    for person in (envelope.witness, envelope.on_behalf_of):
        if person:
            yield person
    if isinstance(body, SignedOut):
        yield body.receiver
        if body.joint:
            yield body.joint
    elif isinstance(body, Offered):
        yield body.receiver
    elif isinstance(body, Seized | Reseized):
        yield body.seized_by


def _said(event: Event, ref: str, who: int) -> str | None:
    """The sentence in the first person, without its time; None where the event is not this person's."""
    if who not in {person.id for person in _involved(event)}:
        return None
    body, envelope = event.body, event.envelope
    mine = envelope.actor.id == who
    if isinstance(body, SignedOut):
        what = _signed_out(event, body, ref, who)
    elif isinstance(body, Seized | Reseized):
        registrar = "I" if mine and body.seized_by.id == who else _name(envelope.actor, who, "me")
        what = told(_with(event, seized_by=_me(body.seized_by, who, "I")), registrar, ref)
    elif isinstance(body, Offered):
        what = told(_with(event, receiver=_me(body.receiver, who, "me")), _name(envelope.actor, who, "I"), ref)
    else:
        what = told(event, _name(envelope.actor, who, "I"), ref)
    witness = f", in the presence of {envelope.witness.name}" if envelope.witness and envelope.witness.id != who else ""
    behalf = envelope.on_behalf_of
    for_whom = f", on behalf of {_name(behalf, who, 'me')}" if behalf else ""
    reason = f", because: {envelope.reason.rstrip('.')}" if envelope.reason and mine else ""
    seen = envelope.witness is not None and envelope.witness.id == who
    return ("I was present and saw this: " if seen else "") + what + for_whom + witness + reason


def _signed_out(event: Event, body: SignedOut, ref: str, who: int) -> str:
    if body.joint and body.joint.id == who:
        # "PC Reyes and I", as one says it.
        return told(_with(event, joint=_me(body.joint, who, "I")), event.envelope.actor.name, ref)
    changed = _with(event, receiver=_me(body.receiver, who, "I"))
    return told(changed, _name(event.envelope.actor, who, "me"), ref)


def _me(person: PersonRef, who: int, word: str) -> PersonRef:
    return PersonRef(person.id, _name(person, who, word))


def _name(person: PersonRef, who: int, word: str) -> str:
    return word if person.id == who else person.name


def _with(event: Event, **changes: Any) -> Event:
    return replace(event, body=replace(event.body, **changes))
