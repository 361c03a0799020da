"""The shapes of forensic submissions, which the API reads and does not change."""

from typing import Literal

from pydantic import BaseModel, Field

from .shapes import Uuid

State = Literal["draft", "to authorise", "authorised", "partly sent", "sent", "closed", "withdrawn"]


class SubmissionPath(BaseModel):
    """A submission, by its number without FS- and zeros."""

    number: int = Field(ge=1, lt=2**53)


class SubmissionsQuery(BaseModel):
    """Who asks, for which state (all that are open where none is given), of which case, and which page."""

    operator: Uuid
    state: State | None = None
    case: int | None = Field(None, ge=1, lt=2**53)
    before: int = Field(0, ge=0, lt=2**53, description="the next_before of the page before; 0 for the newest")


class SubmissionOut(BaseModel):
    """A submission. `due_at` is the first submission deadline of what has not left."""

    number: int
    submission: str
    version: int
    state: State
    case: str
    laboratory: str | None
    grade: str | None
    needed_by: str | None
    built_by: str
    built_at: str
    authorised_by: str | None
    authorised_at: str | None


class ListedSubmission(SubmissionOut):
    """A submission on the list: how many exhibits it has, and how many of them have left."""

    exhibits: int
    sent: int
    due_at: str | None


class SubmissionsOut(BaseModel):
    """A page of submissions, the newest first."""

    ok: bool
    submissions: list[ListedSubmission]
    next_before: int | None


class SubmittedExhibit(BaseModel):
    """An exhibit on a submission. `seal` is that of the form; `cannot_go` says why it cannot leave as it is."""

    register_no: int
    reference: str
    description: str
    seal: str | None
    examinations: list[str]
    questions: str
    where: str
    sent_at: str | None
    due_at: str | None
    cannot_go: str | None


class OneSubmissionOut(BaseModel):
    """A submission with its exhibits; `content` is the SHA-256 of its form, as in the ledger once it is authorised."""

    ok: bool
    submission: SubmissionOut
    contact: str
    circumstances: str
    risks: list[str]
    handling: str
    content: str
    exhibits: list[SubmittedExhibit]
