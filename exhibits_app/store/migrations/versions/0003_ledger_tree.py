"""The Merkle tree over the ledger's entries, checkpoints, keys and anchors."""

import hashlib

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text, column, table

revision = "0003_ledger_tree"
down_revision = "0002_items_and_ledger"
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")
EMPTY_ROOT = hashlib.sha256(b"").digest()


def upgrade() -> None:
    _leaf()
    _tile()
    _tree_state()
    _checkpoint()
    _log_key()
    _anchor()
    _append_only()


def _leaf() -> None:
    op.create_table(
        "leaf",
        Column("leaf_index", BIG, primary_key=True, autoincrement=False),
        Column("entry_id", BIG, ForeignKey("entry.id"), nullable=False),
    )
    op.create_index("leaf_entry", "leaf", ["entry_id"], unique=True)


def _tile() -> None:
    op.create_table(
        "tile",
        Column("level", BIG, primary_key=True, autoincrement=False),
        Column("number", BIG, primary_key=True, autoincrement=False),
        Column("hashes", LargeBinary, nullable=False),
    )


def _tree_state() -> None:
    op.create_table(
        "tree_state",
        Column("id", BIG, primary_key=True, autoincrement=False),
        Column("size", BIG, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("at", BIG, nullable=False),
    )
    state = table("tree_state", *(column(name) for name in ("id", "size", "root", "at")))
    op.execute(state.insert().values(id=1, size=0, root=EMPTY_ROOT, at=0))


def _checkpoint() -> None:
    op.create_table(
        "checkpoint",
        Column("size", BIG, primary_key=True, autoincrement=False),
        Column("root", LargeBinary, nullable=False),
        Column("note", LargeBinary, nullable=False),
        Column("at", BIG, nullable=False),
    )


def _log_key() -> None:
    op.create_table(
        "log_key",
        Column("id", BIG, primary_key=True),
        Column("key", Text, nullable=False),
        Column("since", BIG, nullable=False),
        Column("at", BIG, nullable=False),
        Column("retired_at", BIG),
    )
    op.create_index("log_key_text", "log_key", ["key"], unique=True)


def _anchor() -> None:
    op.create_table(
        "anchor",
        Column("id", BIG, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("size", BIG, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("at", BIG, nullable=False),
        Column("says", Text, nullable=False),
    )


def _append_only() -> None:
    """Leaves keep their places: stops accidents, as the triggers on `entry` do, and not the owner of the database."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON leaf "
            "FOR EACH STATEMENT EXECUTE FUNCTION entry_is_append_only()"
        )
        return
    for what in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER leaf_no_{what} BEFORE {what.upper()} ON leaf "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
