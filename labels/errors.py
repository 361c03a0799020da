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
    """The text cannot be one of our codes. `seen` is the text as given, `why` the half-sentence of the fault."""

    code = "not_a_code"

    def __init__(self, seen: str, why: str) -> None:
        super().__init__(
            f"\N{LEFT DOUBLE QUOTATION MARK}{_shown(seen)}\N{RIGHT DOUBLE QUOTATION MARK} is not one of our codes: {why}."
        )
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
