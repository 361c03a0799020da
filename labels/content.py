"""What each kind of label says, line by line and by importance, before anyone knows how much room there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from labels.fields import BadgeLabel, CommandLabel, ItemLabel, Label, PlaceLabel
from labels.payload import command_of
from labels.text import cleaned

FaceName = Literal["regular", "bold", "mono"]


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `scale` is its size against the body text; `most` its greatest number of lines.

    A row with a `least_scale` is set smaller, down to that, if it then stands on one line. An `exact` row is
    never shortened, any other at a word. Where room is short, rows are left out whole: those with `leave_out` 1
    first, then 2, then 3; those with 0 never.
    """

    text: str
    face: FaceName = "regular"
    scale: float = 1.0
    most: int = 2
    exact: bool = False
    leave_out: int = 0
    least_scale: float | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The rows from top to bottom and the hazards, already clean."""

    code: str
    rows: tuple[Row, ...]
    hazards: tuple[str, ...] = ()


def _rows(*rows: Row) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.text)


def _dotted(*parts: str) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _after(word: str, text: str) -> str:
    text = cleaned(text)
    return f"{word} {text}" if text else ""


def _item(label: ItemLabel) -> Content:
    # Who stands before where: of a line cut short, the place is what the case file also says.
    seized = " ".join(
        part
        for part in (
            _after("Seized", label.seized_at),
            _after("by" if label.seized_at else "Seized by", label.seized_by),
            _after("at" if label.seized_at or label.seized_by else "Seized at", label.seized_where),
        )
        if part
    )
    references = _dotted(_after("Case", label.case_ref), _after("Property", label.property_ref))
    sealed = _dotted(_after("Seal", label.seal), cleaned(label.category))
    rows = _rows(
        Row(cleaned(label.force_name), scale=0.8, most=1, leave_out=1),
        Row(cleaned(label.exhibit_ref), "bold", 2.0, most=4, exact=True, least_scale=1.2),
        Row(references, "bold", most=4, exact=True, least_scale=0.85),
        Row(cleaned(label.case_title or ""), most=1, leave_out=1),
        Row(cleaned(label.description), scale=1.1, most=8),
        Row(seized, scale=0.9, most=3, leave_out=2),
        Row(sealed, "bold", exact=True, least_scale=0.85, leave_out=3),
    )
    return Content(label.code, rows, tuple(word for word in map(cleaned, label.hazards) if word))


def _place(label: PlaceLabel) -> Content:
    rows = _rows(
        Row(cleaned(label.force_name), scale=0.7, most=1, leave_out=1),
        Row(cleaned(label.within), scale=0.9, most=2),
        Row(cleaned(label.name), "bold", 1.8, most=3),
    )
    return Content(label.code, rows)


def _badge(label: BadgeLabel) -> Content:
    rows = _rows(
        Row(cleaned(label.force_name), scale=0.7, most=1, leave_out=1),
        Row(cleaned(label.rank), scale=1.0, most=1),
        Row(cleaned(label.name), "bold", 1.6, most=3),
    )
    return Content(label.code, rows)


def _command(label: CommandLabel) -> Content:
    name = command_of(label.code).replace("_", " ")
    return Content(
        label.code,
        _rows(
            Row(cleaned(label.group), scale=0.8, most=1, leave_out=1),
            Row(name, "bold", 2.0, exact=True, least_scale=1.2),
            Row(cleaned(label.explanation), most=4, leave_out=1),
        ),
    )


def content_of(label: Label) -> Content:
    """The content of any label."""
    if isinstance(label, ItemLabel):
        return _item(label)
    if isinstance(label, PlaceLabel):
        return _place(label)
    if isinstance(label, BadgeLabel):
        return _badge(label)
    return _command(label)
