"""Every refusal of the labels, so that a caller can catch one family and show a person one sentence.

LabelRefusal
├── NotACode            wrong length, characters or type letter
├── CheckFails          the form is right, the check character is not: a misreading
├── UnknownCommand      a command code or name that this version does not have
├── UnknownStock        no such label stock
├── DoesNotFit          a symbol or a field cannot be drawn at a size that reads
├── FieldRefused        a field holds what no label may carry
└── LabelDoesNotReadBack  the drawn label was decoded and says something else, or nothing
"""

from __future__ import annotations

from typing import ClassVar


class LabelRefusal(Exception):
    """Something was refused: `code` is for machines, `sentence` (also `str()`) for people."""

    code: ClassVar[str] = "label_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _shown(text: str, limit: int = 24) -> str:
    """The text as it may be repeated to a person: printable, and not 10,000 characters long."""
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return printable if len(printable) <= limit else printable[:limit] + "\N{HORIZONTAL ELLIPSIS}"


class NotACode(LabelRefusal):
    """The text cannot be one of our codes. `seen` is the text as given, `why` says half a sentence."""

    code = "not_a_code"

    def __init__(self, seen: str, why: str) -> None:
        super().__init__(f"“{_shown(seen)}” is not one of our codes: {why}.")
        self.seen = seen
        self.why = why


class CheckFails(LabelRefusal):
    """The check character does not fit the other nine. `seen` is the canonical text as read."""

    code = "check_fails"

    def __init__(self, seen: str) -> None:
        super().__init__(
            f"The code {_shown(seen)} was misread: its check character does not fit. "
            "Scan the label again, or type the code exactly as printed."
        )
        self.seen = seen


class UnknownCommand(LabelRefusal):
    """A command that this version does not have. `seen` is the code or the name."""

    code = "unknown_command"

    def __init__(self, seen: str) -> None:
        super().__init__(f"{_shown(seen)} is not a command of this version: print a new command sheet.")
        self.seen = seen


class UnknownStock(LabelRefusal):
    """No label stock has that name. `seen` is the name, `known` the names that there are."""

    code = "unknown_stock"

    def __init__(self, seen: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no label stock {_shown(seen)}: choose one of {', '.join(known)}.")
        self.seen = seen
        self.known = known


class DoesNotFit(LabelRefusal):
    """Something cannot be drawn on this stock at a size that reads. `what` and `stock` name the two."""

    code = "does_not_fit"

    def __init__(self, what: str, stock: str) -> None:
        super().__init__(f"{what} does not fit on the stock {_shown(stock)}: choose a larger label.")
        self.what = what
        self.stock = stock


class FieldRefused(LabelRefusal):
    """A field holds what no label may carry. `field` is its name, `why` the half-sentence of what to do."""

    code = "label_field_refused"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"The label was not made: {field.replace('_', ' ')} {why}.")
        self.field = field
        self.why = why


class LabelDoesNotReadBack(LabelRefusal):
    """The drawn label did not decode to its code. `expected` is the code, `faults` what each reader saw."""

    code = "label_does_not_read_back"

    def __init__(self, expected: str, faults: tuple[str, ...]) -> None:
        super().__init__(f"The label {expected} was not released: {'; '.join(faults)}.")
        self.expected = expected
        self.faults = faults
