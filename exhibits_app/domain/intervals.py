"""Who or what answered for an item, where, from when until when: every instant since seizure, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from . import timeline
from .events import Basis, BoxRef, Event, ItemRef, SplitOff
from .exhibit import Custody, CustodyKind, Exhibit, Seal
from .fold import apply
from .people import PersonRef
from .places import PlaceRef

BASIS_NAMES = {
    Basis.ITEM_SCAN: "item scanned",
    Basis.CONTAINER_SCAN: "inferred from its box",
    Basis.MANUAL: "entered by hand",
    Basis.IMPORT: "imported",
}


class Standing(StrEnum):
    """What an interval says about continuity."""

    ACCOUNTED = "accounted for"
    GAP = "not accounted for"
    PART = "part of another item"
    OUT = "out of police possession"


@dataclass(frozen=True, slots=True)
class Step:
    """One event with the state before and after it; `at` is its time, and never before that of the step before."""

    event: Event
    before: Exhibit | None
    after: Exhibit
    at: datetime


@dataclass(frozen=True, slots=True)
class Interval:
    """One custodian at one place, from `start` until `until` (the instant itself belongs to the next interval).

    `opened_by` and `closed_by` are ids of events; nothing has closed the last one. `joint` is who held it with them.
    `parent` is the item that it was still part of.
    """

    start: datetime
    until: datetime
    standing: Standing
    custody: Custody
    opened_by: str
    closed_by: str | None
    basis: Basis
    seal_at_start: Seal
    seal_at_end: Seal
    place: PlaceRef | None = None
    box: BoxRef | None = None
    joint: PersonRef | None = None
    parent: ItemRef | None = None

    @property
    def who(self) -> str:
        """Who answered for it: "PC 4521 Reyes and PC 88 Okafor", "Ilford transit store"."""
        if self.parent:
            return f"part of {self.parent.reference} (property reference {self.parent.register_no})"
        return self.custody.name + (f" and {self.joint.name}" if self.joint else "")

    @property
    def where(self) -> str:
        """The place and the box in it, where they are known; empty for what a person carries."""
        places = [self.place.name] if self.place and not self.parent else []
        return ", ".join([*places, f"box {self.box.name}"] if self.box and not self.parent else places)


def steps(events: Iterable[Event], *, as_recorded: bool = False) -> list[Step]:
    """The events as corrected, or as recorded, each with the states around it. Raises ValueError for none."""
    walked: list[Step] = []
    state: Exhibit | None = None
    for event in timeline.order(events) if as_recorded else timeline.effective(events):
        after = apply(state, event)
        at = event.envelope.corrected
        walked.append(Step(event, state, after, max(at, walked[-1].at) if walked else at))
        state = after
    if not walked:
        raise ValueError("an item without events has no intervals")
    return walked


def intervals(walked: list[Step], until: datetime) -> list[Interval]:
    """The intervals from the seizure until then, or until the last event where that is later.

    Each begins where the one before ends, so that every instant belongs to exactly one.
    """
    end = max(until, walked[-1].at)
    opening = [0, *(n for n in range(1, len(walked)) if _key(walked[n].after) != _key(walked[n - 1].after))]
    closing = [*opening[1:], len(walked)]
    found = []
    for first, after in zip(opening, closing, strict=True):
        closer = walked[after] if after < len(walked) else None
        found.append(_interval(walked[first], walked[after - 1], closer, end))
    return [*_as_part(walked[0], found[0]), *found]


def _key(exhibit: Exhibit) -> tuple[object, ...]:
    custody, place, box = exhibit.custody, exhibit.place, exhibit.box
    joint = exhibit.joint.id if exhibit.joint else None
    unknown = custody.name if custody.kind is CustodyKind.UNKNOWN else None  # Unaccounted for, or missing.
    return custody.kind, custody.id, place and place.id, box and box.id, joint, exhibit.disposed, unknown


def _interval(first: Step, last: Step, closer: Step | None, end: datetime) -> Interval:
    state = first.after
    return Interval(
        start=first.at,
        until=closer.at if closer else end,
        standing=_standing(state),
        custody=state.custody,
        opened_by=first.event.envelope.id,
        closed_by=closer.event.envelope.id if closer else None,
        basis=first.event.envelope.basis,
        seal_at_start=state.seal,
        seal_at_end=last.after.seal,
        place=state.place,
        box=state.box,
        joint=state.joint,
    )


def _standing(state: Exhibit) -> Standing:
    if state.disposed:
        return Standing.OUT
    return Standing.GAP if state.custody.kind is CustodyKind.UNKNOWN else Standing.ACCOUNTED


def _as_part(first: Step, begun: Interval) -> list[Interval]:
    """The time from the seizure until the item was taken from another, whose own intervals account for it."""
    body = first.event.body
    if not isinstance(body, SplitOff) or body.inherited.seized_at >= first.at:
        return []
    return [
        Interval(
            start=body.inherited.seized_at,
            until=first.at,
            standing=Standing.PART,
            custody=begun.custody,
            opened_by=begun.opened_by,
            closed_by=begun.opened_by,
            basis=begun.basis,
            seal_at_start=begun.seal_at_start,
            seal_at_end=begun.seal_at_start,
            parent=body.inherited.parent,
        )
    ]
