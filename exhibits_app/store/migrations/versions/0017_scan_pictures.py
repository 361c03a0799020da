"""Pictures of labels that led to a record, by their scans; the bytes are in the files."""

import sqlalchemy as sa
from alembic import op

revision = "0017_scan_pictures"
down_revision = "0016_dead_letters"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "scan_picture",
        sa.Column("scan", sa.Text(), primary_key=True, nullable=False),
        sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("device_id", BIG, nullable=False),
        sa.Column("at", BIG, nullable=False),
    )
    op.create_index("scan_picture_item", "scan_picture", ["register_no"])
