"""The people, teams, places, devices and cases."""

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, table, text

revision = "0001_people_and_register"
down_revision = None
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")
KEY_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    _team()
    _person()
    _person_grant()
    _sign_in_link()
    _web_session()
    _attempt()
    _place()
    _device()
    _turn()
    _read_log()
    _case_file()
    _case_member()
    _policy()
    _counter()
    _setting()
    op.bulk_insert(
        table("counter", Column("name", Text), Column("value", BIG)),
        [{"name": "register", "value": 0}, {"name": "tree size", "value": 0}],
    )


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _team() -> None:
    op.create_table(
        "team",
        Column("id", BIG, primary_key=True),
        Column("name", Text, nullable=False),
    )


def _person() -> None:
    op.create_table(
        "person",
        Column("id", BIG, primary_key=True),
        Column("name", Text, nullable=False),
        Column("rank", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("team_id", BIG, ForeignKey("team.id")),
        Column("sign_in_name", Text, nullable=False),
        Column("email", Text, nullable=False),
        Column("password_hash", Text, nullable=False),
        Column("pin_hash", Text, nullable=False),
        Column("active", BIG, nullable=False),
    )
    op.create_index("person_sign_in_name", "person", ["sign_in_name"], unique=True, **_where("sign_in_name <> ''"))


def _person_grant() -> None:
    op.create_table(
        "person_grant",
        Column("id", BIG, primary_key=True),
        Column("person_id", BIG, ForeignKey("person.id"), nullable=False),
        Column("role", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("scope", BIG),
        Column("granted_at", BIG, nullable=False),
        Column("granted_by", BIG, nullable=False),
        Column("ended_at", BIG),
        Column("ended_by", BIG),
    )
    op.create_index("person_grant_person", "person_grant", ["person_id"])
    op.create_index("person_grant_role", "person_grant", ["role"])


def _sign_in_link() -> None:
    op.create_table(
        "sign_in_link",
        Column("key", Text, primary_key=True),
        Column("person_id", BIG, ForeignKey("person.id"), nullable=False),
        Column("expires_at", BIG, nullable=False),
        Column("spent_at", BIG),
    )


def _web_session() -> None:
    op.create_table(
        "web_session",
        Column("key", Text, primary_key=True),
        Column("person_id", BIG, ForeignKey("person.id"), nullable=False),
        Column("started_at", BIG, nullable=False),
        Column("seen_at", BIG, nullable=False),
        Column("ended_at", BIG),
    )
    op.create_index("web_session_person", "web_session", ["person_id"])


def _attempt() -> None:
    op.create_table(
        "attempt",
        Column("key", Text, primary_key=True),
        Column("failures", BIG, nullable=False),
        Column("last_at", BIG, nullable=False),
    )


def _place() -> None:
    op.create_table(
        "place",
        Column("id", BIG, primary_key=True),
        Column("name", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("parent_id", BIG, ForeignKey("place.id")),
        Column("store_id", BIG, ForeignKey("place.id")),
        Column("suits", Text, nullable=False),
    )
    op.create_index("place_kind", "place", ["kind"])


def _device() -> None:
    op.create_table(
        "device",
        Column("id", BIG, primary_key=True),
        Column("name", Text, nullable=False),
        Column("store_id", BIG, ForeignKey("place.id")),
        Column("token_hash", Text, nullable=False),
        Column("enrolled_at", BIG, nullable=False),
        Column("enrolled_by", BIG, nullable=False),
        Column("revoked_at", BIG),
        Column("revoked_by", BIG),
        Column("last_seen_at", BIG),
        Column("last_seq", BIG, nullable=False),
        Column("clock_offset_ms", BIG, nullable=False),
    )
    op.create_index("device_token_hash", "device", ["token_hash"], unique=True)


def _turn() -> None:
    op.create_table(
        "turn",
        Column("id", Text, primary_key=True),
        Column("device_id", BIG, ForeignKey("device.id"), nullable=False),
        Column("person_id", BIG, ForeignKey("person.id"), nullable=False),
        Column("started_at", BIG, nullable=False),
        Column("seen_at", BIG, nullable=False),
        Column("expires_at", BIG, nullable=False),
        Column("ended_at", BIG),
    )
    op.create_index("turn_device_person", "turn", ["device_id", "person_id"])
    op.create_index("turn_person", "turn", ["person_id"])


def _read_log() -> None:
    op.create_table(
        "read_log",
        Column("id", BIG, primary_key=True),
        Column("person_id", BIG, nullable=False),
        Column("what", Text, nullable=False),
        Column("subject", BIG, nullable=False),
        Column("at", BIG, nullable=False),
    )


def _case_file() -> None:
    op.create_table(
        "case_file",
        Column("id", BIG, primary_key=True),
        Column("reference", Text, nullable=False),
        Column("reference_key", KEY_TEXT, nullable=False),
        Column("title", Text, nullable=False),
        Column("category", Text, nullable=False),
        Column("oic_id", BIG, ForeignKey("person.id")),
        Column("oic_name", Text, nullable=False),
        Column("supervisor_id", BIG, ForeignKey("person.id")),
        Column("supervisor_name", Text, nullable=False),
        Column("team_id", BIG, ForeignKey("team.id")),
        Column("restricted", BIG, nullable=False),
        Column("opened_at", BIG, nullable=False),
        Column("opened_by", BIG, nullable=False),
    )
    op.create_index("case_file_reference_key", "case_file", ["reference_key"], unique=True)


def _case_member() -> None:
    op.create_table(
        "case_member",
        Column("case_id", BIG, ForeignKey("case_file.id"), primary_key=True, autoincrement=False),
        Column("person_id", BIG, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    )
    op.create_index("case_member_person", "case_member", ["person_id"])


def _policy() -> None:
    op.create_table(
        "policy",
        Column("version", BIG, primary_key=True, autoincrement=False),
        Column("effective_from", BIG, nullable=False),
        Column("made_by", BIG, nullable=False),
        Column("made_note", Text, nullable=False),
        Column("rules", Text, nullable=False),
    )


def _counter() -> None:
    op.create_table(
        "counter",
        Column("name", Text, primary_key=True),
        Column("value", BIG, nullable=False),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        Column("name", Text, primary_key=True),
        Column("value", Text, nullable=False),
    )
