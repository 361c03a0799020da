"""Refusals of moving a register from one database to another."""

from dataclasses import dataclass
from typing import ClassVar

from .store import StoreRefusal


class MoveRefusal(StoreRefusal):
    """The register was not moved; the database that it is in was not changed."""

    code: ClassVar[str] = "not_moved"

    def sentence(self) -> str:
        return "The register was not moved, and nothing was changed. Try again."


class StoreMoved(StoreRefusal):
    """The register was moved to another database: this one is closed."""

    code: ClassVar[str] = "store_moved"

    def sentence(self) -> str:
        return (
            "This register was moved to another database, so nothing is recorded in this one any more. Tell the "
            "administrator to start the service again with the new database's address."
        )


@dataclass(eq=False)
class MoveUnfinished(MoveRefusal):
    """The database that is asked for is still being made by a move, or a move was interrupted."""

    code: ClassVar[str] = "move_unfinished"
    where: str

    def sentence(self) -> str:
        return (
            f"A move of the register into {self.where} is at work or was interrupted, so it cannot be used yet. If no "
            "move is at work, run `exhibits migrate-store` again from the database that the register is in."
        )


class SourceBusy(MoveRefusal):
    """Somebody is writing into the database that is to be moved, and went on for as long as we waited."""

    code: ClassVar[str] = "move_source_busy"

    def sentence(self) -> str:
        return (
            "Another process went on writing into the register, so it was not moved and nothing was changed. Stop the "
            "web processes, the workers and other commands, then try again."
        )


class SourceNotCurrent(MoveRefusal):
    """The tables of the register's database are not at this version."""

    code: ClassVar[str] = "move_source_not_current"

    def sentence(self) -> str:
        return (
            "The register's tables are of another version. Run `exhibits init` to bring them to this one, then move it."
        )


@dataclass(eq=False)
class TargetUnusable(MoveRefusal):
    """Nothing can be moved into that database."""

    code: ClassVar[str] = "move_target_unusable"
    where: str
    reason: str

    def sentence(self) -> str:
        return (
            f"Nothing was moved into {self.where}: {self.reason}. Give the address of a database that is there, "
            "is empty and can be written."
        )


@dataclass(eq=False)
class CannotBeKept(MoveRefusal):
    """Rows of this table cannot be read, or the other database does not take them as they are."""

    code: ClassVar[str] = "move_row_refused"
    table: str
    reason: str

    def sentence(self) -> str:
        return (
            f"The rows of the table {self.table} could not be moved ({self.reason}), so nothing was moved. Run "
            "`exhibits ledger verify` to see whether the register is damaged, and ask for help with this sentence."
        )


@dataclass(eq=False)
class CopyDiffers(MoveRefusal):
    """What was read back from the new database is not what the old one holds."""

    code: ClassVar[str] = "move_differs"
    what: str

    def sentence(self) -> str:
        return (
            f"In the new database {self.what} is not what it is in the old one, so nothing was moved. Run "
            "`exhibits ledger verify` on the old one, look at the disk of the new one, then try again."
        )


@dataclass(eq=False)
class NotWhatWasPublished(MoveRefusal):
    """The database does not hold the checkpoint that the signer published last."""

    code: ClassVar[str] = "move_not_published"
    reason: str

    def sentence(self) -> str:
        return (
            f"This database is not what the log signed last ({self.reason.rstrip('.')}), so nothing was changed. If "
            "the register is in another database by now, use that; if not, run `exhibits ledger verify`."
        )
