"""History as sentences: one for each event, as it would be read out in court."""

from collections.abc import Callable
from typing import Any

from .decisions import DECISION_NAMES, REASON_NAMES
from .events import (
    CONDITION_NAMES,
    Basis,
    BookedIn,
    Decided,
    Erased,
    Event,
    LabelActivated,
    Labelled,
    LabelVoided,
    Moved,
    Photographed,
    Reclassified,
    Seized,
    Sighted,
    SignedIn,
    SignedOut,
    Submitted,
)
from .fact_names import fact_name
from .show import clock, day
from .told import TELL, boxed
from .told import sealed as _sealed
from .told_legacy import TELL_LEGACY

_HOW = {
    Basis.ITEM_SCAN: "scanned",
    Basis.CONTAINER_SCAN: "inferred from its container",
    Basis.MANUAL: "entered by hand",
    Basis.IMPORT: "imported",
}


def sentence(event: Event, ref: str) -> str:
    """What happened, who did it, when and how it is known, like
    "PC 4521 Reyes took AB/1 from the Ilford transit store, seal S100 intact, at 14:02 on 3 May 2026 (scanned)".
    """
    envelope = event.envelope
    what = told(event, envelope.actor.name, ref)
    behalf = f", on behalf of {envelope.on_behalf_of.name}" if envelope.on_behalf_of else ""
    box = f", in {boxed(envelope.box.name)}" if envelope.box else ""
    condition = f", condition: {CONDITION_NAMES[envelope.condition].lower()}" if envelope.condition else ""
    witness = f", witnessed by {envelope.witness.name}" if envelope.witness else ""
    reason = f", because: {envelope.reason.rstrip('.')}" if envelope.reason else ""
    at = envelope.corrected
    return f"{what}{behalf}{box}{condition}{witness}{reason}, at {clock(at)} on {day(at)} ({_HOW[envelope.basis]})"


def told(event: Event, actor: str, ref: str) -> str:
    """What happened, with the actor called so: "I" in a statement. Without when, and how it is known."""
    return _TELL[type(event.body)](event.body, actor, ref)


def _seized(body: Seized, actor: str, ref: str) -> str:
    where = f" at {body.found_at}" if body.found_at else ""
    power = f" under {body.power}" if body.power else ""
    found = f", found by {body.found_by}" if body.found_by else ""
    for_them = f"; registered by {actor}" if actor != body.seized_by.name else ""
    return f"{body.seized_by.name} seized {ref}{where}{power}{found}{_sealed(body.seal)}{for_them}"


def _labelled(body: Labelled, actor: str, ref: str) -> str:
    if body.series:
        return f"{actor} put blank label {body.code} ({body.series}) on {ref}"
    authorised = f", authorised by {body.authorised_by.name}" if body.authorised_by else ""
    if not body.replaces:
        return f"{actor} printed label {body.code} for {ref}{authorised}"
    if body.awaits_scan:
        once = f"to replace label {body.replaces} once it is scanned"
        return f"{actor} printed label {body.code} for {ref}, {once}{authorised}"
    return f"{actor} printed label {body.code} for {ref}, which revoked label {body.replaces}{authorised}"


def _label_activated(body: LabelActivated, actor: str, ref: str) -> str:
    old = f"; label {body.replaces} is revoked" if body.replaces else ""
    return f"{actor} confirmed label {body.code} of {ref}, which counts from now on{old}"


def _label_voided(body: LabelVoided, actor: str, ref: str) -> str:
    return f"{actor} voided label {body.code} of {ref}, which nobody had scanned"


def _photographed(body: Photographed, actor: str, ref: str) -> str:
    return f"{actor} added a photograph of {ref} ({body.width} x {body.height}, SHA-256 {body.sha256[:12]}...)"


def _booked_in(body: BookedIn, actor: str, ref: str) -> str:
    counted = f", counted or weighed as {body.counted}" if body.counted else ""
    safe = f", made safe by {body.made_safe_by}" if body.made_safe_by else ""
    return f"{actor} booked {ref} into {body.place.name}{_sealed(body.seal)}{counted}{safe}"


def _moved(body: Moved, actor: str, ref: str) -> str:
    return f"{actor} moved {ref} to {body.place.name}{_sealed(body.seal)}"


def _signed_out(body: SignedOut, actor: str, ref: str) -> str:
    together = f" and {body.joint.name}" if body.joint else ""
    return (
        f"{body.receiver.name}{together} took {ref} from {actor} for {body.purpose}, "
        f"due back {day(body.due_back)}{_sealed(body.seal)}"
    )


def _signed_in(body: SignedIn, actor: str, ref: str) -> str:
    return f"{actor} signed {ref} in at {body.place.name}{_sealed(body.seal)}"


def _submitted(body: Submitted, actor: str, ref: str) -> str:
    return (
        f"{actor} sent {ref} to {body.place.name} under submission {body.submission}, "
        f"authorised by {body.authority}{_sealed(body.seal)}"
    )


def _sighted(body: Sighted, actor: str, ref: str) -> str:
    where = f" at {body.place.name}" if body.place else ""
    return f"{actor} sighted {ref}{where}{_sealed(body.seal)}"


def _decided(body: Decided, actor: str, ref: str) -> str:
    name = DECISION_NAMES[body.decision].lower()
    why = f" ({REASON_NAMES.get(body.reason_code, body.reason_code).lower()})" if body.reason_code else ""
    why += f", estimated at £{body.cost:,}" if body.cost is not None else ""
    until = f" until {day(body.until)}" if body.until else ""
    rationale = f": {body.rationale.rstrip('.')}" if body.rationale else ""
    answers = "".join(f"; to what was recommended: {one.answer.rstrip('.')}" for one in body.answers)
    return f"{actor} decided for {ref}: {name}{until}{why}{rationale}{answers}"


def _reclassified(body: Reclassified, actor: str, ref: str) -> str:
    return f"{actor} recorded {ref} as category {body.category} in {body.case.reference} ({body.case.category})"


def _erased(body: Erased, actor: str, ref: str) -> str:
    values = "; ".join(f"{fact_name(one.name)}, of entry {one.seq + 1}" for one in body.erased)
    return (
        f"{actor} erased from the record of {ref} ({values}) on the authority of {body.authority}, "
        f"authorised by {body.authorised_by.name}"
    )


_TELL: dict[type, Callable[[Any, str, str], str]] = {
    Seized: _seized,
    Labelled: _labelled,
    LabelActivated: _label_activated,
    LabelVoided: _label_voided,
    Photographed: _photographed,
    BookedIn: _booked_in,
    Moved: _moved,
    SignedOut: _signed_out,
    SignedIn: _signed_in,
    Submitted: _submitted,
    Sighted: _sighted,
    Decided: _decided,
    Reclassified: _reclassified,
    Erased: _erased,
    **TELL,
    **TELL_LEGACY,
}
