"""Boxes after a restore: put back, and put where the entries of the items in them say that they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain.boxes import Box
from ..domain.events import BoxOpened, BoxRef, BoxSealed, Event, PutIn
from ..domain.exhibit import Custody, CustodyKind, Exhibit, Seal, SealKind
from .kinds import seal_user
from .ports import Work

# What nothing but its own row says of a box that no backup has and in which nothing lies.
NOBODY = Custody(CustodyKind.UNKNOWN, 0, "no known place since a restore")


@dataclass(frozen=True, slots=True)
class _Told:
    """The latest that the entries tell of a box: an event of an item in it, and the seal that it is under or was."""

    box: BoxRef
    event: Event
    seal: Seal | None


def after(work: Work, events: Sequence[Event]) -> None:
    """Bring the boxes up to what these events tell. The states of their items must be there."""
    told: dict[int, _Told] = {}
    for event in sorted(events, key=lambda one: one.timeline_key):
        named = _box(event)
        if named is None:
            continue
        before = told.get(named.id)
        told[named.id] = _Told(named, event, _seal(event) or (before.seal if before else None))
    held = work.boxes.hold_all(told)
    for number, one in sorted(told.items()):
        box = held.get(number)
        if box is None:
            work.boxes.restore(_brought(work, _made(one), one))
        elif one.event.envelope.corrected >= box.last_at:
            work.boxes.save([_brought(work, box, one)])
    for event in events:
        if isinstance(event.body, BoxSealed):
            _use(work, event, event.body)


def _box(event: Event) -> BoxRef | None:
    return event.body.box if isinstance(event.body, PutIn) else event.envelope.box


def _seal(event: Event) -> Seal | None:
    if isinstance(event.body, BoxSealed):
        return Seal(SealKind.SEALED, event.body.number)
    if isinstance(event.body, BoxOpened):
        return Seal(SealKind.OPENED, event.body.seal) if event.body.seal else Seal(SealKind.UNSEALED)
    return None


def _made(told: _Told) -> Box:
    envelope = told.event.envelope
    return Box(
        told.box.id, told.box.name, NOBODY, Seal(SealKind.UNSEALED), envelope.recorded_at, envelope.actor,
        envelope.corrected,
    )  # fmt: skip


def _brought(work: Work, box: Box, told: _Told) -> Box:
    exhibit = work.items.find(told.event.register_no).exhibit
    seal = told.seal or box.seal
    closed = seal.kind is SealKind.SEALED if told.seal else box.closed
    if _with_it(exhibit, told):
        box = replace(box, custody=exhibit.custody, place=exhibit.place)
    return replace(box, seal=seal, closed=closed, last_at=told.event.envelope.corrected)


def _with_it(exhibit: Exhibit, told: _Told) -> bool:
    """Whether the item is where the box is: it lies in it, or the box is the last that was scanned of it."""
    return (exhibit.box is not None and exhibit.box.id == told.box.id) or (
        exhibit.last_event_id == told.event.envelope.id
    )


def _use(work: Work, event: Event, body: BoxSealed) -> None:
    if seal_user(work, body.number) is None:
        work.boxes.use_seal(body.number, body.box.id, event.envelope.recorded_at)
