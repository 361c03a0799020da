"""What a continuity report lists beside custody: seals, scans of the item itself, photographs, discrepancies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from . import timeline
from .events import (
    Basis,
    DiscrepancySettled,
    Event,
    LabReturned,
    Photographed,
    Reseized,
    SealApplied,
    SealOpened,
    Seized,
    SplitOff,
    Viewed,
)
from .exhibit import SealKind
from .intervals import Step


@dataclass(frozen=True, slots=True)
class Opened:
    """One seal of the item: who put it on, and who ended it, when and why; nobody has while it is still on."""

    number: str
    applied_at: datetime
    applied_by: str
    applied_event: str
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_event: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The item itself was scanned or seen: by whom, where it was then on record, and in the course of what."""

    at: datetime
    by: str
    where: str
    kind: str
    event: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A discrepancy, and how it was settled; no `finding` while it is open."""

    kind: str
    at: datetime
    seen: str
    recorded: str
    event: str
    finding: str | None = None
    by: str | None = None
    settled_at: datetime | None = None
    reason: str | None = None


def seals(walked: Sequence[Step]) -> list[Opened]:
    """Every seal that was ever on the item, in the order in which they were put on."""
    found: list[Opened] = []
    for step in walked:
        number, opens = _seal_put_on(step), _opens(step)
        if opens and found and found[-1].ended_at is None:
            found[-1] = _ended(found[-1], step, opens)
        if number:
            if found and found[-1].ended_at is None:
                found[-1] = _ended(found[-1], step, "replaced; no opening is on record")
            found.append(Opened(number, step.at, _sealer(step), step.event.envelope.id))
    return found


def scans(walked: Sequence[Step]) -> Iterator[Scan]:
    """Each scan of the item itself, what is inferred from a box left out."""
    for step in walked:
        envelope = step.event.envelope
        seen = step.before is not None and step.after.last_sighted_at != step.before.last_sighted_at
        if seen and envelope.basis is not Basis.CONTAINER_SCAN:
            place = getattr(step.event.body, "place", None)
            where = f"at {place.name}" if place else step.after.where
            seal = getattr(step.event.body, "seal", None)
            yield Scan(step.at, envelope.actor.name, where, step.event.kind, envelope.id, seal)


def photographs(events: Iterable[Event]) -> list[Event]:
    """The events that added a photograph, in the order of the timeline."""
    return [event for event in timeline.order(events) if isinstance(event.body, Photographed)]


def discrepancies(recorded: Sequence[Step], corrected: Sequence[Step]) -> list[Settlement]:
    """Every discrepancy that was ever raised, as recorded or as corrected, with what became of it.

    One that the corrections took away says so where nobody has settled it.
    """
    before, after = _raised(recorded), _raised(corrected)
    gone = {
        key: one if one.finding else replace(one, finding="gone since a correction")
        for key, one in before.items()
        if key not in after
    }
    return sorted((gone | after).values(), key=lambda one: (one.at, one.event, one.kind))


def _raised(walked: Sequence[Step]) -> dict[tuple[str, str], Settlement]:
    found: dict[tuple[str, str], Settlement] = {}
    for step in walked:
        known = step.before.discrepancies if step.before else ()
        if step.after.discrepancies is not known:
            for one in step.after.discrepancies:
                if one not in known:
                    told = Settlement(one.kind, one.at, one.seen, one.recorded, one.event)
                    found.setdefault((one.event, one.kind), told)
        body, envelope = step.event.body, step.event.envelope
        if isinstance(body, DiscrepancySettled) and (body.event, body.discrepancy) in found:
            key = (body.event, body.discrepancy)
            found[key] = replace(
                found[key], finding=body.finding, by=envelope.actor.name, settled_at=step.at, reason=envelope.reason
            )
    return found


def _seal_put_on(step: Step) -> str | None:
    body = step.event.body
    if isinstance(body, SealApplied):
        return body.number
    if isinstance(body, LabReturned):
        return body.new_seal
    if isinstance(body, DiscrepancySettled):
        return body.seal if step.before is None or body.seal != step.before.seal.number else None
    return body.seal if isinstance(body, Seized | SplitOff | Reseized) else None


def _sealer(step: Step) -> str:
    body = step.event.body
    if isinstance(body, Seized | SplitOff | Reseized):
        return body.seized_by.name
    if isinstance(body, LabReturned) and step.before:
        return step.before.custody.name
    if isinstance(body, DiscrepancySettled):
        return f"nobody on record; {step.event.envelope.actor.name} found that it is on"
    return step.event.envelope.actor.name


def _opens(step: Step) -> str:
    """Why the event ended the seal that was on; empty where it did not."""
    body, reason = step.event.body, step.event.envelope.reason
    was_open = step.before is not None and step.before.seal.kind is SealKind.OPENED
    if isinstance(body, SealOpened):
        return f"opened: {reason}" if reason else "opened; no reason is on record"
    if isinstance(body, Viewed) and body.opened and not was_open:
        return f"opened for a viewing in the presence of {body.present}"
    if isinstance(body, LabReturned) and body.new_seal:
        return "opened at the laboratory"
    if isinstance(body, DiscrepancySettled) and _seal_put_on(step):
        return "another seal was found on it; no opening is on record"
    return "the item had left police possession" if isinstance(body, Reseized) else ""


def _ended(seal: Opened, step: Step, how: str) -> Opened:
    envelope = step.event.envelope
    by = envelope.actor.name
    if isinstance(step.event.body, LabReturned) and step.before:
        by = step.before.custody.name
    if isinstance(step.event.body, DiscrepancySettled):
        by = "nobody on record"
    return replace(seal, ended_at=step.at, ended_by=by, ended_event=envelope.id, how=how)
