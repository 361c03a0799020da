"""The continuity report of one exhibit: an account of it for all of the time, as at one signed head of the ledger.

It is computed from the entries below that head and from nothing else, so that it comes out the same at any later time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from . import timeline
from .account import Opened, Scan, Settlement, discrepancies, photographs, scans, seals
from .events import Corrected, Event, LabelActivated, Labelled, LabelVoided, Seized
from .exhibit import Alias, Exhibit
from .gaps import Gap, detect
from .history import sentence
from .intervals import BASIS_NAMES, Interval, Step, intervals, steps

LIMITS: Final = (
    "The ledger shows that what was recorded has not been changed, moved or left out since it was recorded.",
    "It cannot show that a physical movement was recorded at all, nor that what was recorded was true.",
    "It cannot show that the operator of the log did not rewrite what is younger than the newest checkpoint that "
    "somebody outside holds.",
    "A scan that a device had not sent by then is not in this report. It is recorded when it arrives, in its place by "
    "time, and a later report says so under revisions of the timeline.",
)


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head of the ledger: the log's name, its size, its root in base64, and when its last entry was made."""

    origin: str
    size: int
    root: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Position:
    """Where an event stands in the ledger: its entry in the item's chain, its leaf, the log, and the index there."""

    seq: int
    leaf: str
    log: str
    index: int


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a sentence. `number` counts the item's entries from 1; times are the corrected and the claimed."""

    number: int
    kind: str
    event: str
    told: str
    at: datetime
    claimed_at: datetime
    recorded_at: datetime
    basis: str
    leaf: str
    log: str
    index: int
    device: str | None = None
    device_seq: int | None = None
    clock_offset_ms: int | None = None
    late: bool | None = None
    witness: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction changes: the event's sentence before and after; no `after` where it counts for nothing."""

    number: int
    was: str
    after: str | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Revised:
    """A scan that came late, and the events recorded by people who did not know of it."""

    late: str
    recorded_at: datetime
    relied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was ever printed; `replaces` is the code that it revoked, `fate` what became of one that awaited
    its first scan."""

    code: str
    at: datetime
    by: str
    replaces: str | None = None
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is printed of one exhibit. `exhibit` is its state at the head, as corrected."""

    head: Head
    exhibit: Exhibit
    begun: Event
    aliases: tuple[Alias, ...]
    labels: tuple[Label, ...]
    recorded: tuple[Line, ...]
    corrected: tuple[Line, ...]
    corrections: tuple[Correction, ...]
    intervals: tuple[Interval, ...]
    gaps: tuple[Gap, ...]
    seals: tuple[Opened, ...]
    scans: tuple[Scan, ...]
    photographs: tuple[Event, ...]
    discrepancies: tuple[Settlement, ...]
    revisions: tuple[Revised, ...]
    until: datetime

    @property
    def witnessed(self) -> tuple[Line, ...]:
        """The events that a second person attested."""
        return tuple(line for line in self.recorded if line.witness)

    def number_of(self, event: str) -> int:
        """The number of an event among the item's entries, 0 for none of them."""
        return next((line.number for line in self.recorded if line.event == event), 0)

    @property
    def power(self) -> str:
        """The power of the first seizure, as far as it is on record."""
        return (self.begun.body.power or "") if isinstance(self.begun.body, Seized) else ""

    @property
    def found(self) -> str:
        """Where and by whom it was found, as far as that is on record."""
        body = self.begun.body
        if not isinstance(body, Seized):
            return ""
        return ", by ".join(filter(None, (body.found_at, body.found_by)))


def report(head: Head, entries: Sequence[tuple[Event, Position]]) -> Report:
    """The report of the item whose entries these are, all of them below the head. Raises ValueError for none."""
    placed = {event.envelope.id: position for event, position in entries}
    events = [event for event, _ in entries]
    walked = steps(events)
    state, until = walked[-1].after, max(head.at, walked[-1].at)
    was_corrected = any(isinstance(event.body, Corrected) for event in events)
    corrected = [step.event for step in walked] if was_corrected else []
    as_recorded = steps(events, as_recorded=True) if was_corrected else walked
    return Report(
        head=head,
        exhibit=state,
        begun=walked[0].event,
        aliases=state.aliases,
        labels=tuple(_labels(events)),
        recorded=tuple(_lines(timeline.order(events), placed, state.ref)),
        corrected=tuple(_lines(corrected, placed, state.ref)),
        corrections=tuple(_corrections(events, walked, state.ref)),
        intervals=tuple(intervals(walked, head.at)),
        gaps=tuple(detect(walked, head.at)),
        seals=tuple(seals(walked)),
        scans=tuple(scans(walked)),
        photographs=tuple(photographs(events)),
        discrepancies=tuple(discrepancies(as_recorded, walked)),
        revisions=tuple(_revisions(events, state.ref)),
        until=until,
    )


def _lines(events: Sequence[Event], placed: dict[str, Position], ref: str) -> Iterable[Line]:
    for event in events:
        envelope, position = event.envelope, placed[event.envelope.id]
        yield Line(
            number=event.seq + 1,
            kind=event.kind,
            event=envelope.id,
            told=sentence(event, ref) + ".",
            at=envelope.corrected,
            claimed_at=envelope.occurred_at,
            recorded_at=envelope.recorded_at,
            basis=BASIS_NAMES[envelope.basis],
            leaf=position.leaf,
            log=position.log,
            index=position.index,
            device=envelope.device.name if envelope.device else None,
            device_seq=envelope.device_seq,
            clock_offset_ms=envelope.clock_offset_ms,
            late=envelope.late,
            witness=envelope.witness.name if envelope.witness else None,
        )


def _labels(events: Sequence[Event]) -> Iterable[Label]:
    """A label that awaits its first scan has revoked nothing yet."""
    seen = {one.body.code: one.body for one in events if isinstance(one.body, LabelActivated)}
    voided = {one.body.code for one in events if isinstance(one.body, LabelVoided)}
    for event in timeline.order(events):
        body = event.body
        if not isinstance(body, Labelled):
            continue
        fate, replaces = "", body.replaces
        if body.awaits_scan:
            replaces = seen[body.code].replaces if body.code in seen else None
            fate = "" if body.code in seen else "voided" if body.code in voided else "never scanned"
        yield Label(body.code, event.envelope.corrected, event.envelope.actor.name, replaces, fate)


def _corrections(events: Sequence[Event], walked: Sequence[Step], ref: str) -> Iterable[Correction]:
    """What the corrections that stand change, in the order of the events that were wrong."""
    known = {event.envelope.id: event for event in events}
    right = {step.event.envelope.id: step.event for step in walked}
    for event in sorted(events, key=lambda one: (one.envelope.recorded_at, one.seq)):
        wrong = known.get(event.body.corrects) if isinstance(event.body, Corrected) else None
        if wrong is None:
            continue
        now = right.get(wrong.envelope.id)
        told = sentence(wrong, ref) + "."
        after = sentence(now, ref) + "." if now else None
        envelope = event.envelope
        yield Correction(wrong.seq + 1, told, after, envelope.actor.name, envelope.recorded_at, envelope.reason or "")


def _revisions(events: Sequence[Event], ref: str) -> Iterable[Revised]:
    for revision in timeline.revisions(events):
        relied = tuple(sentence(event, ref) + "." for event in revision.relied)
        yield Revised(sentence(revision.late, ref) + ".", revision.late.envelope.recorded_at, relied)
