"""The secret addresses of calendars, by their hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0030_calendar_feeds"
down_revision = "0029_overdue_share"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", BIG, nullable=False),
        sa.Column("revoked_at", BIG, nullable=True),
    )
    op.create_index("calendar_feed_person", "calendar_feed", ["person_id"])
