"""Refusals about erasing values, and about checkpoints on paper."""

from dataclasses import dataclass
from typing import ClassVar

from .ledger import LedgerRefusal


@dataclass(eq=False)
class NotErasable(LedgerRefusal):
    """The value holds no names or words. `what` is what it is, in plain words."""

    code: ClassVar[str] = "not_erasable"
    what: str

    def sentence(self) -> str:
        return (
            f"The value “{self.what}” cannot be erased: the item's state is computed from it. "
            "Withhold it from what is handed out instead."
        )


class ErasedAlready(LedgerRefusal):
    """A value that was chosen is not on record any more."""

    code: ClassVar[str] = "erased_already"

    def sentence(self) -> str:
        return "One of these values is not on record any more. Open the page again and choose from what is left."


class AuthoriserIsActor(LedgerRefusal):
    """Somebody gave their own sign-in for the second person's."""

    code: ClassVar[str] = "authoriser_is_actor"

    def sentence(self) -> str:
        return "Nobody authorises their own act. Somebody else must enter their sign-in name and password."


@dataclass(eq=False)
class MayNotAuthorise(LedgerRefusal):
    """The second person has no right to authorise this."""

    code: ClassVar[str] = "may_not_authorise"
    name: str

    def sentence(self) -> str:
        return f"{self.name} may not authorise erasing in this case. Ask its supervisor or professional standards."


@dataclass(eq=False)
class NotAPaperCheckpoint(LedgerRefusal):
    """The text is not what a QR code of ours holds. `reason` is a clause."""

    code: ClassVar[str] = "not_a_paper_checkpoint"
    reason: str

    def sentence(self) -> str:
        return f"That is not a checkpoint from paper: {self.reason}. Scan the code, or type its three parts again."
