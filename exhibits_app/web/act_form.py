"""The form of an act: which questions it has for these items and this person, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from ..domain.custody import BY_TWO, COUNTED
from ..domain.custody.ending import HOLD_NAMES, METHOD_NAMES
from ..domain.events import CONDITION_NAMES
from ..domain.exhibit import Exhibit
from ..domain.typed_times import moment, start_of_day
from ..services.typed_acts import Particulars, Second, SignIn
from .act_spec import Ask, Spec

Choices = Sequence[tuple[str, str]]
Faults = dict[str, str]

_LONG: Final = frozenset({"reason", "text", "present"})
_SHORT: Final = frozenset(
    {
        "seal",
        "new_seal",
        "number",
        "submission",
        "box",
        "due_back",
        "until",
        "occurred_at",
        "report",
        "reported_at",
        "item",
    }
)
# What is one item's own is not asked for many at once.
_OF_ONE: Final = frozenset({"seal", "number"})
_NUMBERS: Final = ("place", "bound_for", "receiver")
_TEXTS: Final = (
    "seal", "new_seal", "number", "counted", "made_safe_by", "present", "text", "identity", "purpose", "submission",
    "authority", "reason", "method", "hold", "condition", "box",
)  # fmt: skip
_WITNESS: Final = (
    Ask("witness_name", "Sign-in name of the witness", must="A witness must sign in here, with their own password."),
    Ask("witness_password", "The witness’s password"),
)
_WHEN: Final = Ask("occurred_at", "When it happened", "Like 21/11/2026 14:30. Leave it empty if it was just now.")
_CONDITION: Final = Ask("condition", "Condition, as you see it")
_COUNTED: Final = Ask(
    "counted", "What you and the witness counted or weighed", must="Enter what was counted or weighed."
)
_SAFE: Final = Ask("made_safe_by", "Who made it safe", must="Enter who made it safe.")
_ASIDES: Final = {
    "joint_name": "Somebody takes it with them",
    "joint_password": "Somebody takes it with them",
    "occurred_at": "It happened earlier, not just now",
}
_UNREADABLE: Final = {
    "due_back": "Enter when it is due back as a date, like 28/11/2026.",
    "until": "Enter the next review as a date, like 28/11/2026.",
    "occurred_at": "Enter when it happened as a date and time, like 21/11/2026 14:30.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One field as the page shows it. `kind` is text, long, select, radios, checkbox or password."""

    ask: Ask
    kind: str
    choices: Choices = ()

    @property
    def label(self) -> str:
        """What stands above the field; what may be left empty says so."""
        optional = not self.ask.must and self.kind not in {"password", "checkbox"}
        return f"{self.ask.label} (optional)" if optional else self.ask.label

    @property
    def aside(self) -> str:
        """The heading under which the question is folded away, since few need it; empty for the others."""
        return _ASIDES.get(self.ask.field, "")

    @property
    def short(self) -> bool:
        """Whether what goes in is short."""
        return self.ask.field in _SHORT


def questions(spec: Spec, exhibits: Sequence[Exhibit], choices: Mapping[str, Choices]) -> list[Question]:
    """The questions of the act for these items, in their order. `choices` are those of places and people."""
    many = len(exhibits) > 1
    asks = [ask for ask in spec.asks if not (many and ask.field in _OF_ONE and not ask.must)]
    categories = {exhibit.category for exhibit in exhibits}
    if spec.counted:
        asks += [_COUNTED] if categories & COUNTED else []
        asks += [_SAFE] if "FA" in categories else []
    if spec.condition and not many:
        asks.append(_CONDITION)
    if spec.witness == "always" or (spec.witness and categories & set(BY_TWO)):
        asks += _WITNESS
    holds = {hold.hold for exhibit in exhibits for hold in exhibit.holds}
    own: dict[str, Choices] = {
        "hold": [(value, name) for value, name in HOLD_NAMES.items() if spec.kind == "HOLD" or value in holds],
        "method": list(METHOD_NAMES.items()),
        "condition": [("", "Not looked at"), *((one.value, name) for one, name in CONDITION_NAMES.items())],
    }
    asked = [_question(ask, {**own, **choices}.get(ask.field, ())) for ask in [*asks, _WHEN]]
    return [question for question in asked if question.kind != "radios" or question.choices]


def faults(asked: Sequence[Question], given: MultiDict[str, str]) -> Faults:
    """What must be answered and was not, and times that cannot be read, by field."""
    found: Faults = {}
    for question in asked:
        field = question.ask.field
        text = given.get(field, "").strip()
        if not text and question.ask.must and _is_needed(question, given):
            found[field] = question.ask.must
        elif text and field in _UNREADABLE and _time(field, text) is None:
            found[field] = _UNREADABLE[field]
    return found


def particulars(given: MultiDict[str, str], *, for_leaver: bool) -> Particulars:
    """The act for the service."""
    numbers = {name: given.get(name, type=int) for name in _NUMBERS}
    times = {name: _time(name, given.get(name, "")) for name in ("occurred_at", "due_back", "until")}
    texts = {name: given.get(name, "") for name in _TEXTS}
    everything: dict[str, Any] = {**numbers, **times, **texts}
    return Particulars(**everything, opened=bool(given.get("opened")), for_leaver=for_leaver)


def second(given: MultiDict[str, str]) -> Second:
    """Who signs in beside the person at the page."""
    return Second(_sign_in(given, "witness"), _sign_in(given, "receiver"), _sign_in(given, "joint"))


def _sign_in(given: MultiDict[str, str], role: str) -> SignIn | None:
    name = given.get(f"{role}_name", "").strip()
    return SignIn(name, given.get(f"{role}_password", "")) if name else None


def _is_needed(question: Question, given: MultiDict[str, str]) -> bool:
    """A viewing that opens nothing needs no witness."""
    viewing = "present" in given
    return not (viewing and question.ask.field == "witness_name" and not given.get("opened"))


def _question(ask: Ask, choices: Choices) -> Question:
    if ask.field in {"hold", "method"}:
        return Question(ask, "radios", choices)
    if ask.field in {"place", "bound_for", "receiver", "condition"}:
        return Question(ask, "select", choices)
    if ask.field.endswith("_password"):
        return Question(ask, "password")
    if ask.field == "opened":
        return Question(ask, "checkbox")
    return Question(ask, "long" if ask.field in _LONG else "text")


def _time(field: str, text: str) -> datetime | None:
    """A moment; what is due back on a day is due by its end, and a review is due when its day begins."""
    if field == "occurred_at":
        return moment(text)
    if field == "until":
        return start_of_day(text)
    return moment(text) or moment(f"{text} 23:59")
