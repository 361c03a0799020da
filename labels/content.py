"""What each kind of label says, line by line and by importance, before anyone knows how much room there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from labels.fields import BadgeLabel, BlankLabel, CommandLabel, ItemLabel, Label, PlaceLabel
from labels.payload import command_of
from labels.template import DEFAULT, FIXED, LEAVES, SIZES, KindTemplate, Placed, Template
from labels.text import cleaned

FaceName = Literal["regular", "bold", "mono"]


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `scale` is its size against the body text; `most` its greatest number of lines.

    A row with a `least_scale` is set smaller, down to that, if it then stands on one line. An `exact` row is
    never shortened, any other at a word. Where room is short, rows are left out whole: those with `leave_out` 1
    first, then 2, then 3; those with 0 never. A row with `ruled` words is a line to write on: each word, and a rule
    from there to the next.
    """

    text: str
    face: FaceName = "regular"
    scale: float = 1.0
    most: int = 2
    exact: bool = False
    leave_out: int = 0
    least_scale: float | None = None
    ruled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The rows from top to bottom and the hazards, already clean."""

    code: str
    rows: tuple[Row, ...]
    hazards: tuple[str, ...] = ()


def _dotted(*parts: str) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _after(word: str, text: str) -> str:
    text = cleaned(text)
    return f"{word} {text}" if text else ""


def _seizure(label: ItemLabel) -> str:
    # Who stands before where: of a line cut short, the place is what the case file also says.
    parts = (
        _after("Seized", label.seized_at),
        _after("by" if label.seized_at else "Seized by", label.seized_by),
        _after("at" if label.seized_at or label.seized_by else "Seized at", label.seized_where),
    )
    return " ".join(part for part in parts if part)


def _item(label: ItemLabel, template: KindTemplate) -> Content:
    references = _dotted(_after("Case", label.case_ref), _after("Property", label.property_ref))
    sealed = _dotted(_after("Seal", label.seal), cleaned(label.category if template.category else ""))
    known = {
        "force": (Row(cleaned(label.force_name), most=1),),
        "reference": (
            Row(cleaned(label.exhibit_ref), "bold", 2.0, most=4, exact=True, least_scale=1.2),
            Row(references, "bold", most=4, exact=True, least_scale=0.85),
        ),
        "title": (Row(cleaned(label.case_title or ""), most=1),),
        "description": (Row(cleaned(label.description), most=8),),
        "seizure": (Row(_seizure(label), most=3),),
        "seal": (Row(sealed, "bold", exact=True, least_scale=0.85),),
    }
    rows = _arranged(known, template)
    return Content(label.code, rows, tuple(word for word in map(cleaned, label.hazards) if word))


def _place(label: PlaceLabel, template: KindTemplate) -> Content:
    known = {
        "force": (Row(cleaned(label.force_name), most=1),),
        "within": (Row(cleaned(label.within), most=2),),
        "name": (Row(cleaned(label.name), "bold", 1.8, most=3),),
    }
    return Content(label.code, _arranged(known, template))


def _badge(label: BadgeLabel, template: KindTemplate) -> Content:
    known = {
        "force": (Row(cleaned(label.force_name), most=1),),
        "rank": (Row(cleaned(label.rank), most=1),),
        "name": (Row(cleaned(label.name), "bold", 1.6, most=3),),
    }
    return Content(label.code, _arranged(known, template))


def _command(label: CommandLabel) -> Content:
    name = command_of(label.code).replace("_", " ")
    rows = (
        Row(cleaned(label.group), scale=0.8, most=1, leave_out=1),
        Row(name, "bold", 2.0, exact=True, least_scale=1.2),
        Row(cleaned(label.explanation), most=4, leave_out=1),
    )
    return Content(label.code, tuple(row for row in rows if row.text))


def _blank(label: BlankLabel) -> Content:
    rows = (
        Row(cleaned(label.force_name), scale=0.8, most=1, leave_out=1),
        Row(cleaned(label.series), "bold", 1.21, most=2, exact=True, least_scale=0.7),
        Row(cleaned(label.purpose), scale=0.9, most=1, leave_out=1),
        *(_ruled(tuple(map(cleaned, words)), 3 if at < 2 else 2) for at, words in enumerate(label.lines)),
    )
    return Content(label.code, tuple(row for row in rows if row.text))


def _ruled(words: tuple[str, ...], leave_out: int) -> Row:
    return Row(" ".join(words), scale=0.8, most=1, exact=True, leave_out=leave_out, ruled=words)


def _arranged(known: Mapping[str, tuple[Row, ...]], template: KindTemplate) -> tuple[Row, ...]:
    """The rows in the template's order; what no template may shrink or let go stays as it is."""
    rows: list[Row] = []
    for placed in template.fields:
        found = known.get(placed.field) or (Row(template.line),)
        rows += found if placed.field == FIXED[template.kind] else (_sized(row, placed) for row in found)
    return tuple(row for row in rows if row.text)


def _sized(row: Row, placed: Placed) -> Row:
    scale = SIZES[placed.size]
    least = None if row.least_scale is None else min(row.least_scale, scale)
    return replace(row, scale=scale, least_scale=least, leave_out=LEAVES[placed.leaves])


def kind_of(label: Label) -> str | None:
    """Which part of a template the label is drawn by; None for a command or a blank one, which have none."""
    return {ItemLabel: "item", PlaceLabel: "place", BadgeLabel: "badge"}.get(type(label))


def content_of(label: Label, template: Template = DEFAULT) -> Content:
    """The content of any label."""
    if isinstance(label, BlankLabel):
        return _blank(label)
    if isinstance(label, ItemLabel):
        return _item(label, template.item)
    if isinstance(label, PlaceLabel):
        return _place(label, template.place)
    if isinstance(label, BadgeLabel):
        return _badge(label, template.badge)
    return _command(label)
