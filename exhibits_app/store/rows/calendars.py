"""Rows of the secret addresses of calendars."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import instant, text, whole


class CalendarFeedRow(SQLModel, table=True):
    """The address of a person's calendar, by the SHA-256 of its secret; kept when it is revoked."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("calendar_feed_person", "person_id"),)

    key: str = text(primary=True)
    person_id: int = whole("person.id")
    made_at: int = instant()
    revoked_at: int | None = instant(null=True)
