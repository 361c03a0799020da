"""Every refusal of the labels, so that a caller can catch one family and show a person one sentence.

LabelRefusal
├── NotACode            wrong length, characters or type letter
├── CheckFails          the form is right, the check character is not: a misreading
├── UnknownCommand      a command code or name that this version does not have
├── UnknownStock        no such label stock
├── StockRefused        a stock of one's own on which labels would overlap or not read
├── StocksFileRefused   the file that describes one's own stock is not as it should be
├── DoesNotFit          a symbol or a field cannot be drawn at a size that reads
├── ReceiptRefused      a receipt lacks something, or holds what it must not
├── FieldRefused        a field holds what no label may carry
├── TemplateRefused     a template asks for what no label can show
│   ├── LogoRefused     its logo is not a small picture in black and white
│   └── TemplateTakesRoom  what has to stand on a label finds no room beside a field of the template
├── LabelDoesNotReadBack  the drawn label was decoded and says something else, or nothing
├── OffsetTooLarge      a printer's offset would push ink off the label
├── PrintersFileRefused the file that names the printers is not as it should be
└── NotPrinted          the job did not get to its printer (these in labels.printing_errors)
    ├── NotAPrinter     the address names no printer that we can send to
    ├── PrinterNotThere nothing answers at the address
    ├── PrinterRefuses  the machine is there and takes no connection
    ├── PrinterGone     the connection was lost half way
    ├── NoPrintCommand  CUPS is not installed here
    └── QueueRefuses    CUPS did not take the job
"""

from __future__ import annotations

from typing import ClassVar


class LabelRefusal(Exception):
    """Something was refused: `code` is for machines, `sentence` (also `str()`) for people."""

    code: ClassVar[str] = "label_refused"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def shown(text: str, limit: int = 24) -> str:
    """The text as it may be repeated to a person: printable, and not 10,000 characters long."""
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return printable if len(printable) <= limit else printable[:limit] + "\N{HORIZONTAL ELLIPSIS}"


class NotACode(LabelRefusal):
    """The text cannot be one of our codes. `seen` is the text as given, `why` says half a sentence."""

    code = "not_a_code"

    def __init__(self, seen: str, why: str) -> None:
        super().__init__(f"“{shown(seen)}” is not one of our codes: {why}.")
        self.seen = seen
        self.why = why


class CheckFails(LabelRefusal):
    """The check character does not fit the other nine. `seen` is the canonical text as read."""

    code = "check_fails"

    def __init__(self, seen: str) -> None:
        super().__init__(
            f"The code {shown(seen)} was misread: its check character does not fit. "
            "Scan the label again, or type the code exactly as printed."
        )
        self.seen = seen


class UnknownCommand(LabelRefusal):
    """A command that this version does not have. `seen` is the code or the name."""

    code = "unknown_command"

    def __init__(self, seen: str) -> None:
        super().__init__(f"{shown(seen)} is not a command of this version: print a new command sheet.")
        self.seen = seen


class UnknownStock(LabelRefusal):
    """No label stock has that name. `seen` is the name, `known` the names that there are."""

    code = "unknown_stock"

    def __init__(self, seen: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no label stock {shown(seen)}: choose one of {', '.join(known)}.")
        self.seen = seen
        self.known = known


class StockRefused(LabelRefusal):
    """A stock cannot be used as it is described. `stock` is its name, `why` half a sentence that says what to do."""

    code = "stock_refused"

    def __init__(self, stock: str, why: str) -> None:
        super().__init__(f"The stock {shown(stock)} cannot be used: {why}.")
        self.stock = stock
        self.why = why


class StocksFileRefused(LabelRefusal):
    """The file of stocks cannot be used. `file` is its path, `why` half a sentence."""

    code = "stocks_file_refused"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"The file of stocks {file} was not used: {why}.")
        self.file = file
        self.why = why


class DoesNotFit(LabelRefusal):
    """Something cannot be drawn on this stock at a size that reads. `what` and `stock` name the two."""

    code = "does_not_fit"

    def __init__(self, what: str, stock: str) -> None:
        super().__init__(f"{what} does not fit on the stock {shown(stock)}: choose a larger label.")
        self.what = what
        self.stock = stock


class FieldRefused(LabelRefusal):
    """A field holds what no label may carry. `field` is its name, `why` the half-sentence of what to do."""

    code = "label_field_refused"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"The label was not made: {field.replace('_', ' ')} {why}.")
        self.field = field
        self.why = why


class TemplateRefused(LabelRefusal):
    """A template asks for what no label can show. `where` is the part of it, `why` half a sentence."""

    code = "label_template_refused"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"The template was not taken: {where} {why}.")
        self.where = where
        self.why = why


class LogoRefused(TemplateRefused):
    """The logo cannot stand on a label. `why` is half a sentence."""

    code = "label_logo_refused"

    def __init__(self, why: str) -> None:
        super().__init__("the logo", why)


class TemplateTakesRoom(TemplateRefused):
    """With this template the longest values do not fit on a stock. `field` is what is in the way."""

    code = "label_template_takes_room"

    def __init__(self, kind: str, field: str, stock: str) -> None:
        super().__init__(
            f"{field} of the {kind} label",
            f"takes the room on the stock {shown(stock)} that the references and hazards need: "
            "print it smaller, let it go when room is short, or leave it off",
        )
        self.kind = kind
        self.field = field
        self.stock = stock


class ReceiptRefused(LabelRefusal):
    """A receipt cannot be made. `field` is what is wrong, `why` the half-sentence of what to do."""

    code = "receipt_refused"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"The receipt was not made: {shown(field).replace('_', ' ')} {why}.")
        self.field = field
        self.why = why


class LabelDoesNotReadBack(LabelRefusal):
    """The drawn label did not decode to its code. `expected` is the code, `faults` what each reader saw."""

    code = "label_does_not_read_back"

    def __init__(self, expected: str, faults: tuple[str, ...]) -> None:
        super().__init__(f"The label {expected} was not released: {'; '.join(faults)}.")
        self.expected = expected
        self.faults = faults


class OffsetTooLarge(LabelRefusal):
    """An offset would push ink off the label. `offset_mm` is how far to the right and down."""

    code = "offset_too_large"

    def __init__(self, offset_mm: tuple[float, float]) -> None:
        right, down = offset_mm
        super().__init__(
            f"The label was not printed: moved {right:g} mm right and {down:g} mm down it would lose ink at its edge. "
            "Set a smaller offset, or adjust the paper in the printer."
        )
        self.offset_mm = offset_mm
