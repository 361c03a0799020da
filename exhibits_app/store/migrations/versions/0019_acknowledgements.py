"""A supervisor acknowledges a deadline for a while, and people are told again when that has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0019_acknowledgements"
down_revision = "0018_advised"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = ["register_no", "clock", "due_at", "stage", "person_id"]


def upgrade() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), nullable=False),
        sa.Column("clock", sa.Text, nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in ("due_at", "number")),
        sa.Column("person_id", BIG, sa.ForeignKey("person.id"), nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in ("at", "until")),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("acknowledgement_key", "acknowledgement", ["register_no", "clock", "due_at", "number"], unique=True)
    # After how many ended acknowledgements the alert was raised.
    op.add_column("alert", sa.Column("again", BIG, nullable=False, server_default="0"))
    op.drop_index("alert_key", "alert")
    op.create_index("alert_key", "alert", [*KEY, "again"], unique=True)
