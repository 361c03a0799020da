"""Numbers that a device's acts skipped: acts that have not arrived yet, or never will."""

import sqlalchemy as sa
from alembic import op

revision = "0007_sequence_gaps"
down_revision = "0006_erasures"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sequence_gap",
        sa.Column("device_id", BIG, sa.ForeignKey("device.id"), primary_key=True, autoincrement=False),
        sa.Column("first", BIG, primary_key=True, autoincrement=False),
        sa.Column("last", BIG, nullable=False),
        sa.Column("noticed_at", BIG, nullable=False),
        sa.Column("written_off_at", BIG, nullable=True),
        sa.Column("written_off_by", BIG, nullable=True),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
    )
