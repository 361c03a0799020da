"""Gaps that an event shows: it contradicts the record before it, or lacks what its kind must carry."""

from collections.abc import Iterator

from ..clocks import RESEAL_WITHIN
from ..custody import BY_TWO
from ..events import (
    Auctioned,
    Basis,
    BookedIn,
    Destroyed,
    DiscrepancySettled,
    Restored,
    Retained,
    SealApplied,
    SealOpened,
    Viewed,
)
from ..exhibit import Discrepancy, SealKind
from ..intervals import Step
from ..show import day_and_time
from .gap import DISCREPANCIES, Gap, GapKind, Look, at_place

_TOLD_APART = {
    GapKind.NOT_THERE: "{actor} looked for {ref} in {recorded}, where it was recorded, at {at}; it was not there",
    GapKind.AFTER_END: "{actor} recorded a {seen} of {ref} at {at}, while it was on record as {recorded}",
    GapKind.NO_AUTHORITY: "{actor} disposed of {ref} ({seen}) at {at}, which the record did not allow: {recorded}",
}
_EVENT_BEFORE = frozenset({GapKind.IMPOSSIBLE, GapKind.AFTER_END})
_BY_TWO_ALWAYS = (Restored, Destroyed, Auctioned, Retained)


def discrepant(look: Look) -> Iterator[Gap]:
    """What an event shows that the record before it does not allow; from the event before, as nobody knows when."""
    settled = {
        (step.event.body.event, step.event.body.discrepancy): step.event.body.finding
        for step in look.steps
        if isinstance(step.event.body, DiscrepancySettled)
    }
    for step in look.steps:
        known = step.before.discrepancies if step.before else ()
        if step.after.discrepancies is known:
            continue
        for one in step.after.discrepancies:
            if one.event == step.event.envelope.id and one not in known and _is_gap(one):
                yield _discrepancy(look, step, one, settled.get((one.event, one.kind)))


def _is_gap(one: Discrepancy) -> bool:
    """That a disposal lacked its witness alone is told as that, see `unwitnessed`."""
    return one.kind in DISCREPANCIES and (one.kind, one.recorded) != ("disposal without authority", "no witness")


def _discrepancy(look: Look, step: Step, one: Discrepancy, settled: str | None) -> Gap:
    kind = DISCREPANCIES[one.kind]
    before = step.before or step.after
    start = max(filter(None, (before.last_sighted_at, before.seized_at)))
    start = min(before.last_event_at if kind in _EVENT_BEFORE else start, step.at)
    return look.gap(
        kind,
        start,
        step.at,
        _told(kind, one, look.ref, step) + (f"; settled as {settled}" if settled else "; not settled"),
        before=before.where,
        after=step.event.envelope.actor.name,
        events=(before.last_event_id, one.event),
        settled=settled,
    )


def seal_on_seal(look: Look) -> Iterator[Gap]:
    """A new seal on an item whose seal nobody is on record as having opened."""
    for step in look.steps:
        body, before = step.event.body, step.before
        if not isinstance(body, SealApplied) or before is None or before.seal.kind is not SealKind.SEALED:
            continue
        if before.seal.number == body.number:
            continue
        actor = step.event.envelope.actor.name
        told = f"{actor} sealed {look.ref} with {body.number} at {day_and_time(step.at)}, while seal"
        told += f" {before.seal.number} was on it and nobody is on record as having opened that"
        events = (before.last_event_id, step.event.envelope.id)
        start = min(before.last_event_at, step.at)
        yield look.gap(GapKind.SEAL_CHANGED, start, step.at, told, before=before.where, after=actor, events=events)


def opened(look: Look) -> Iterator[Gap]:
    """Openings that nobody sealed again, and those that took longer than a shift."""
    opening: Step | None = None
    for step in look.steps:
        is_open = step.after.opened_at is not None and not step.after.disposed
        if is_open and opening is None:
            opening = step
        elif not is_open and opening is not None:
            if step.at - opening.at > RESEAL_WITHIN:
                yield _opened(look, opening, step)
            opening = None
    if opening is not None:
        yield _opened(look, opening, None)


def _opened(look: Look, opening: Step, closing: Step | None) -> Gap:
    actor = opening.event.envelope.actor.name
    seal = f" (seal {opening.after.seal.number})" if opening.after.seal.number else ""
    closer = closing.event.envelope.actor.name if closing else ""
    end = f"was open until {day_and_time(closing.at)} ({closer})" if closing else "is not on record as sealed again"
    told = f"{actor} opened {look.ref}{seal} at {day_and_time(opening.at)}; it {end}"
    ids = tuple(step.event.envelope.id for step in (opening, closing) if step)
    until = closing.at if closing else None
    return look.gap(GapKind.OPENED, opening.at, until, told, before=actor, after=closer, events=ids)


def unwitnessed(look: Look) -> Iterator[Gap]:
    """Acts that take two people and have one."""
    for step in look.steps:
        why = _by_two(step)
        if why and step.event.envelope.witness is None:
            envelope = step.event.envelope
            told = f"{envelope.actor.name} did alone at {day_and_time(step.at)} what takes two: {why} of {look.ref}"
            yield Gap(
                GapKind.NO_WITNESS, look.last.register_no, step.at, step.at, envelope.actor.name, "",
                (envelope.id,), f"{told}.",
            )  # fmt: skip


def _told(kind: GapKind, one: Discrepancy, ref: str, step: Step) -> str:
    at, actor = day_and_time(step.at), step.event.envelope.actor.name
    if kind in _TOLD_APART:
        return _TOLD_APART[kind].format(actor=actor, ref=ref, at=at, seen=one.seen, recorded=one.recorded)
    if kind is GapKind.SEAL_CHANGED:
        return f"{actor} read seal {one.seen} on {ref} at {at}, where {one.recorded} was on record"
    if kind is GapKind.IMPOSSIBLE:
        return (
            f"{actor} recorded at {at} that {ref} had its {one.seen}, while it was on record {at_place(one.recorded)}"
        )
    if kind is GapKind.TWO_PLACES:
        return f"{actor} scanned {ref} at {one.seen} at {at}, minutes after it was scanned at {one.recorded}"
    if step.event.envelope.basis is Basis.CONTAINER_SCAN:
        took = f"{actor} took {ref}, which nobody scanned, to be in or at {one.seen} at {at}"
        return f"{took}, while it was on record {at_place(one.recorded)}"
    return f"{actor} found {ref} in or at {one.seen} at {at}, while it was on record {at_place(one.recorded)}"


def _by_two(step: Step) -> str:
    """What about the event takes two people; empty where one is enough."""
    body = step.event.body
    if isinstance(body, _BY_TWO_ALWAYS):
        return "the disposal"
    category = BY_TWO.get(step.before.category) if step.before else None
    if category is None:
        return ""
    if isinstance(body, BookedIn):
        return f"the booking in ({category})"
    if isinstance(body, SealApplied):
        return f"the sealing ({category})"
    if isinstance(body, SealOpened) or (isinstance(body, Viewed) and body.opened):
        return f"the opening ({category})"
    return ""
