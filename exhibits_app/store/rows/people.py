"""Rows of people, of what proves who they are, and of the devices they stand at."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole

_LEFT = sql_text("active = 0")


class PersonRow(SQLModel, table=True):
    """Someone known to the service. `sign_in_name` is lower case, empty for those who do not sign in."""

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "person_sign_in_name",
            "sign_in_name",
            unique=True,
            sqlite_where=sql_text("sign_in_name <> ''"),
            postgresql_where=sql_text("sign_in_name <> ''"),
        ),
        Index("person_left", "id", sqlite_where=_LEFT, postgresql_where=_LEFT),
    )

    id: int = identity()
    name: str = text()
    rank: str = text()
    number: str = text()
    team_id: int | None = whole("team.id", null=True)
    sign_in_name: str = text()
    email: str = text()
    password_hash: str = text()
    pin_hash: str = text()
    active: int = whole()


class PersonGrantRow(SQLModel, table=True):
    """A role in a scope, given and perhaps taken back; never removed."""

    __tablename__ = "person_grant"
    __table_args__ = (Index("person_grant_person", "person_id"), Index("person_grant_role", "role"))

    id: int = identity()
    person_id: int = whole("person.id")
    role: str = text()
    kind: str = text()
    scope: int | None = whole(null=True)
    granted_at: int = instant()
    granted_by: int = whole()
    ended_at: int | None = instant(null=True)
    ended_by: int | None = whole(null=True)


class TeamRow(SQLModel, table=True):
    """A team of officers."""

    __tablename__ = "team"

    id: int = identity()
    name: str = text()


class SignInLinkRow(SQLModel, table=True):
    """A one-time link, by the SHA-256 of its secret."""

    __tablename__ = "sign_in_link"

    key: str = text(primary=True)
    person_id: int = whole("person.id")
    expires_at: int = instant()
    spent_at: int | None = instant(null=True)


class WebSessionRow(SQLModel, table=True):
    """A signed-in browser, by the SHA-256 of what its cookie holds."""

    __tablename__ = "web_session"
    __table_args__ = (Index("web_session_person", "person_id"),)

    key: str = text(primary=True)
    person_id: int = whole("person.id")
    started_at: int = instant()
    seen_at: int = instant()
    ended_at: int | None = instant(null=True)


class AttemptRow(SQLModel, table=True):
    """Failed attempts in a row under one key."""

    __tablename__ = "attempt"

    key: str = text(primary=True)
    failures: int = whole()
    last_at: int = instant()


class DeviceRow(SQLModel, table=True):
    """An enrolled terminal or scan client, by the SHA-256 of its token."""

    __tablename__ = "device"
    __table_args__ = (Index("device_token_hash", "token_hash", unique=True),)

    id: int = identity()
    name: str = text()
    store_id: int | None = whole("place.id", null=True)
    token_hash: str = text()
    enrolled_at: int = instant()
    enrolled_by: int = whole()
    revoked_at: int | None = instant(null=True)
    revoked_by: int | None = whole(null=True)
    last_seen_at: int | None = instant(null=True)
    last_seq: int = whole()
    clock_offset_ms: int = whole()


class SequenceGapRow(SQLModel, table=True):
    """Numbers, from first to last, that a device's acts skipped; written off by somebody when they will never come."""

    __tablename__ = "sequence_gap"

    device_id: int = whole("device.id", primary=True)
    first: int = whole(primary=True)
    last: int = whole()
    noticed_at: int = instant()
    written_off_at: int | None = instant(null=True)
    written_off_by: int | None = whole(null=True)
    reason: str = text()


class TurnRow(SQLModel, table=True):
    """A person's turn at a device: the operator session."""

    __tablename__ = "turn"
    __table_args__ = (Index("turn_device_person", "device_id", "person_id"), Index("turn_person", "person_id"))

    id: str = text(primary=True)
    device_id: int = whole("device.id")
    person_id: int = whole("person.id")
    started_at: int = instant()
    seen_at: int = instant()
    expires_at: int = instant()
    ended_at: int | None = instant(null=True)


class ReadLogRow(SQLModel, table=True):
    """A person read the content of a case or an item; nobody where it was at the command line. `note` is in words."""

    __tablename__ = "read_log"

    id: int = identity()
    person_id: int | None = whole(null=True)
    what: str = text()
    subject: int = whole()
    at: int = instant()
    note: str = text()
