"""The columns of an item's row, computed from its state: those that custody changes, and those of its registration."""

from operator import attrgetter
from typing import Any, Final

from ..domain.clocks import ENDED, Owed, advised_since
from ..domain.exhibit import Alias, CustodyKind, Exhibit, Forensic
from ..domain.laboratory import away_since
from ..services.ports import Held
from .mapping import key_of, micros, micros_or_none, state_of

DEADLINES: Final = ("due_at", "due_kind", "watch_at", "watch_kind", "watch_more", "notice_at")
# A scan changes these. The others stand in indexes that a scan must not pay for.
NARROW: Final = (
    "state", "seq", "head", "custody_kind", "custody_id", "place_id", "store_id", "joint_id", "offered_to",
    "offered_by", "box_id", "seal", "forensic", *DEADLINES, "advised_at", "away_at", "last_event_at", "discrepancies",
)  # fmt: skip
WIDE: Final = (
    "case_id", "reference", "reference_key", "producer_id", "category", "description", "hazards", "code", "seized_at",
    "legacy_key", "grade_at", "grade_plan",
)  # fmt: skip
_REGISTERED = attrgetter(
    "case.id", "reference", "producer.id", "category", "description", "hazards", "code", "seized_at",
    "legacy", "grade_plan",
)  # fmt: skip
# Taken from the case's row whenever it is written, since a list of what is due asks for them.
OF_CASE: Final = ("team_id", "oic_id")


def narrow(held: Held, exhibit: Exhibit, owed: Owed) -> dict[str, Any]:
    """The columns that custody changes."""
    custody = exhibit.custody
    return {
        "state": state_of(exhibit),
        "seq": held.seq,
        "head": held.head,
        "custody_kind": custody.kind.value,
        "custody_id": custody.id,
        "place_id": exhibit.place.id if exhibit.place else None,
        "store_id": custody.id if custody.kind is CustodyKind.STORE else None,
        "joint_id": exhibit.joint.id if exhibit.joint else None,
        "offered_to": exhibit.offer.receiver.id if exhibit.offer else None,
        "offered_by": exhibit.offer.giver.id if exhibit.offer else None,
        "box_id": exhibit.box.id if exhibit.box else None,
        "seal": exhibit.seal.number,
        "forensic": exhibit.forensic.value,
        **deadlines(owed),
        "advised_at": micros_or_none(advised_since(exhibit)),
        "away_at": micros_or_none(away_since(exhibit)),
        "last_event_at": micros(exhibit.last_event_at),
        "discrepancies": len(exhibit.discrepancies),
    }


def deadlines(owed: Owed) -> dict[str, Any]:
    """What is owed first: a decision (`due`), and a step of custody (`watch`); how many other steps are owed."""
    due, watch = owed.decision, owed.custody
    return {
        "due_at": micros(due.due) if due else None,
        "due_kind": due.kind.value if due else None,
        "watch_at": micros(watch.due) if watch else None,
        "watch_kind": watch.kind.value if watch else None,
        "watch_more": len(owed.custody_too),
        "notice_at": micros_or_none(owed.notice),
    }


def same_registration(before: Exhibit, after: Exhibit) -> bool:
    """Whether `wide` gives the same columns for both."""
    graded = before.grade_on is not None or after.grade_on is not None
    return _REGISTERED(before) == _REGISTERED(after) and not (graded and _grade_at(before) != _grade_at(after))


def wide(exhibit: Exhibit) -> dict[str, Any]:
    """The columns of the registration."""
    return {
        "case_id": exhibit.case.id,
        "reference": exhibit.reference,
        "reference_key": key_of(exhibit.reference),
        "producer_id": exhibit.producer.id,
        "category": exhibit.category,
        "description": exhibit.description,
        "hazards": " ".join(exhibit.hazards),
        "code": exhibit.code,
        "seized_at": micros(exhibit.seized_at),
        "legacy_key": legacy_key(exhibit.legacy) if exhibit.legacy else None,
        "grade_at": _grade_at(exhibit),
        "grade_plan": exhibit.grade_plan,
    }


def legacy_key(legacy: Alias) -> str:
    """By what an item is found that came over from a previous system: its number there first, then the system."""
    return f"{key_of(legacy.number)}\n{key_of(legacy.issuer)}"


def _grade_at(exhibit: Exhibit) -> int | None:
    """From when legacy stock counts that nobody has decided about; None once that is over, and for everything else."""
    open_still = exhibit.forensic is Forensic.UNDECIDED and exhibit.custody.kind not in ENDED
    return micros_or_none(exhibit.grade_on) if open_still else None
