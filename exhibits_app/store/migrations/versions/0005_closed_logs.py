"""Logs that were closed after an incident: where each ended, and what was signed and said about it."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text

revision = "0005_closed_logs"
down_revision = "0004_attestations"
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "closed_log",
        Column("id", BIG, primary_key=True),
        Column("origin", Text, nullable=False),
        Column("first", BIG, nullable=False),
        Column("size", BIG, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("note", LargeBinary, nullable=False),
        Column("at", BIG, nullable=False),
    )
    op.create_index("closed_log_origin", "closed_log", ["origin"], unique=True)
    op.create_table(
        "closed_checkpoint",
        Column("log_id", BIG, ForeignKey("closed_log.id"), primary_key=True, autoincrement=False),
        Column("size", BIG, primary_key=True, autoincrement=False),
        Column("root", LargeBinary, nullable=False),
        Column("note", LargeBinary, nullable=False),
        Column("at", BIG, nullable=False),
    )
    op.create_table(
        "closed_record",
        Column("id", BIG, primary_key=True),
        Column("log_id", BIG, ForeignKey("closed_log.id"), nullable=False),
        Column("kind", Text, nullable=False),
        Column("record", Text, nullable=False),
    )
    op.create_index("closed_record_log", "closed_record", ["log_id"])
