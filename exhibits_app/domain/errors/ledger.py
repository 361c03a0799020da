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
