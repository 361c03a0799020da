"""Refusals about the ledger's checkpoints, proofs and anchors."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class LedgerRefusal(Refusal):
    """What was asked of the ledger cannot be done."""

    code: ClassVar[str] = "ledger_refused"


@dataclass(eq=False)
class CannotSign(LedgerRefusal):
    """The log cannot sign. `reason` is a clause."""

    code: ClassVar[str] = "cannot_sign"
    reason: str

    def sentence(self) -> str:
        return f"The ledger cannot sign: {self.reason}."


@dataclass(eq=False)
class AnchorNotSent(LedgerRefusal):
    """The checkpoint did not reach anybody outside. `reason` is a clause."""

    code: ClassVar[str] = "anchor_not_sent"
    reason: str

    def sentence(self) -> str:
        return f"The checkpoint was not sent to anybody: {self.reason}."


@dataclass(eq=False)
class NotProvable(LedgerRefusal):
    """There is nothing to prove this with. `reason` is a clause."""

    code: ClassVar[str] = "not_provable"
    reason: str

    def sentence(self) -> str:
        return f"That cannot be proved: {self.reason}."


@dataclass(eq=False)
class MirrorUnusable(LedgerRefusal):
    """The mirror cannot be read or written. `reason` is a clause."""

    code: ClassVar[str] = "mirror_unusable"
    where: str
    reason: str

    def sentence(self) -> str:
        return f"The ledger's mirror {self.where} cannot be used: {self.reason}."


@dataclass(eq=False)
class MirrorDoesNotFit(LedgerRefusal):
    """What the mirror holds cannot be put back into this database. `reason` is a clause."""

    code: ClassVar[str] = "mirror_does_not_fit"
    reason: str

    def sentence(self) -> str:
        return f"Nothing was put back from the mirror: {self.reason}."


class NoAlarm(LedgerRefusal):
    """The ledger is not read-only, so there is nothing to repair."""

    code: ClassVar[str] = "no_alarm"

    def sentence(self) -> str:
        return "The ledger is not read-only, so nothing was done. This is for after an alarm."


@dataclass(eq=False)
class NoSuchHead(LedgerRefusal):
    """No checkpoint of this size was signed. `size` is 0 where none was signed at all."""

    code: ClassVar[str] = "no_such_head"
    size: int

    def sentence(self) -> str:
        if not self.size:
            return "The ledger has no signed checkpoint yet. Wait for the first, or run `exhibits ledger checkpoint`."
        return f"The ledger has no signed checkpoint of size {self.size:,}. Choose one from the list of checkpoints."


@dataclass(eq=False)
class NothingAtHead(LedgerRefusal):
    """Nothing about it is in the checkpoint. `what` is like "item 12"."""

    code: ClassVar[str] = "nothing_at_head"
    what: str
    size: int

    def sentence(self) -> str:
        return (
            f"Nothing about {self.what} is in the checkpoint of size {self.size:,}. "
            "Choose a later one; the next is signed within a minute."
        )
