"""Rows of logs that were closed after an incident: their entries keep their places in front of the open log's."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import blob, identity, instant, text, whole


class ClosedLogRow(SQLModel, table=True):
    """A closed log. Its entry number i has place `first` + i among the leaves.

    `note` is the largest checkpoint that it signed and that the entries kept here fit; empty where there is none.
    """

    __tablename__ = "closed_log"
    __table_args__ = (Index("closed_log_origin", "origin", unique=True),)

    id: int = identity()
    origin: str = text()
    first: int = whole()
    size: int = whole()
    root: bytes = blob()
    note: bytes = blob()
    at: int = instant()


class ClosedCheckpointRow(SQLModel, table=True):
    """A checkpoint that the closed log signed."""

    __tablename__ = "closed_checkpoint"

    log_id: int = whole("closed_log.id", primary=True)
    size: int = whole(primary=True)
    root: bytes = blob()
    note: bytes = blob()
    at: int = instant()


class ClosedRecordRow(SQLModel, table=True):
    """Who held copies of the closed log's checkpoints and what they said of them: rows of the open log, as JSON."""

    __tablename__ = "closed_record"
    __table_args__ = (Index("closed_record_log", "log_id"),)

    id: int = identity()
    log_id: int = whole("closed_log.id")
    kind: str = text()
    record: str = text()
