"""The deadlines of custody stand beside those of decisions, and time limits are tried out within one index."""

import sqlalchemy as sa
from alembic import op

revision = "0012_deadlines"
down_revision = "0011_promotions"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FILTERED = ["register_no", "category", "team_id", "oic_id", "store_id"]
_DUE = sa.text("due_at IS NOT NULL")
_WATCHED = sa.text("watch_at IS NOT NULL")


def upgrade() -> None:
    """The new columns are filled by the worker: `exhibits worker`, or the service itself, at its first round."""
    op.add_column("item", sa.Column("watch_at", BIG, nullable=True))
    op.add_column("item", sa.Column("watch_kind", sa.Text, nullable=True))
    op.drop_index("item_due", "item")
    board = ["due_at", *FILTERED, "due_kind", "forensic", "seized_at"]
    op.create_index("item_due", "item", board, sqlite_where=_DUE, postgresql_where=_DUE)
    watch = ["watch_at", *FILTERED, "watch_kind"]
    op.create_index("item_watch", "item", watch, sqlite_where=_WATCHED, postgresql_where=_WATCHED)
