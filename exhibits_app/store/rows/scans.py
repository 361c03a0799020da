"""Rows of labels, of acts as they were sent, and of every scan."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole

_LIVE = sql_text("state = 'live'")
_PRINTED = sql_text("state = 'printed'")
_ON_ITS_WAY = sql_text("state IN ('queued', 'sending')")
_REFUSED = sql_text("code <> ''")


class LabelRow(SQLModel, table=True):
    """A code ever issued, what it stands for, whether it is still good, and who saw it first after its printing."""

    __tablename__ = "label"
    __table_args__ = (
        Index("label_live", "kind", "subject", sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("label_printed", "kind", "subject", sqlite_where=_PRINTED, postgresql_where=_PRINTED),
        Index("label_job", "job_id"),
    )

    code: str = text(primary=True)
    kind: str = text()
    subject: int | None = whole(null=True)
    state: str = text()
    issued_at: int = instant()
    revoked_at: int | None = instant(null=True)
    revoked_reason: str | None = text(null=True)
    job_id: int | None = whole("print_job.id", null=True)
    activated_at: int | None = instant(null=True)
    activated_by: int | None = whole(null=True)


class PrintJobRow(SQLModel, table=True):
    """One printing of labels. `sha256` is of the PDF, `sent_sha256` of the file for the printer.

    `team_id` is the maker's team and `store_id` the store of all that it is for: whose supervisors may see it.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        Index("print_job_maker", "made_by", "id"),
        Index("print_job_waiting", "id", sqlite_where=_ON_ITS_WAY, postgresql_where=_ON_ITS_WAY),
    )

    id: int = identity()
    stock: str = text()
    made_at: int = instant()
    made_by: int = whole()
    labels: int = whole()
    sha256: str = text()
    template: int = whole()
    state: str = text()
    printer: str = text()
    sent_sha256: str = text()
    team_id: int | None = whole(null=True)
    store_id: int | None = whole(null=True)
    reprints: int | None = whole(null=True)
    reason: str = text()
    words: str = text()
    authorised_by: int | None = whole(null=True)
    sending_until: int | None = instant(null=True)


class PrintStepRow(SQLModel, table=True):
    """One step in the life of a printing: who (null: the service itself), when, and what there is to say."""

    __tablename__ = "print_step"
    __table_args__ = (Index("print_step_job", "job_id", "id"),)

    id: int = identity()
    job_id: int = whole("print_job.id")
    at: int = instant()
    person_id: int | None = whole(null=True)
    step: str = text()
    state: str = text()
    says: str = text()


class ActRow(SQLModel, table=True):
    """An act that was taken, with the answer that was given, as JSON."""

    __tablename__ = "act"

    id: str = text(primary=True)
    content: str = text()
    kind: str = text()
    device_id: int = whole()
    device_seq: int = whole()
    operator_id: int = whole()
    received_at: int = instant()
    answer: str = text()


class ScanLogRow(SQLModel, table=True):
    """One line of the scan log; nothing on it is ever removed."""

    __tablename__ = "scan_log"
    __table_args__ = (Index("scan_log_refused", "id", sqlite_where=_REFUSED, postgresql_where=_REFUSED),)

    id: int = identity()
    scan: str = text()
    act: str = text()
    at: int = instant()
    device_id: int | None = whole(null=True)
    person_id: int | None = whole(null=True)
    kind: str = text()
    read_text: str = text()
    verdict: str = text()
    code: str = text()
    sentence: str = text()
    register_no: int | None = whole(null=True)


class ScanPictureRow(SQLModel, table=True):
    """The picture that a recorded scan was read from; its bytes are in the files, by their hash."""

    __tablename__ = "scan_picture"
    __table_args__ = (Index("scan_picture_item", "register_no"),)

    scan: str = text(primary=True)
    register_no: int = whole("item.register_no")
    sha256: str = text()
    device_id: int = whole()
    at: int = instant()
