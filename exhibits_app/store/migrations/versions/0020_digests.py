"""Alerts that do not wait for the day's digest are marked."""

import sqlalchemy as sa
from alembic import op

revision = "0020_digests"
down_revision = "0019_acknowledgements"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # What waits unsent when the service is brought up to this goes with the first digest.
    op.add_column("alert", sa.Column("at_once", BIG, nullable=False, server_default="0"))
