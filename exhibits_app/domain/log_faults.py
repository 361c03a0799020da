"""What the signer can find wrong with the log as a whole; each is a reason to stop writing and to raise the alarm.

LogFault
├── ShorterThanSigned   the tree has fewer leaves than a checkpoint that is out: a backup older than it was restored
├── StateDiffers        the root kept is not the one that the tiles give
├── NotWhatWasSigned    the tree does not begin with what was signed
├── EntryMissing        a place of the tree without its entry
└── EntryDiffers        an entry that does not hash to its leaf
"""

from .ledger_faults import LedgerFault


class LogFault(LedgerFault):
    """The log as stored is not the log that was signed."""

    code = "log_fault"


class ShorterThanSigned(LogFault):
    code = "shorter_than_signed"

    def __init__(self, size: int, signed: int) -> None:
        super().__init__(size, signed)
        self.size, self.signed = size, signed

    def __str__(self) -> str:
        return (
            f"The log has {self.size} entries and a checkpoint of {self.signed} is out: "
            "the database is older than what was signed."
        )


class StateDiffers(LogFault):
    code = "state_differs"

    def __init__(self, size: int, kept: str, computed: str) -> None:
        super().__init__(size, kept, computed)
        self.size, self.kept, self.computed = size, kept, computed

    def __str__(self) -> str:
        return f"At size {self.size} the root kept is {self.kept}; the tiles give {self.computed}."


class NotWhatWasSigned(LogFault):
    code = "not_what_was_signed"

    def __init__(self, signed: int, size: int) -> None:
        super().__init__(signed, size)
        self.signed, self.size = signed, size

    def __str__(self) -> str:
        return f"The log of {self.size} entries does not begin with the {self.signed} that were signed."


class EntryMissing(LogFault):
    code = "entry_missing"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index

    def __str__(self) -> str:
        return f"Entry {self.index} of the log is not there."


class EntryDiffers(LogFault):
    code = "entry_differs"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index

    def __str__(self) -> str:
        return f"Entry {self.index} of the log does not hash to its leaf in the tree."
