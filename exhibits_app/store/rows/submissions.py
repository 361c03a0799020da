"""Rows of forensic submissions, of their exhibits, of what was authorised, and of what was done with them."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole


class SubmissionRow(SQLModel, table=True):
    """A submission; `number` is of a gapless series of its own, `written` its JSON, the rest for lists."""

    __tablename__ = "submission"
    __table_args__ = (
        Index("submission_state", "state", "number"),
        Index("submission_case", "case_id", "number"),
    )

    number: int = whole(primary=True)
    case_id: int = whole("case_file.id")
    state: str = text()
    written: str = text()


class SubmissionLineRow(SQLModel, table=True):
    """An exhibit on a submission, and when it was scanned out under it."""

    __tablename__ = "submission_line"
    __table_args__ = (Index("submission_line_item", "register_no", "number"),)

    number: int = whole("submission.number", primary=True)
    register_no: int = whole(primary=True)
    sent_at: int | None = instant(null=True)


class SubmissionVersionRow(SQLModel, table=True):
    """What was authorised, as it was then; `sha256` stands in the chain of every exhibit on it as well."""

    __tablename__ = "submission_version"

    number: int = whole("submission.number", primary=True)
    version: int = whole(primary=True)
    sha256: str = text()
    written: str = text()


class SubmissionNoteRow(SQLModel, table=True):
    """Something that was done with a submission; nothing of it is ever removed."""

    __tablename__ = "submission_note"
    __table_args__ = (Index("submission_note_number", "number", "id"),)

    id: int = identity()
    number: int = whole("submission.number")
    at: int = instant()
    by_id: int = whole("person.id")
    kind: str = text()
    version: int = whole()
    words: str = text()
