"""The values of events in plain words, for somebody who chooses which of them to withhold or to erase."""

from datetime import datetime
from typing import Any, Final

from .show import day_and_time

KIND_NAMES: Final = {
    "seize": "Seizure",
    "split_off": "Split off from another item",
    "label": "Label printed",
    "activate_label": "Label scanned for the first time",
    "void_label": "Label voided",
    "relabel": "Identified anew",
    "book_in": "Booked in",
    "sign_out": "Signed out",
    "sign_in": "Signed in",
    "put_in": "Put into a box",
    "take_out": "Taken out of a box",
    "box_seal": "Its box closed and sealed",
    "box_open": "Its box opened",
    "open": "Seal opened",
    "seal": "Sealed",
    "view": "Viewed",
    "authorise_submission": "Submission authorised",
    "recall_submission": "Authority to submit taken back",
    "submit": "Sent for examination",
    "lab_receipt": "Received by the laboratory",
    "lab_return": "Back from the laboratory",
    "to_court": "Taken to court",
    "from_court": "Back from court",
    "decide": "Forensic decision",
    "reclassify": "Category changed",
    "recommend": "Examination recommended",
    "answer": "Recommendation answered",
    "grade": "Forensic grade",
    "import": "Imported from a previous system",
    "plan_grading": "Grading in planned",
    "reopen": "Decision reopened",
    "result": "Result of an examination",
    "see_end": "Seen that it was used up",
    "unaccounted": "Not accounted for",
    "missing": "Confirmed missing",
    "found": "Found again",
    "release_hold": "Hold released",
    "review": "Retention reviewed",
    "authorise_disposal": "Disposal authorised",
    "re_seize": "Seized again",
    "correct": "Correction",
    "settle": "Discrepancy settled",
    "erase": "Values erased",
}
FACT_NAMES: Final = {
    "act": "number of the act",
    "actor": "who did it",
    "adviser": "who recommended it",
    "answers": "answers to recommendations",
    "authorised_by": "who authorised it",
    "authority": "authority",
    "awaits_scan": "whether it counts only once it is scanned",
    "basis": "how it is known",
    "caption": "caption of the photograph",
    "case": "case, with its officer",
    "claimant": "who claimed it",
    "clock_offset_ms": "how far the device's clock was off",
    "code": "code of the label",
    "consulted": "who was consulted",
    "content": "fingerprint of the form",
    "corrects": "what it corrects",
    "cost": "what it was estimated to cost, in pounds",
    "counted": "what was counted",
    "device": "device",
    "device_seq": "number in the device's own order",
    "due_back": "when it was due back",
    "erased": "which values were erased",
    "found_at": "where it was found",
    "found_by": "who found it",
    "grade_on": "from when its time limits count",
    "id": "number of the event",
    "identity": "proof of identity",
    "issuer": "previous system",
    "late": "whether it arrived late",
    "note": "what else was said",
    "examiner": "examiner or unit",
    "made_safe_by": "who made it safe",
    "occurred_at": "when it happened",
    "on_behalf_of": "on whose behalf",
    "place": "place",
    "power": "power of seizure",
    "present": "who was present",
    "producer": "producer",
    "rationale": "why, in their own words",
    "receiver": "who received it",
    "reference": "exhibit reference",
    "reported_at": "date of the report",
    "reopen_if": "what would reopen it",
    "replaces": "label that it replaced",
    "sha256": "fingerprint of the photograph",
    "seized_by": "who seized it",
    "until": "until when",
    "witness": "witness",
}
_MOST: Final = 160


def kind_name(kind: str) -> str:
    """What kind of event it was, like "Signed out"."""
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize())


def fact_name(name: str) -> str:
    """What a value of an event is, like "who found it" for seize.found_by."""
    field = name.rpartition(".")[2]
    return FACT_NAMES.get(field, field.replace("_", " "))


def shown(value: Any) -> str:
    """The value as a person reads it, at most 160 characters."""
    told = _shown(value)
    return told if len(told) <= _MOST else told[: _MOST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if "name" in value:
            return str(value["name"])
        return ", ".join(_shown(one) for name, one in value.items() if name not in {"id", "digest"})
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, str) and len(value) == 27 and value.endswith("Z"):
        return _time(value)
    return str(value)


def _time(value: str) -> str:
    try:
        return day_and_time(datetime.fromisoformat(value))
    except ValueError:
        return value
