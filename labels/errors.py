"""Every refusal of the labels, so that a caller can catch one family and show a person one sentence.

LabelRefusal
├── NotACode            wrong length, characters or type letter
├── CheckFails          the form is right, the check character is not: a misreading
├── UnknownCommand      a command code or name that this version does not have
├── UnknownStock        no such label stock
├── StockRefused        a stock of one's own on which labels would overlap or not read
├── StocksFileRefused   the file that describes one's own stock is not as it should be
├── DoesNotFit          a symbol or a field cannot be drawn at a size that reads
├── FieldRefused        a field holds what no label may carry
├── TemplateRefused     a template asks for what no label can show
│   ├── LogoRefused     its logo is not a small picture in black and white
│   └── TemplateTakesRoom  what has to stand on a label finds no room beside a field of the template
├── LabelDoesNotReadBack  the drawn label was decoded and says something else, or nothing
├── OffsetTooLarge      a printer's offset would push ink off the label
├── PrintersFileRefused the file that names the printers is not as it should be
└── NotPrinted          the job did not get to its printer
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


class StockRefused(LabelRefusal):
    """A stock cannot be used as it is described. `stock` is its name, `why` half a sentence that says what to do."""

    code = "stock_refused"

    def __init__(self, stock: str, why: str) -> None:
        super().__init__(f"The stock {_shown(stock)} cannot be used: {why}.")
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
            f"takes the room on the stock {_shown(stock)} that the references and hazards need: "
            "print it smaller, let it go when room is short, or leave it off",
        )
        self.kind = kind
        self.field = field
        self.stock = stock


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


class PrintersFileRefused(LabelRefusal):
    """The file of printers cannot be used. `file` is its path, `why` half a sentence."""

    code = "printers_file_refused"

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"The file of printers {file} was not used: {why}.")
        self.file = file
        self.why = why


class NotPrinted(LabelRefusal):
    """A job did not get to its printer. `printer` is its address or queue."""

    code = "not_printed"

    def __init__(self, printer: str, sentence: str) -> None:
        super().__init__(sentence)
        self.printer = printer


class NotAPrinter(NotPrinted):
    """The address names no printer that we can send to."""

    code = "not_a_printer"

    def __init__(self, printer: str) -> None:
        super().__init__(
            printer, f"{_shown(printer, 60)} is no printer: write tcp://HOST:9100, lp:QUEUE or a name from --printers."
        )


class PrinterNotThere(NotPrinted):
    """Nothing answers at the address: the name is unknown, there is no way there, or it is switched off."""

    code = "printer_not_there"

    def __init__(self, printer: str) -> None:
        super().__init__(
            printer,
            f"Nothing was printed: no printer answers at {_shown(printer, 60)}. "
            "See that it is switched on and on the network, and that the address is right.",
        )


class PrinterRefuses(NotPrinted):
    """The machine is there and takes no connection on that port."""

    code = "printer_refuses"

    def __init__(self, printer: str) -> None:
        super().__init__(
            printer,
            f"Nothing was printed: the machine at {_shown(printer, 60)} takes no print jobs on that port. "
            "See that the address is right and that raw printing is switched on.",
        )


class PrinterGone(NotPrinted):
    """The connection was lost half way. `sent` of `size` bytes had gone, which need not have been printed."""

    code = "printer_gone"

    def __init__(self, printer: str, sent: int, size: int) -> None:
        super().__init__(
            printer,
            f"The connection to {_shown(printer, 60)} was lost after {sent} of {size} bytes. Some may be printed: "
            "destroy those, and print all of them again.",
        )
        self.sent = sent
        self.size = size


class NoPrintCommand(NotPrinted):
    """CUPS is not installed on this machine."""

    code = "no_print_command"

    def __init__(self) -> None:
        super().__init__(
            "lp", "Nothing was printed: this machine has no command lp. Install cups-client, or use tcp://HOST:9100."
        )


class QueueRefuses(NotPrinted):
    """CUPS did not take the job. `said` is what it said."""

    code = "queue_refuses"

    def __init__(self, printer: str, said: str) -> None:
        super().__init__(printer, f"The queue {_shown(printer, 60)} did not take the job: {_shown(said, 120)}.")
        self.said = said
