"""An item's timeline: its events in the order in which they happened, as recorded or as corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .events import FIRST, Accepted, Body, Corrected, Envelope, Event, Mistake

Key = tuple[datetime, int, int, str]


def order(events: Iterable[Event]) -> list[Event]:
    """The events as recorded: first what began the item, then by corrected time, device, its sequence, id."""
    return sorted(events, key=_beginning_first)


def effective(events: Iterable[Event]) -> list[Event]:
    """The events as corrected: what did not happen, or happened to another item, is left out; the rest is put right.

    Corrections stand in the order in which they were recorded; one that was itself declared not to have happened
    counts for nothing.
    """
    events = list(events)
    corrections = [event for event in events if isinstance(event.body, Corrected)]
    if not corrections:
        return order(events)
    standing = _standing(corrections)
    return order(right for event in events if (right := _put_right(event, standing.get(event.envelope.id, ()))))


@dataclass(frozen=True, slots=True)
class Revision:
    """A scan that came late, and the events that people recorded while they did not know of it."""

    late: Event
    relied: tuple[Event, ...]


def revisions(events: Iterable[Event]) -> list[Revision]:
    """Where the timeline was revised: each event that landed before others which were on record already."""
    keyed = sorted(((event.timeline_key, event) for event in events), key=lambda pair: pair[0])
    found = []
    earliest = None  # When the first of the later events was recorded: who came before that came in time.
    for number in range(len(keyed) - 1, -1, -1):
        late = keyed[number][1]
        recorded = late.envelope.recorded_at
        if earliest is not None and earliest < recorded and not isinstance(late.body, Corrected):
            after = (other for key, other in keyed[number + 1 :] if key > late.timeline_key)
            relied = tuple(other for other in after if other.envelope.recorded_at < recorded)
            if relied:
                found.append(Revision(late, tuple(order(relied))))
        earliest = recorded if earliest is None else min(earliest, recorded)
    return found[::-1]


def _beginning_first(event: Event) -> tuple[bool, Key]:
    return (not isinstance(event.body, FIRST), event.timeline_key)


def _standing(corrections: list[Event]) -> dict[str, tuple[Corrected, ...]]:
    """The corrections that stand, by the event that they are about, in the order of record."""
    recorded = sorted(corrections, key=lambda event: (event.envelope.recorded_at, event.seq))
    void: set[str] = set()
    for event in reversed(recorded):
        if event.envelope.id not in void and event.body.mistake is Mistake.NOTHING:  # type: ignore[attr-defined]  # all are Corrected
            void.add(event.body.corrects)  # type: ignore[attr-defined]  # all are Corrected
    standing: dict[str, tuple[Corrected, ...]] = {}
    for event in recorded:
        body = event.body
        if isinstance(body, Corrected) and event.envelope.id not in void:
            standing[body.corrects] = (*standing.get(body.corrects, ()), body)
    return standing


def _put_right(event: Event, corrections: tuple[Corrected, ...]) -> Event | None:
    if isinstance(event.body, Corrected):
        return event
    for correction in corrections:
        if correction.mistake in {Mistake.NOTHING, Mistake.ITEM}:
            if isinstance(event.body, FIRST):
                continue  # The rules refuse it, and an item without a beginning would have no state.
            return None
        event = _REPAIRS[correction.mistake](event, correction)
    return event


def _place(event: Event, correction: Corrected) -> Event:
    return _with(event, place=correction.place)


def _seal(event: Event, correction: Corrected) -> Event:
    field = "number" if event.kind == "seal" else "seal"
    return _with(event, **{field: correction.seal})


def _time(event: Event, correction: Corrected) -> Event:
    if correction.occurred_at is None:
        return event
    envelope = replace(event.envelope, occurred_at=correction.occurred_at, clock_offset_ms=None)
    return replace(event, envelope=envelope)


def _person(event: Event, correction: Corrected) -> Event:
    if correction.person is None:
        return event
    field = person_field(event.body)
    if field is not None:
        return _with(event, **{field: correction.person})
    envelope: Envelope = replace(event.envelope, actor=correction.person)
    return replace(event, envelope=envelope)


def person_field(body: Body) -> str | None:
    """The field of the body that names the person whom the event is about; None where that is the actor."""
    if isinstance(body, Accepted):
        return None
    return next((field for field in ("receiver", "seized_by") if hasattr(body, field)), None)


def _with(event: Event, **changes: Any) -> Event:
    """The event with these particulars of its body, as far as it has them and something is known to be right."""
    fitting = {name: value for name, value in changes.items() if value is not None and hasattr(event.body, name)}
    return replace(event, body=replace(event.body, **fitting)) if fitting else event


_REPAIRS = {Mistake.PLACE: _place, Mistake.SEAL: _seal, Mistake.TIME: _time, Mistake.PERSON: _person}
