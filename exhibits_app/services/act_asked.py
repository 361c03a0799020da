"""One item of an act, resolved: what it asks of the custody rules, and the envelope of its event."""

from datetime import datetime
from typing import Any

from ..domain import custody
from ..domain.boxes import Box
from ..domain.custody import Asked
from ..domain.errors import Refusal
from ..domain.events import Body, Condition, Envelope
from ..domain.exhibit import Exhibit
from ..domain.text import NAME_LIMIT, SEAL_LIMIT, SUBMISSION_LIMIT, optional
from .act_shapes import Resolved, ScannedItem
from .kinds import basis_of, is_store_staff


def body_of(kind: str, exhibit: Exhibit, asked: Asked, *, late: bool) -> Body:
    """What to record. A late scan that the present state refuses was done all the same: the fold says what is odd."""
    try:
        return custody.decide(kind, exhibit, asked)
    except Refusal:
        custody.check_time(exhibit, asked)
        observed = custody.as_observed(kind, exhibit, asked) if late else None
        if observed is None:
            raise
        return observed


def happened_at(resolved: Resolved, item: ScannedItem) -> datetime:
    """When the scan was made, on the server's clock."""
    return (item.occurred_at or resolved.act.occurred_at) + resolved.act.corrected


def asked_of(resolved: Resolved, item: ScannedItem, exhibit: Exhibit | Box) -> Asked:
    """What this item, or this box, asks for. Raises BadInput for text that is too long or cannot be printed."""
    if resolved.asked is None:
        resolved.asked = _of_every_item(resolved)
    return Asked(
        at=happened_at(resolved, item),
        store_staff=any(is_store_staff(who, exhibit) for who in resolved.operators),
        seal=_seal(item.seal),
        new_seal=_seal(item.new_seal),
        number=_said(item.number, "number", "the number"),
        counted=_said(item.counted, "counted", "what was counted"),
        **resolved.asked,
    )


def _of_every_item(resolved: Resolved) -> dict[str, Any]:
    """What the act asks of each of its items alike."""
    act = resolved.act
    return {
        "actor": resolved.actor,
        "now": resolved.now,
        "place": resolved.place,
        "joint": resolved.joint.ref if resolved.joint else None,
        "bound_for": resolved.bound_for,
        "box": resolved.box.ref if resolved.box else None,
        "made_safe_by": _said(act.made_safe_by, "made_safe_by", "who made it safe"),
        "present": _said(act.present, "present", "who was present"),
        "opened": act.opened,
        "text": _said(act.text, "text", "the text"),
        "identity": _said(act.identity, "identity", "the proof of identity"),
        "method": act.method,
        "hold": act.hold,
        "until": act.until,
        "reason": _said(act.reason, "reason", "the reason"),
        "receiver": resolved.receiver.ref if resolved.receiver else None,
        "witness": resolved.witness.ref if resolved.witness else None,
        "purpose": _said(act.purpose, "purpose", "the purpose"),
        "due_back": act.due_back,
        "submission": optional(act.submission, "submission", "the submission number", SUBMISSION_LIMIT) or None,
        "authority": optional(act.authority, "authority", "who authorised it", NAME_LIMIT) or None,
        "own_submissions_only": resolved.own_submissions_only,
    }


def _seal(text: str | None) -> str | None:
    """A seal as the register keeps it."""
    return optional(text, "seal", "the seal number", SEAL_LIMIT).upper() or None


def _said(text: str | None, field: str, what: str) -> str | None:
    return optional(text, field, what) or None


def envelope_of(resolved: Resolved, item: ScannedItem, late: bool) -> Envelope:
    """What every event of the act carries, for this item."""
    act = resolved.act
    return Envelope(
        id=item.scan,
        occurred_at=item.occurred_at or act.occurred_at,
        recorded_at=resolved.now,
        actor=resolved.actor,
        act=act.id,
        basis=basis_of(item.method),
        device=resolved.device_ref,
        device_seq=act.device_seq,
        clock_offset_ms=act.clock_offset_ms or None,
        witness=resolved.witness.ref if resolved.witness else None,
        reason=resolved.asked["reason"] if resolved.asked else act.reason,
        late=True if late else None,
        condition=Condition(item.condition) if item.condition else None,
        box=resolved.box.ref if resolved.box and act.kind == "SIGHTING" else None,
    )
