"""What an examination was estimated to cost stands with the decision about it."""

import sqlalchemy as sa
from alembic import op

revision = "0033_decision_cost"
down_revision = "0032_notices"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # No decision before this step says it.
    op.add_column("decision_made", sa.Column("cost", BIG, nullable=True))
