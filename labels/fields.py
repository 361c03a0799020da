"""What stands on each kind of label, as plain values that check themselves once."""

from __future__ import annotations

from dataclasses import dataclass, fields

from labels.errors import FieldRefused
from labels.payload import CodeType, command_of, parse, type_of

# Longer than any real one; a reference or a seal is never shortened, so it must have an end.
_LONGEST_EXACT = 40
_EXACT = ("exhibit_ref", "property_ref", "case_ref", "seal")
MOST_HAZARDS = 6


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """One printing of one item's label. Times are text, already in the force's local time.

    `case_title` is None for a restricted case: then no title is printed. References and seals are printed
    whole or not at all; a description is shortened at a word. Raises FieldRefused, NotACode, CheckFails.
    """

    code: str
    exhibit_ref: str
    description: str
    force_name: str = ""
    property_ref: str = ""
    case_ref: str = ""
    case_title: str | None = None
    category: str = ""
    seized_at: str = ""
    seized_where: str = ""
    seized_by: str = ""
    seal: str = ""
    hazards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_code(self.code, CodeType.ITEM, CodeType.BOX)
        for name in _EXACT:
            if len(getattr(self, name)) > _LONGEST_EXACT:
                raise FieldRefused(name, f"is longer than {_LONGEST_EXACT} characters; shorten it in the register")
        if len(self.hazards) > MOST_HAZARDS:
            raise FieldRefused("hazards", f"has more than {MOST_HAZARDS} entries; name the gravest")


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """A storage place: its name as people say it, and the store or site above it."""

    code: str
    name: str
    within: str = ""
    force_name: str = ""

    def __post_init__(self) -> None:
        _check_code(self.code, CodeType.PLACE, CodeType.BOX)


@dataclass(frozen=True, slots=True)
class BadgeLabel:
    """A person's scan badge. The code is the badge's own, not the person's number."""

    code: str
    name: str
    rank: str = ""
    force_name: str = ""

    def __post_init__(self) -> None:
        _check_code(self.code, CodeType.PERSON)


@dataclass(frozen=True, slots=True)
class CommandLabel:
    """A command that a handheld scanner gives without a keyboard. `group` says among which others it belongs."""

    code: str
    explanation: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        _check_code(self.code, CodeType.COMMAND)
        command_of(self.code)


@dataclass(frozen=True, slots=True)
class BlankLabel:
    """An item's label printed ahead, to be bound at the scene. `series` is like "Series 12, label 34 of 100".

    Each of `lines` holds the words of one ruled line, with room to write after each word; on a small label the last
    lines are left out, so the most important comes first.
    """

    code: str
    series: str
    purpose: str = ""
    lines: tuple[tuple[str, ...], ...] = ()
    force_name: str = ""

    def __post_init__(self) -> None:
        _check_code(self.code, CodeType.ITEM)
        if len(self.series) > _LONGEST_EXACT:
            raise FieldRefused("series", f"is longer than {_LONGEST_EXACT} characters; shorten it")


Label = ItemLabel | PlaceLabel | BadgeLabel | CommandLabel | BlankLabel


def _check_code(code: str, *allowed: CodeType) -> None:
    if parse(code) != code:
        raise FieldRefused("code", "must be given as its ten capital letters and digits")
    if type_of(code) not in allowed:
        words = " or ".join(kind.word for kind in allowed)
        raise FieldRefused("code", f"names a {type_of(code).word}, and this label is for a {words}")


_KINDS: dict[str, type[Label]] = {
    "item": ItemLabel,
    "place": PlaceLabel,
    "box": PlaceLabel,  # A box is a place that moves: it is its code that says which of the two.
    "badge": BadgeLabel,
    "command": CommandLabel,
    "blank": BlankLabel,
}


def label_from(values: object) -> Label:
    """A label from a JSON object whose `label` is item (default), place, badge, command or blank.

    Raises FieldRefused for an unknown kind or field, a missing one or one of the wrong type.
    """
    if not isinstance(values, dict):
        raise FieldRefused("the line", "is not a JSON object")
    given = dict(values)
    kind = _KINDS.get(str(given.pop("label", "item")))
    if kind is None:
        raise FieldRefused("label", f"must be one of {', '.join(_KINDS)}")
    known = {field.name for field in fields(kind)}
    for name, value in given.items():
        _check_json(str(name), value, known)
    if isinstance(given.get("hazards"), list):
        given["hazards"] = tuple(given["hazards"])
    if isinstance(given.get("lines"), list):
        given["lines"] = tuple(map(tuple, given["lines"]))
    try:
        return kind(**given)
    except TypeError as missing:
        raise FieldRefused("a field", f"is missing ({missing})") from missing


def _check_json(name: str, value: object, known: set[str]) -> None:
    if name not in known:
        raise FieldRefused(name, "is not a field of this label")
    if name == "hazards":
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise FieldRefused(name, "must be a list of words")
    elif name == "lines":
        lines = value if isinstance(value, list) else [None]
        if not all(isinstance(line, list) and line and all(isinstance(one, str) for one in line) for line in lines):
            raise FieldRefused(name, "must be a list of lines, each a list of words")
    elif not isinstance(value, str) and not (value is None and name == "case_title"):
        raise FieldRefused(name, "must be text")
