"""The items, the ledger behind them, labels, acts, scans and alerts."""

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text, text

revision = "0002_items_and_ledger"
down_revision = "0001_people_and_register"
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")
KEY_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    _item()
    _seal_use()
    _photo()
    _entry()
    _disclosure()
    _pending()
    _print_job()
    _label()
    _act()
    _scan_log()
    _message()
    _alert()
    _heartbeat()
    _append_only()


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _item() -> None:
    op.create_table(
        "item",
        Column("register_no", BIG, primary_key=True, autoincrement=False),
        Column("case_id", BIG, ForeignKey("case_file.id"), nullable=False),
        Column("team_id", BIG),
        Column("oic_id", BIG),
        Column("reference", Text, nullable=False),
        Column("reference_key", KEY_TEXT, nullable=False),
        Column("producer_id", BIG, nullable=False),
        Column("category", Text, nullable=False),
        Column("description", Text, nullable=False),
        Column("hazards", Text, nullable=False),
        Column("code", Text),
        Column("seized_at", BIG, nullable=False),
        Column("seq", BIG, nullable=False),
        Column("head", Text, nullable=False),
        Column("custody_kind", Text, nullable=False),
        Column("custody_id", BIG, nullable=False),
        Column("place_id", BIG, ForeignKey("place.id")),
        Column("store_id", BIG, ForeignKey("place.id")),
        Column("seal", Text, nullable=False),
        Column("forensic", Text, nullable=False),
        Column("due_at", BIG),
        Column("due_kind", Text),
        Column("last_event_at", BIG, nullable=False),
        Column("discrepancies", BIG, nullable=False),
        Column("state", Text, nullable=False),
    )
    op.create_index("item_case", "item", ["case_id", "register_no"])
    op.create_index("item_code", "item", ["code"], unique=True)
    board = ["due_at", "register_no", "category", "team_id", "oic_id", "store_id"]
    op.create_index("item_due", "item", board, **_where("due_at IS NOT NULL"))
    op.create_index("item_own_reference", "item", ["case_id", "producer_id", "reference"], unique=True)
    op.create_index("item_place", "item", ["place_id", "register_no"])
    op.create_index("item_reference_key", "item", ["reference_key", "register_no"])
    op.create_index("item_store", "item", ["store_id", "register_no"])


def _seal_use() -> None:
    op.create_table(
        "seal_use",
        Column("seal", Text, primary_key=True),
        Column("register_no", BIG, ForeignKey("item.register_no"), nullable=False),
        Column("used_at", BIG, nullable=False),
    )
    op.create_index("seal_use_item", "seal_use", ["register_no"])


def _photo() -> None:
    op.create_table(
        "photo",
        Column("id", BIG, primary_key=True),
        Column("register_no", BIG, ForeignKey("item.register_no"), nullable=False),
        Column("facts", Text, nullable=False),
    )
    op.create_index("photo_item", "photo", ["register_no", "id"])


def _entry() -> None:
    op.create_table(
        "entry",
        Column("id", BIG, primary_key=True),
        Column("register_no", BIG, ForeignKey("item.register_no")),
        Column("seq", BIG),
        Column("type", Text, nullable=False),
        Column("event_id", Text),
        Column("act_id", Text),
        Column("at", BIG, nullable=False),
        Column("leaf_hash", LargeBinary, nullable=False),
        Column("body", LargeBinary, nullable=False),
    )
    op.create_index("entry_event", "entry", ["event_id"], unique=True)
    op.create_index("entry_leaf_hash", "entry", ["leaf_hash"], unique=True)
    op.create_index("entry_position", "entry", ["register_no", "seq"], unique=True)


def _disclosure() -> None:
    op.create_table(
        "disclosure",
        Column("entry_id", BIG, ForeignKey("entry.id"), primary_key=True, autoincrement=False),
        Column("encoded", Text, nullable=False),
    )


def _pending() -> None:
    op.create_table(
        "pending",
        Column("entry_id", BIG, ForeignKey("entry.id"), primary_key=True, autoincrement=False),
    )


def _print_job() -> None:
    op.create_table(
        "print_job",
        Column("id", BIG, primary_key=True),
        Column("stock", Text, nullable=False),
        Column("made_at", BIG, nullable=False),
        Column("made_by", BIG, nullable=False),
        Column("labels", BIG, nullable=False),
        Column("sha256", Text, nullable=False),
    )


def _label() -> None:
    op.create_table(
        "label",
        Column("code", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("subject", BIG),
        Column("state", Text, nullable=False),
        Column("issued_at", BIG, nullable=False),
        Column("revoked_at", BIG),
        Column("revoked_reason", Text),
        Column("job_id", BIG, ForeignKey("print_job.id")),
    )
    op.create_index("label_job", "label", ["job_id"])
    op.create_index("label_live", "label", ["kind", "subject"], **_where("state = 'live'"))


def _act() -> None:
    op.create_table(
        "act",
        Column("id", Text, primary_key=True),
        Column("content", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("device_id", BIG, nullable=False),
        Column("device_seq", BIG, nullable=False),
        Column("operator_id", BIG, nullable=False),
        Column("received_at", BIG, nullable=False),
        Column("answer", Text, nullable=False),
    )


def _scan_log() -> None:
    op.create_table(
        "scan_log",
        Column("id", BIG, primary_key=True),
        Column("scan", Text, nullable=False),
        Column("act", Text, nullable=False),
        Column("at", BIG, nullable=False),
        Column("device_id", BIG),
        Column("person_id", BIG),
        Column("kind", Text, nullable=False),
        Column("read_text", Text, nullable=False),
        Column("verdict", Text, nullable=False),
        Column("code", Text, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("register_no", BIG),
    )
    op.create_index("scan_log_refused", "scan_log", ["id"], **_where("code <> ''"))


def _message() -> None:
    op.create_table(
        "message",
        Column("id", BIG, primary_key=True),
        Column("key", Text, nullable=False),
        Column("recipient", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("tries", BIG, nullable=False),
        Column("made_at", BIG, nullable=False),
        Column("next_try_at", BIG),
        Column("sent_at", BIG),
        Column("error", Text, nullable=False),
    )
    op.create_index("message_key", "message", ["key"], unique=True)
    op.create_index("message_next_try", "message", ["next_try_at", "id"], **_where("next_try_at IS NOT NULL"))


def _alert() -> None:
    op.create_table(
        "alert",
        Column("id", BIG, primary_key=True),
        Column("register_no", BIG, ForeignKey("item.register_no"), nullable=False),
        Column("clock", Text, nullable=False),
        Column("due_at", BIG, nullable=False),
        Column("stage", Text, nullable=False),
        Column("person_id", BIG, ForeignKey("person.id"), nullable=False),
        Column("raised_at", BIG, nullable=False),
        Column("message_id", BIG, ForeignKey("message.id")),
    )
    op.create_index("alert_key", "alert", ["register_no", "clock", "due_at", "stage", "person_id"], unique=True)
    op.create_index("alert_untold", "alert", ["person_id", "due_at"], **_where("message_id IS NULL"))


def _heartbeat() -> None:
    op.create_table(
        "heartbeat",
        Column("job", Text, primary_key=True),
        Column("at", BIG, nullable=False),
        Column("note", Text, nullable=False),
    )


def _append_only() -> None:
    """Stops accidents; it cannot stop the owner of the database, and the ledger's proofs do not lean on it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME; END $$"
        )
        op.execute(
            "CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION entry_is_append_only()"
        )
        return
    for what in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER entry_no_{what} BEFORE {what.upper()} ON entry "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
