"""Refusals of forensic submissions, and of scans out under one."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal
from .custody import CustodyRefusal


class SubmissionRefusal(Refusal):
    """The submission, or its exhibits, do not allow it."""

    code: ClassVar[str] = "submission_refused"


@dataclass(eq=False)
class NotForSubmission(SubmissionRefusal):
    """The exhibit cannot be on a submission as it stands. `why` ends the sentence."""

    code: ClassVar[str] = "not_for_submission"
    ref: str
    why: str

    def sentence(self) -> str:
        return f"{self.ref} cannot be on a submission: {self.why}."


@dataclass(eq=False)
class SubmissionNotIn(SubmissionRefusal):
    """The step does not follow on the state that the submission is in."""

    code: ClassVar[str] = "submission_not_in"
    submission: str
    state: str

    def sentence(self) -> str:
        if self.state in {"closed", "withdrawn"}:
            return f"{self.submission} is {self.state}: nothing more is done with it. Build a new submission."
        return f"{self.submission} is {self.state}. Look at its page again: it says what can be done next."


@dataclass(eq=False)
class OwnSubmission(SubmissionRefusal):
    """Nobody authorises what they built or changed themselves."""

    code: ClassVar[str] = "own_submission"
    submission: str

    def sentence(self) -> str:
        return f"You built {self.submission} or changed it: somebody else must authorise it."


@dataclass(eq=False)
class SubmissionChangedMeanwhile(SubmissionRefusal):
    """It says something else than what was read by whoever authorises it."""

    code: ClassVar[str] = "submission_changed_meanwhile"
    submission: str

    def sentence(self) -> str:
        return f"{self.submission} was changed since you opened it. Read it again before you authorise it."


@dataclass(eq=False)
class AlreadySent(SubmissionRefusal):
    """What went out under an earlier version stays on the submission as it was."""

    code: ClassVar[str] = "already_sent"
    ref: str

    def sentence(self) -> str:
        return f"{self.ref} has left under this submission: leave it and its questions as they are."


@dataclass(eq=False)
class SubmissionStillOut(SubmissionRefusal):
    """A submission is not closed while exhibits of it are away."""

    code: ClassVar[str] = "submission_still_out"
    submission: str
    refs: str

    def sentence(self) -> str:
        return f"{self.refs} went out under {self.submission} and is not back. Scan it in first; then close it."


@dataclass(eq=False)
class NotOnSubmission(CustodyRefusal):
    """The submission that was scanned is not authorised for this exhibit."""

    code: ClassVar[str] = "not_on_submission"
    submission: str

    def sentence(self) -> str:
        return (
            f"{self.submission} is not authorised for {self.ref}. Put {self.ref} aside and look at the submission's "
            "page: it goes once a version that names it is authorised."
        )


@dataclass(eq=False)
class OnAnotherSubmission(CustodyRefusal):
    """The exhibit is authorised under another number than the one that was given."""

    code: ClassVar[str] = "on_another_submission"
    given: str
    submission: str

    def sentence(self) -> str:
        return f"{self.ref} is authorised under {self.submission}, not {self.given}. Scan the number on its own form."


@dataclass(eq=False)
class OtherLaboratory(CustodyRefusal):
    """The submission is authorised for another laboratory."""

    code: ClassVar[str] = "other_laboratory"
    submission: str
    laboratory: str
    place: str

    def sentence(self) -> str:
        return (
            f"{self.submission} sends {self.ref} to {self.laboratory}, not to {self.place}. Scan {self.laboratory} or "
            "the courier."
        )


@dataclass(eq=False)
class SubmissionNotOurs(CustodyRefusal):
    """The force sends nothing under numbers of other systems."""

    code: ClassVar[str] = "submission_not_ours"
    given: str

    def sentence(self) -> str:
        return (
            f"{self.given} is no submission of this register. Enter the number on the form of {self.ref}, like "
            "FS-000012."
        )
