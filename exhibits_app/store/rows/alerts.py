"""Rows of alerts, of the messages that carry them, and of the jobs' heartbeat."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole

_UNTOLD = sql_text("message_id IS NULL")
_DEAD = sql_text("sent_at IS NULL AND next_try_at IS NULL")
_WAITING = sql_text("next_try_at IS NOT NULL")


class AlertRow(SQLModel, table=True):
    """One person to be told one thing about one item, once."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("alert_key", "register_no", "clock", "due_at", "stage", "person_id", "again", unique=True),
        Index("alert_untold", "person_id", "due_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    id: int = identity()
    register_no: int = whole("item.register_no")
    clock: str = text()
    due_at: int = instant()
    stage: str = text()
    person_id: int = whole("person.id")
    raised_at: int = instant()
    message_id: int | None = whole("message.id", null=True)
    again: int = whole()
    at_once: int = whole()


class AcknowledgementRow(SQLModel, table=True):
    """That somebody knows of one clock of one item, for a while. None is ever changed or removed."""

    __tablename__ = "acknowledgement"
    __table_args__ = (Index("acknowledgement_key", "register_no", "clock", "due_at", "number", unique=True),)

    id: int = identity()
    register_no: int = whole("item.register_no")
    clock: str = text()
    due_at: int = instant()
    number: int = whole()
    person_id: int = whole("person.id")
    at: int = instant()
    until: int = instant()
    reason: str = text()


class MessageRow(SQLModel, table=True):
    """A message in the outbox: waiting while it has a next try, then sent or dead."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_key", "key", unique=True),
        Index("message_next_try", "next_try_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("message_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
    )

    id: int = identity()
    key: str = text()
    recipient: str = text()
    subject: str = text()
    body: str = text()
    tries: int = whole()
    made_at: int = instant()
    next_try_at: int | None = instant(null=True)
    sent_at: int | None = instant(null=True)
    error: str = text()


class HeartbeatRow(SQLModel, table=True):
    """When a job last ran."""

    __tablename__ = "heartbeat"

    job: str = text(primary=True)
    at: int = instant()
    note: str = text()
