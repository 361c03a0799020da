"""What every form that prints asks besides: which printer, and why something is printed again."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

from labels.errors import LabelRefusal as FileRefused

from ..current import services
from ..domain.errors import (
    AuthoriserIsActor,
    BadInput,
    LabelRefusal,
    PrinterUnknown,
    Refusal,
    ReprintNotAuthorised,
)
from ..domain.printing import REPRINT_REASONS
from ..services.reprints import Again
from ..services.typed_acts import SignIn

# What a form that prints shows beside its fields.
SAID = (BadInput, LabelRefusal, AuthoriserIsActor)

# Other forms on the same pages ask for reasons of their own.
_NAMES = {"reason": "again_reason", "words": "again_words"}


@dataclass(frozen=True, slots=True)
class PrintingOffer:
    """The printers by name, or why none can be used; the reasons for printing again, and whether that takes two."""

    printers: tuple[str, ...]
    fault: str
    reasons: Mapping[str, str]
    by_two: bool


def offer() -> PrintingOffer:
    """What can be chosen now."""
    by_two = services().limits.reprint_by_two
    try:
        return PrintingOffer(tuple(services().printers.known()), "", REPRINT_REASONS, by_two)
    except FileRefused as refusal:
        return PrintingOffer((), str(refusal), REPRINT_REASONS, by_two)


def again_of(given: Mapping[str, str]) -> Again:
    """Why it is printed again, and who authorises it, as typed."""
    name = given.get("authoriser_name", "").strip()
    second = SignIn(name, given.get("authoriser_password", "")) if name else None
    return Again(given.get("again_reason", ""), given.get("again_words", ""), second)


def fault_of(refusal: Refusal) -> dict[str, str]:
    """The sentence by the field that it belongs to."""
    if isinstance(refusal, PrinterUnknown):
        return {"printer": refusal.sentence()}
    if isinstance(refusal, ReprintNotAuthorised | AuthoriserIsActor):
        return {"authoriser_name": refusal.sentence()}
    field = getattr(refusal, "field", "")
    return {_NAMES.get(field, field) or "stock": refusal.sentence()}


def register(app: Flask) -> None:
    """Give the templates `printing_offer()`."""
    app.jinja_env.globals["printing_offer"] = offer
