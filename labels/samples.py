"""Invented labels: what a template is shown with, and the longest that it must have room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from labels.fields import MOST_HAZARDS, BadgeLabel, ItemLabel, Label, PlaceLabel
from labels.payload import CodeType, issue


def _code(kind: CodeType) -> str:
    """The one of this kind that no force will ever draw by chance: all noughts."""
    return issue(kind, bytes)


_FORCE = "Northshire Police"
_ITEM = ItemLabel(
    code=_code(CodeType.ITEM),
    exhibit_ref="AB/1",
    description="Double duvet cover, blue and white stripes",
    force_name=_FORCE,
    property_ref="1 284",
    case_ref="OP FERN 123/25",
    case_title="Death at 14 Cherry Tree Lane",
    category="DTH-BED",
    seized_at="14:02 3 May 2025",
    seized_where="14 Cherry Tree Lane",
    seized_by="PC 4521 Reyes",
    seal="S1000417",
)
_LONG = (
    "Black nylon rucksack with two side pockets, holding a grey fleece jacket, size L, a blue water bottle, half full, "
    "a paperback with notes in pencil on its last pages, a phone charger with a torn cable and a bunch of five keys on "
    "a red cord, all of it damp and smelling of smoke; the left strap is cut through"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented label of one kind; `called` completes "a label with ..."."""

    kind: str
    called: str
    label: Label


_SHELF, _CRATE, _PERSON = (_code(kind) for kind in (CodeType.PLACE, CodeType.BOX, CodeType.PERSON))
SAMPLES = (
    Sample("item", "an ordinary item", _ITEM),
    Sample("item", "a long description", replace(_ITEM, description=_LONG, exhibit_ref="RJM/12/XY/3")),
    Sample("item", "an Arabic description", replace(_ITEM, description="مفتاح سيارة (12) مع سلسلة مفاتيح حمراء")),
    Sample("item", "hazards", replace(_ITEM, description="Syringe in a tube", hazards=("Sharp", "Biohazard"))),
    Sample("item", "a restricted case", replace(_ITEM, case_title=None, category="CASH", description="Bank notes")),
    Sample("item", "little on record", replace(_ITEM, case_ref="", property_ref="", seal="", case_title="")),
    Sample("place", "a shelf", PlaceLabel(_SHELF, "Bay 2, shelf C", "Ilford transit store", _FORCE)),
    Sample("place", "a box", PlaceLabel(_CRATE, "Crate 7", "", _FORCE)),
    Sample("badge", "a person", BadgeLabel(_PERSON, "Abimbola Okonkwo-Fitzgerald", "PC 4521", _FORCE)),
)

_WIDE = "W"
_WORDS = "wide wording " * 60
_HAZARDS = ("Biohazard", "Flammable", "Corrosive", "Firearm", "Toxic", "Sharp")[:MOST_HAZARDS]


def longest(kind: str) -> Iterator[Label]:
    """Ever less demanding labels: of these, a template must have room for all that the built-in one has room for.

    Texts that a label may shorten are longer than any label; references are as long as they may be, then shorter.
    """
    if kind == "place":
        yield PlaceLabel(_SHELF, _WORDS, _WORDS, _WORDS)
    elif kind == "badge":
        yield BadgeLabel(_PERSON, _WORDS, _WORDS, _WORDS)
    else:
        yield from _longest_items()


def _longest_items() -> Iterator[ItemLabel]:
    full = replace(_ITEM, description=_WORDS, force_name=_WORDS, case_title=_WORDS, seized_by=_WORDS)
    for count in range(len(_HAZARDS), -1, -1):
        for length in (40, 24, 12, 6):
            text = _WIDE * length
            filled = replace(full, exhibit_ref=text, case_ref=text, property_ref=text, seal=text)
            yield replace(filled, hazards=_HAZARDS[:count])
    yield replace(full, case_ref="", property_ref="", seal="")
