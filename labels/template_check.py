"""Tries a template on every stock before anyone prints by it: nothing that must stand may be crowded out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from labels.drawing import Drawing
from labels.errors import DoesNotFit, LabelDoesNotReadBack, TemplateRefused, TemplateTakesRoom
from labels.fields import Label
from labels.layout import lay_out
from labels.samples import SAMPLES, Sample, longest
from labels.stock import Stock
from labels.template import DEFAULT, FIELDS, FIXED, Template
from labels.verify import Verified, check_drawing

FIELD_WORDS = MappingProxyType(
    {
        "force": "the force's name",
        "reference": "the references",
        "title": "the case title",
        "description": "the description",
        "seizure": "the seizure",
        "seal": "the seal",
        "within": "the store or site above",
        "name": "the name",
        "rank": "the rank and number",
        "line": "the line of text",
    }
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A sample drawn by a template on a stock: the drawing and who read it back, or the sentence why it is refused."""

    sample: Sample
    stock: Stock
    drawing: Drawing | None
    verified: Verified | None
    refused: str = ""

    @property
    def passed(self) -> bool:
        """Whether such a label would be released."""
        return self.verified is not None


def tried(template: Template, stock: Stock, kind: str) -> Iterator[Tried]:
    """Every sample of that kind that the stock is large enough for, drawn and read back."""
    for sample in SAMPLES:
        if sample.kind == kind and _drawn(sample.label, stock, DEFAULT) is not None:
            yield _tried(sample, template, stock)


def check_template(template: Template, stocks: Iterable[Stock]) -> None:
    """See to it that everything the built-in template has room for still has room, and that every sample reads back.

    Raises TemplateTakesRoom naming field and stock, or TemplateRefused with what the self-check saw.
    """
    for stock in stocks:
        for kind in FIELDS:
            _check_room(template, stock, kind)
            for one in tried(template, stock, kind):
                if not one.passed:
                    what = f"the {kind} label with {one.sample.called} on the stock {stock.name}"
                    raise TemplateRefused(what, f"was not released: {one.refused.rstrip('.')}")


def holds(stock: Stock, kind: str) -> bool:
    """Whether the stock is large enough for any label of this kind."""
    return any(_drawn(label, _at_its_longest(stock), DEFAULT) is not None for label in longest(kind))


def _check_room(template: Template, stock: Stock, kind: str) -> None:
    most = _at_its_longest(stock)
    for label in longest(kind):
        if _drawn(label, most, DEFAULT) is not None:
            if _drawn(label, most, template) is None:
                raise TemplateTakesRoom(kind, _in_the_way(template, label, most, kind), stock.name)
            return


def _at_its_longest(stock: Stock) -> Stock:
    """What a continuous roll can give at most; any other stock as it is."""
    return stock.at(stock.height) if stock.has_room_to_grow else stock


def _in_the_way(template: Template, label: Label, stock: Stock, kind: str) -> str:
    """The first field, from the foot of the label, without which the label can be drawn."""
    names = [
        one.field for one in reversed(template.of(kind).fields) if one.leaves == "never" and one.field != FIXED[kind]
    ]
    for name in names:
        if _drawn(label, stock, template.without(kind, name)) is not None:
            return FIELD_WORDS[name]
    return " together with ".join(FIELD_WORDS[name] for name in reversed(names))


def _drawn(label: Label, stock: Stock, template: Template) -> Drawing | None:
    try:
        return lay_out(label, stock, stock.dpi, template)
    except DoesNotFit:
        return None


def _tried(sample: Sample, template: Template, stock: Stock) -> Tried:
    drawing = None
    try:
        drawing = lay_out(sample.label, stock, stock.dpi, template)
        return Tried(sample, stock, drawing, check_drawing(drawing))
    except (DoesNotFit, LabelDoesNotReadBack) as refusal:
        return Tried(sample, stock, drawing, None, refusal.sentence)
