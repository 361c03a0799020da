"""What the signer can find wrong with the log as a whole; each is a reason to stop writing and to raise the alarm.

LogFault
├── ShorterThanSigned   the tree has fewer leaves than a checkpoint that is out: a backup older than it was restored
├── StateDiffers        the root kept is not the one that the tiles give
├── ShorterThanMirror   the mirror holds entries that the tree has not: an older backup, as well
├── NotWhatIsMirrored   the tree does not begin with what the mirror holds
├── OtherLogPublished   the newest checkpoint that is out is another log's: the database is from before it was opened
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


class ShorterThanMirror(LogFault):
    code = "shorter_than_mirror"

    def __init__(self, size: int, mirrored: int) -> None:
        super().__init__(size, mirrored)
        self.size, self.mirrored = size, mirrored

    def __str__(self) -> str:
        return (
            f"The log has {self.size} entries and the mirror holds {self.mirrored}: "
            "the database is older than the mirror."
        )


class NotWhatIsMirrored(LogFault):
    code = "not_what_is_mirrored"

    def __init__(self, mirrored: int, size: int) -> None:
        super().__init__(mirrored, size)
        self.mirrored, self.size = mirrored, size

    def __str__(self) -> str:
        return f"The log of {self.size} entries does not begin with the {self.mirrored} that the mirror holds."


class OtherLogPublished(LogFault):
    code = "other_log_published"

    def __init__(self, published: str, held: str) -> None:
        super().__init__(published, held)
        self.published, self.held = published, held

    def __str__(self) -> str:
        return (
            f"The newest checkpoint that is out is of the log {self.published}, and the database holds {self.held}: "
            "the database is from before the other was opened."
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
