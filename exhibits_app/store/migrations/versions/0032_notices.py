"""The alert job looks at an item when the next stage of its escalation comes, and not in every round."""

import sqlalchemy as sa
from alembic import op

revision = "0032_notices"
down_revision = "0031_case_links"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_CATEGORY = ["category", "watch_at", "register_no", "team_id", "oic_id", "store_id", "watch_kind"]


def upgrade() -> None:
    op.add_column("item", sa.Column("notice_at", BIG, nullable=True))
    # The first round looks at everything for which a clock runs, and leaves to each item when it is next.
    op.execute("UPDATE item SET notice_at = 0 WHERE due_at IS NOT NULL OR watch_at IS NOT NULL")
    noticed, watched = sa.text("notice_at IS NOT NULL"), sa.text("watch_at IS NOT NULL")
    op.create_index(
        "item_notice", "item", ["notice_at", "register_no"], sqlite_where=noticed, postgresql_where=noticed
    )
    op.create_index("item_watch_category", "item", BY_CATEGORY, sqlite_where=watched, postgresql_where=watched)
