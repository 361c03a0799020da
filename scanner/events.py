"""The vocabulary of the scan dialogue: what can happen, and what the dialogue can ask of whoever holds it.

`docs/scan-dialogue.md` explains each word. Everything converts to and from plain JSON, because the store-room page
speaks the same language and is driven by the same table of cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, Literal

Tone = Literal["good", "bad", "stop", "none"]


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One of our codes was read at `at` (seconds since 1970, UTC)."""

    code: str
    at: float
    method: str = "scan"


@dataclass(frozen=True, slots=True)
class Typed:
    """A line was typed, or something was read that is none of our codes; `why` says what is wrong with it as a code."""

    text: str
    at: float
    why: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The service accepted a badge and PIN."""

    badge: str
    session: str
    name: str


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """The service did not accept it; `code` is `pin_needed` when only the PIN is missing."""

    badge: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a code is, in words."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the service says of one item; `error_code` says for machines why it would refuse it."""

    code: str
    verdict: str
    sentence: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Verdicts before commit; nothing is recorded."""

    items: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Verdicts after sending."""

    items: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """The service does not answer; `waiting` acts are in the outbox."""

    waiting: int


@dataclass(frozen=True, slots=True)
class OperatorGone:
    """The operator's sign-in ran out or was ended."""


Event = CodeRead | Typed | SignedIn | SignInRefused | LookedUp | Checked | Recorded | Queued | OperatorGone

_EVENTS: dict[str, type[Any]] = {
    "code": CodeRead,
    "typed": Typed,
    "signed_in": SignedIn,
    "sign_in_refused": SignInRefused,
    "looked_up": LookedUp,
    "checked": Checked,
    "recorded": Recorded,
    "queued": Queued,
    "operator_gone": OperatorGone,
}


def event_from_json(facts: Mapping[str, Any]) -> Event:
    """The event that these JSON facts describe. Raises KeyError or TypeError for what is none."""
    kind = _EVENTS[facts["event"]]
    rest = {name: value for name, value in facts.items() if name != "event"}
    if "items" in rest:
        rest["items"] = tuple(Verdict(**item) for item in rest["items"])
    made: Event = kind(**rest)
    return made


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of an act, and what was said of it: the seal as read, a new one, another's number for it, a count."""

    code: str
    at: float
    method: str
    seal: str | None = None
    new_seal: str | None = None
    number: str | None = None
    counted: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An act as the dialogue knows it, before the outbox gives it ids and a place in the device's sequence.

    `operator`, `receiver`, `joint` and `witness` are sessions; `to` and `bound_for` are codes.
    """

    kind: str
    operator: str
    receiver: str | None = None
    joint: str | None = None
    witness: str | None = None
    to: str | None = None
    bound_for: str | None = None
    purpose: str | None = None
    due_back: str | None = None  # YYYY-MM-DDTHH:MM, Europe/London
    submission: str | None = None
    authority: str | None = None
    made_safe_by: str | None = None
    present: str | None = None
    opened: bool | None = None
    text: str | None = None
    reason: str | None = None
    occurred: float  # seconds since 1970, UTC
    items: tuple[DraftItem, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Show and speak."""

    message: str
    sentence: str
    tone: Tone = "none"


@dataclass(frozen=True, slots=True)
class Ask:
    """Wait for a typed line that answers `what`."""

    what: str
    sentence: str

    @property
    def secret(self) -> bool:
        """Whether the answer is a PIN, which is never shown."""
        return self.what == "pin" or self.what.endswith("_pin")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ask the service to sign a person in on this device.

    `role` is None for the operator; a `receiver`, a `joint` receiver or a `witness` proves who they are every time.
    """

    badge: str
    pin: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the service what a code is."""

    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item stands in the batch, as this row counted from 1, with what was said of it."""

    number: int
    code: str
    seal: str | None
    new_seal: str | None = None
    item_number: str | None = None
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class RowGone:
    """The row was taken back."""

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The heading of the open batch; `count` is 0 after it was closed."""

    kind: str | None
    to: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Check:
    """Ask for verdicts before commit."""

    act: Draft


@dataclass(frozen=True, slots=True)
class Send:
    """Put the act in the outbox and send it."""

    act: Draft


Effect = Say | Ask | SignIn | LookUp | Row | RowGone | Batch | Check | Send

_EFFECTS: dict[type[Any], str] = {
    Say: "say",
    Ask: "ask",
    SignIn: "sign_in",
    LookUp: "look_up",
    Row: "row",
    RowGone: "row_gone",
    Batch: "batch",
    Check: "check",
    Send: "send",
}


def effect_to_json(effect: Effect) -> dict[str, Any]:
    """The effect as plain JSON values, with its name under `effect`. What an act does not say is left out of it."""
    facts = asdict(effect)
    if isinstance(effect, Row | SignIn):
        always = {field.name for field in fields(effect) if field.default is MISSING}
        facts = {name: value for name, value in facts.items() if value is not None or name in always}
    if isinstance(effect, Check | Send):
        act = _said(facts["act"])
        facts["act"] = {**act, "items": [_said(item) for item in act["items"]]}
    return {"effect": _EFFECTS[type(effect)], **facts}


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
