"""An item that owes several steps of custody is found under each."""

import sqlalchemy as sa
from alembic import op

revision = "0026_also_due"
down_revision = "0025_away"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STEPS = sa.text("watch_kind <> 'sighting'")
FILTERED = ["register_no", "category", "team_id", "oic_id", "store_id"]


def upgrade() -> None:
    """The worker fills it at its first round, as it brings deadlines up: the version is applied to no item yet."""
    op.add_column("item", sa.Column("watch_more", BIG, nullable=False, server_default="0"))
    op.create_table(
        "also_due",
        sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("due_at", BIG, nullable=False),
    )
    op.create_index("also_due_kind", "also_due", ["kind", "due_at", "register_no"])
    columns = ["watch_kind", "watch_at", *FILTERED]
    op.create_index("item_watch_kind", "item", columns, sqlite_where=_STEPS, postgresql_where=_STEPS)
    op.execute("DELETE FROM setting WHERE name = 'deadlines'")
