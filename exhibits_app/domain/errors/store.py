"""Refusals of the store itself."""

from typing import ClassVar

from .base import Refusal


class StoreRefusal(Refusal):
    """The store cannot keep it now; nothing was kept."""

    code: ClassVar[str] = "store_refused"

    def sentence(self) -> str:
        return "This could not be kept just now, and nothing was changed. Try again in a minute."


class ChangedMeanwhile(StoreRefusal):
    """Somebody else changed the same thing in between."""

    code: ClassVar[str] = "changed_meanwhile"

    def sentence(self) -> str:
        return "Somebody changed this while you were working on it. Look at it again and repeat what is needed."


class LedgerReadOnly(StoreRefusal):
    """A check of the ledger failed: nothing is recorded until somebody has looked into it."""

    code: ClassVar[str] = "ledger_read_only"

    def sentence(self) -> str:
        return "A check of the ledger failed, so it is read-only and nothing was recorded. Tell the administrator now."


class OutcomeUnknown(StoreRefusal):
    """The connection to the database broke while a change was being kept: it may have been."""

    code: ClassVar[str] = "outcome_unknown"

    def sentence(self) -> str:
        return (
            "The connection to the database broke at the last moment, so this may have been kept or not. Look whether "
            "it was before you do it again; a scan client asks again by itself, and nothing is recorded twice."
        )


class StoreDamaged(StoreRefusal):
    """A page of the database cannot be read as what it was."""

    code: ClassVar[str] = "store_damaged"

    def sentence(self) -> str:
        return (
            "A page of the database is damaged, so this could not be read or kept. Tell the administrator now: "
            "`exhibits health --pages` names the page, and a backup has it whole."
        )


class StoreUnwritable(StoreRefusal):
    """The disk or folder of the database takes no changes: full, read-only, failing, or not this account's."""

    code: ClassVar[str] = "store_unwritable"

    def sentence(self) -> str:
        return (
            "The database cannot be written, and nothing was changed: its disk is full, read-only or failing, or its "
            "folder is another account's. Tell the administrator now; scan clients keep their scans until it is mended."
        )
