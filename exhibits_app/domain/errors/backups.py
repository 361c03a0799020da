"""Refusals about backups and what is restored from them."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class BackupRefusal(Refusal):
    """The backup cannot be made, read or restored; nothing was changed."""

    code: ClassVar[str] = "backup_refused"


@dataclass(eq=False)
class BackupThere(BackupRefusal):
    """There is a file of that name already."""

    code: ClassVar[str] = "backup_there"
    where: str

    def sentence(self) -> str:
        return f"There is a file {self.where} already, and a backup never overwrites one. Give another name."


@dataclass(eq=False)
class NoSpaceForBackup(BackupRefusal):
    """The disk has no room. `where` is a folder."""

    code: ClassVar[str] = "no_space_for_backup"
    where: str

    def sentence(self) -> str:
        return f"The disk of {self.where} has no room for this, and nothing was left there. Make room or name another."


@dataclass(eq=False)
class BackupUnusable(BackupRefusal):
    """A file or folder that a backup needs cannot be used. `reason` is a clause."""

    code: ClassVar[str] = "backup_unusable"
    where: str
    reason: str

    def sentence(self) -> str:
        return f"{self.where} cannot be used: {self.reason}."


@dataclass(eq=False)
class BackupDamaged(BackupRefusal):
    """What stands in the backup is not what was put there. `reason` is a clause."""

    code: ClassVar[str] = "backup_damaged"
    reason: str

    def sentence(self) -> str:
        return f"This is not a whole backup: {self.reason}. Take another one, and keep this one to be looked into."


class BackupNeedsKey(BackupRefusal):
    """The backup is encrypted and no key was given."""

    code: ClassVar[str] = "backup_needs_key"

    def sentence(self) -> str:
        return "This backup is encrypted. Name the file of its key with --identity."


@dataclass(eq=False)
class BackupKeyRefused(BackupRefusal):
    """A key for backups does not do. `reason` is a clause."""

    code: ClassVar[str] = "backup_key_refused"
    reason: str

    def sentence(self) -> str:
        return f"The key for backups does not do: {self.reason}."


@dataclass(eq=False)
class InstanceNotEmpty(BackupRefusal):
    """There is a database where one was to be restored."""

    code: ClassVar[str] = "instance_not_empty"
    where: str

    def sentence(self) -> str:
        return f"There is a database at {self.where} already. Restore into an empty instance, or move that one away."


@dataclass(eq=False)
class OtherDatabaseKind(BackupRefusal):
    """The backup is of another kind of database."""

    code: ClassVar[str] = "other_database_kind"
    held: str
    wanted: str

    def sentence(self) -> str:
        return (
            f"The backup is of {self.held} and the settings name {self.wanted}. Restore it into {self.held}, "
            "then use `exhibits migrate-store`."
        )


@dataclass(eq=False)
class BackupTooNew(BackupRefusal):
    """The backup was made by a later version."""

    code: ClassVar[str] = "backup_too_new"
    revision: str

    def sentence(self) -> str:
        return f"The backup is of a later version (tables of {self.revision}). Install that version and try again."


@dataclass(eq=False)
class EntriesMissing(BackupRefusal):
    """The backup ends before the last entry that was signed. Both are numbers of entries, counted from 1."""

    code: ClassVar[str] = "entries_missing"
    first: int
    last: int

    def sentence(self) -> str:
        return (
            f"The entries {self.first:,} to {self.last:,} were signed after this backup was made, and it lacks them. "
            "Look for a later backup or a mirror; to go on all the same, add --accept-missing."
        )


@dataclass(eq=False)
class RecordsOfAnotherLog(BackupRefusal):
    """What is remembered of the signer is that of another ledger."""

    code: ClassVar[str] = "records_of_another_log"
    held: str
    wanted: str

    def sentence(self) -> str:
        return (
            f"The backup is of the ledger {self.wanted}, and the records kept here are of {self.held}. "
            "Name the records that belong to it."
        )


@dataclass(eq=False)
class DatabaseProgramFailed(BackupRefusal):
    """A program of PostgreSQL is missing or failed. `reason` is a clause."""

    code: ClassVar[str] = "database_program_failed"
    program: str
    reason: str

    def sentence(self) -> str:
        return f"PostgreSQL's {self.program} did not do its work: {self.reason}."
