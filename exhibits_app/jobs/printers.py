"""The printers that a force names in a file of its instance, and how a printing gets to one of them."""

from pathlib import Path

from labels.printers import Known, known_printers, send


class FilePrinters:
    """Implements the Printers port: the file is read anew each time, so that a change needs no restart."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self) -> dict[str, Known]:
        """Printers by name; none where there is no file. Raises labels.errors.LabelRefusal."""
        return known_printers(self._file) if self._file.exists() else {}

    def send(self, job: bytes, printer: Known, *, raw: bool) -> None:
        """Hand the job over. Raises labels.errors.NotPrinted."""
        send(job, printer.printer, raw=raw)
