"""What each kind of act needs besides its items, as one table: the store-room page has the same one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEFAULT_KIND = "MOVE"


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of act needs.

    `needs` are asked for once for the act, `each` for every item; `may` is asked for every item, and CONFIRM leaves it
    out. `target` says what `to` is: a place, a box, a person, or nothing. A kind that `stays` is still there for the
    next batch: its place or its box opens that one, and nothing else is asked.
    """

    needs: tuple[str, ...] = ()
    target: str = "place"
    each: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    stays: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "BOOK_IN": Kind(("to",), stays=True),
        "MOVE": Kind(("to",), stays=True),
        "SIGN_OUT": Kind(("receiver", "purpose", "due_back"), target=""),
        "SIGN_IN": Kind(("to",), stays=True),
        "SUBMIT": Kind(("to", "submission", "authority")),
        "SIGHTING": Kind(stays=True),
        "OFFER": Kind(("to",), target="person"),
        "ACCEPT": Kind(target=""),
        "REJECT": Kind(("reject_reason",), target=""),
        "SEAL": Kind(target="", each=("new_seal",)),
        "OPEN": Kind(("open_reason",), target=""),
        "VIEW": Kind(("present", "opened"), target=""),
        "PUT_IN": Kind(("to",), target="box", stays=True),
        "TAKE_OUT": Kind(target=""),
        "COLLECT": Kind(("to",)),
        "RECEIVE": Kind(("to",), stays=True),
        "LAB_RECEIPT": Kind(("to",), each=("lab_number",), stays=True),
        "LAB_RETURN": Kind(("to",), may=("lab_seal",), stays=True),
        "TO_COURT": Kind(("to",), may=("court_number",), stays=True),
        "FROM_COURT": Kind(("to",), stays=True),
        "UNACCOUNTED": Kind(("search",), target=""),
        "FOUND": Kind(("to",), stays=True),
    }
)
# A number of the register's own submissions, as the form has it: who authorised that is on record and not asked for.
OWN_SUBMISSION = re.compile(r"\s*FS[- ]?\d{6,9}\s*", re.IGNORECASE)
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType({name: kind.needs for name, kind in KINDS.items()})

# A verdict with this code is no refusal yet: what it lacks can be given here and now.
DEMANDS: Mapping[str, str] = MappingProxyType(
    {
        "witness_needed": "witness",
        "count_needed": "counted",
        "made_safe_needed": "made_safe_by",
        "unsuitable_place": "place_reason",
    }
)

# What is asked for in its own words and sent under another name.
SENT_AS: Mapping[str, str] = MappingProxyType(
    {
        "reject_reason": "reason",
        "open_reason": "reason",
        "place_reason": "reason",
        "search": "text",
        "lab_seal": "new_seal",
        "lab_number": "number",
        "court_number": "number",
    }
)

# What is said of one item; everything else is said of the act.
OF_AN_ITEM = frozenset({"seal", "new_seal", "lab_seal", "lab_number", "court_number", "counted"})


def fact(what: str) -> str:
    """The member of the act or of its item that the answer to `what` is sent as."""
    return SENT_AS.get(what, what)
