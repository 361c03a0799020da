"""How long decisions have been overdue, by team, store, category and officer in the case; the worker counts it."""

import sqlalchemy as sa
from alembic import op

revision = "0029_overdue_share"
down_revision = "0028_legacy_stock"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "overdue_share",
        sa.Column("team_id", BIG, primary_key=True, autoincrement=False),
        sa.Column("sort", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("span", BIG, primary_key=True, autoincrement=False),
        sa.Column("overdue", BIG, nullable=False),
    )
