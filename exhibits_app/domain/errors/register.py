"""Refusals of the register of cases and items."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


@dataclass(eq=False)
class NotFound(Refusal):
    """There is no such thing, or this person may not know of it. `what` is like "case"."""

    code: ClassVar[str] = "not_found"
    what: str

    def sentence(self) -> str:
        return f"There is no such {self.what}, or it is not yours to see. Check the reference."


@dataclass(eq=False)
class SubmissionLost(NotFound):
    """The submission was begun after the backup that the register was restored from, if it ever was.

    `restored` is when that was done, and `as_of` what the backup is of.
    """

    code: ClassVar[str] = "submission_lost"
    restored: str
    as_of: str

    def sentence(self) -> str:
        return (
            f"{self.what} is not on record. The register was restored at {self.restored} as it was at {self.as_of}: a "
            "form that was begun in between is lost, and its number is not given again. Build it anew from the case."
        )


class RegisterRefusal(Refusal):
    """The register does not allow it. `field` is the form field it belongs to, empty when it belongs to none."""

    code: ClassVar[str] = "register_refused"
    field = ""


@dataclass(eq=False)
class CaseReferenceTaken(RegisterRefusal):
    """A case with this reference is on the register already."""

    code: ClassVar[str] = "case_reference_taken"
    reference: str

    def sentence(self) -> str:
        return f"There is already a case {self.reference}. Open that case, or check the reference."


@dataclass(eq=False)
class AlreadyLinked(RegisterRefusal):
    """The two cases are linked already."""

    code: ClassVar[str] = "already_linked"
    field = "reference"
    reference: str

    def sentence(self) -> str:
        return f"This case is linked with {self.reference} already. Look at the links of the case."


@dataclass(eq=False)
class SignInNameTaken(RegisterRefusal):
    """Another account has this sign-in name, whatever its letter case."""

    code: ClassVar[str] = "sign_in_name_taken"
    sign_in_name: str

    def sentence(self) -> str:
        return f"There is already an account called {self.sign_in_name}. Choose another sign-in name."


@dataclass(eq=False)
class ReferenceTaken(RegisterRefusal):
    """The exhibit reference is taken for this case and producer."""

    code: ClassVar[str] = "reference_taken"
    reference: str
    case: str
    suggestion: str

    def sentence(self) -> str:
        return f"{self.reference} is already in use in {self.case}. The next free one is {self.suggestion}."


@dataclass(eq=False)
class NearDuplicateReference(RegisterRefusal):
    """The reference differs from one in the case only by punctuation, case or leading zeros."""

    code: ClassVar[str] = "near_duplicate_reference"
    reference: str
    existing: str

    def sentence(self) -> str:
        return (
            f"{self.reference} looks like {self.existing}, which is already in this case. "
            "Change it, or tick the box to keep both."
        )


@dataclass(eq=False)
class TeamNameTaken(RegisterRefusal):
    """Another team is called that."""

    code: ClassVar[str] = "team_name_taken"
    name: str

    def sentence(self) -> str:
        return f"There is already a team {self.name}. Use that one, or choose another name."


@dataclass(eq=False)
class SealInUse(RegisterRefusal):
    """The seal number is recorded on another item; seals are unique force-wide."""

    code: ClassVar[str] = "seal_in_use"
    seal: str
    item: str

    def sentence(self) -> str:
        return f"Seal {self.seal} is already recorded on {self.item}. Read the number on the bag again."


@dataclass(eq=False)
class PlaceNotEmpty(RegisterRefusal):
    """A place that still holds something is not closed. `more` says that counting stopped there."""

    code: ClassVar[str] = "place_not_empty"
    place: str
    items: int
    boxes: int = 0
    more: bool = False

    def sentence(self) -> str:
        counted = f"{'at least ' if self.more else ''}{self.items:,} {'item' if self.items == 1 else 'items'}"
        boxes = f" and {self.boxes:,} {'box' if self.boxes == 1 else 'boxes'}" if self.boxes else ""
        return f"{self.place} still holds {counted}{boxes}. Move them to other places, then close it."
