"""Rows of links between cases."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole

_STANDS = sql_text("ended_at IS NULL")


class CaseLinkRow(SQLModel, table=True):
    """A link between two cases, the lower number first. A withdrawn one stays."""

    __tablename__ = "case_link"
    __table_args__ = (
        Index("case_link_pair", "low_id", "high_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("case_link_low", "low_id", "id"),
        Index("case_link_high", "high_id", "id"),
    )

    id: int = identity()
    low_id: int = whole("case_file.id")
    high_id: int = whole("case_file.id")
    person_id: int = whole("person.id")
    person_name: str = text()
    at: int = instant()
    reason: str = text()
    ended_at: int | None = instant(null=True)
    ended_by: int | None = whole("person.id", null=True)
    ended_name: str = text()
    ended_reason: str = text()
