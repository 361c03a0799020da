"""Rows of series of blank labels, of the account of each number, and of what was done with a series."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole


class LabelSeriesRow(SQLModel, table=True):
    """A series; `number` is of a gapless series of its own. A person holds it or a team, never both."""

    __tablename__ = "label_series"
    __table_args__ = (Index("label_series_closed_at", "closed_at", "number"),)

    number: int = whole(primary=True)
    labels: int = whole()
    stock: str = text()
    purpose: str = text()
    holder_person: int | None = whole("person.id", null=True)
    holder_team: int | None = whole("team.id", null=True)
    ordered_at: int = instant()
    ordered_by: int = whole("person.id")
    job_id: int | None = whole("print_job.id", null=True)
    closed_at: int | None = instant(null=True)


class SeriesLabelRow(SQLModel, table=True):
    """One number of a series and what became of it; the code's own validity stands with the code."""

    __tablename__ = "series_label"
    __table_args__ = (
        Index("series_label_serial", "series", "serial", unique=True),
        Index("series_label_state", "series", "state", "serial"),
    )

    code: str = text(primary=True)
    series: int = whole("label_series.number")
    serial: int = whole()
    state: str = text()
    register_no: int | None = whole(null=True)
    at: int | None = instant(null=True)
    by_id: int | None = whole(null=True)
    reason: str = text()


class SeriesNoteRow(SQLModel, table=True):
    """Something that was done with a series, or with some numbers of it; nothing of it is ever removed."""

    __tablename__ = "series_note"
    __table_args__ = (Index("series_note_series", "series", "id"),)

    id: int = identity()
    series: int = whole("label_series.number")
    at: int = instant()
    by_id: int | None = whole(null=True)
    kind: str = text()
    numbers: str = text()
    words: str = text()
