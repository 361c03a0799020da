"""Cases can be linked, by a named person with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0031_case_links"
down_revision = "0030_calendar_feeds"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "case_link",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("low_id", BIG, sa.ForeignKey("case_file.id"), nullable=False),
        sa.Column("high_id", BIG, sa.ForeignKey("case_file.id"), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("person_name", sa.Text, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.Column("ended_by", BIG, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("ended_name", sa.Text, nullable=False),
        sa.Column("ended_reason", sa.Text, nullable=False),
    )
    pair = ["low_id", "high_id"]
    op.create_index("case_link_pair", "case_link", pair, unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS)
    op.create_index("case_link_low", "case_link", ["low_id", "id"])
    op.create_index("case_link_high", "case_link", ["high_id", "id"])
