"""Refusals of an act as a whole."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class ActRefusal(Refusal):
    """The act as a whole cannot be taken."""

    code: ClassVar[str] = "act_refused"


@dataclass(eq=False)
class UnknownActKind(ActRefusal):
    """The kind is not one that this service records."""

    code: ClassVar[str] = "unknown_act_kind"
    kind: str

    def sentence(self) -> str:
        return f"There is no act called {self.kind[:40]}. Update the scan client, or choose another command."


@dataclass(eq=False)
class SameIdOtherContent(ActRefusal):
    """An id that is on record came again with other content."""

    code: ClassVar[str] = "same_id_other_content"
    id: str

    def sentence(self) -> str:
        return (
            f"STOP: act {self.id} is on record with other content. Nothing was changed; "
            "keep this device and tell a supervisor."
        )


@dataclass(eq=False)
class DuplicateScan(ActRefusal):
    """Two items of one act carry the same scan id or the same exhibit."""

    code: ClassVar[str] = "duplicate_scan"
    ref: str

    def sentence(self) -> str:
        return f"{self.ref} is in this batch twice. The first scan counts."


@dataclass(eq=False)
class ActTooLarge(ActRefusal):
    """More acts or items than one request may carry."""

    code: ClassVar[str] = "act_too_large"
    limit: str

    def sentence(self) -> str:
        return f"One request carries at most {self.limit}. Send the rest in another."


class NoOperator(ActRefusal):
    """The act names no operator session."""

    code: ClassVar[str] = "no_operator"

    def sentence(self) -> str:
        return "Nobody is signed in at this device. Scan your badge and enter your PIN."
