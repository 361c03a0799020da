"""Refusals of a database whose tables are of another version of the program."""

from dataclasses import dataclass
from typing import ClassVar

from .store import StoreRefusal


@dataclass(eq=False)
class StoreTooNew(StoreRefusal):
    """The tables are of a later version of the program. `found` is the name of their form."""

    code: ClassVar[str] = "store_too_new"
    found: str

    def sentence(self) -> str:
        return (
            f"The database's tables are of a later version of this program ({self.found}), and nothing was touched. "
            "Start that version; to go back to this one, restore the backup that was made before the upgrade."
        )


@dataclass(eq=False)
class StoreTooOld(StoreRefusal):
    """The tables are of an earlier version of the program. `found` is the name of their form."""

    code: ClassVar[str] = "store_too_old"
    found: str

    def sentence(self) -> str:
        return (
            f"The database's tables are of an earlier version of this program ({self.found}), and nothing was touched. "
            "Make a backup with that version; then `exhibits init` or a start of `exhibits serve` brings them up."
        )
