"""Events of a submission's authority: given for an exhibit, and taken back. The scan out itself is in outside.py."""

from dataclasses import dataclass
from typing import ClassVar

from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class SubmissionAuthorised(Body):
    """A named person authorised that the exhibit is sent to this laboratory under this submission.

    `content` is the SHA-256 of all that the form says, so that nothing of what was authorised is changed unnoticed.
    """

    KIND: ClassVar[str] = "authorise_submission"
    submission: str
    version: int
    laboratory: PlaceRef
    content: str


@dataclass(frozen=True, slots=True)
class SubmissionRecalled(Body):
    """The authority is gone: the submission was withdrawn, closed, or is to be changed. `why` in somebody's words."""

    KIND: ClassVar[str] = "recall_submission"
    submission: str
    version: int
    why: str
