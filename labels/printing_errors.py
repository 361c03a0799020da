"""What can go wrong on the way to a printer; the tree of all refusals is drawn in `labels.errors`."""

from __future__ import annotations

from labels.errors import LabelRefusal, shown


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
            printer, f"{shown(printer, 60)} is no printer: write tcp://HOST:9100, lp:QUEUE or a name from --printers."
        )


class PrinterNotThere(NotPrinted):
    """Nothing answers at the address: the name is unknown, there is no way there, or it is switched off."""

    code = "printer_not_there"

    def __init__(self, printer: str) -> None:
        super().__init__(
            printer,
            f"Nothing was printed: no printer answers at {shown(printer, 60)}. "
            "See that it is switched on and on the network, and that the address is right.",
        )


class PrinterRefuses(NotPrinted):
    """The machine is there and takes no connection on that port."""

    code = "printer_refuses"

    def __init__(self, printer: str) -> None:
        super().__init__(
            printer,
            f"Nothing was printed: the machine at {shown(printer, 60)} takes no print jobs on that port. "
            "See that the address is right and that raw printing is switched on.",
        )


class PrinterGone(NotPrinted):
    """The connection was lost half way. `sent` of `size` bytes had gone, which need not have been printed."""

    code = "printer_gone"

    def __init__(self, printer: str, sent: int, size: int) -> None:
        super().__init__(
            printer,
            f"The connection to {shown(printer, 60)} was lost after {sent} of {size} bytes. Some may be printed: "
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
        super().__init__(printer, f"The queue {shown(printer, 60)} did not take the job: {shown(said, 120)}.")
        self.said = said
