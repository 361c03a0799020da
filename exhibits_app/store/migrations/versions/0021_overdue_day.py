"""How many decisions were overdue on each day, for the trend of the board; it begins with this step."""

import sqlalchemy as sa
from alembic import op

revision = "0021_overdue_day"
down_revision = "0020_digests"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "overdue_day",
        sa.Column("team_id", BIG, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("overdue", BIG, nullable=False),
    )
