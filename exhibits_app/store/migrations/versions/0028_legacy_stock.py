"""Items of a previous system: their number there, from when they count, and the plans for grading them in."""

import sqlalchemy as sa
from alembic import op

revision = "0028_legacy_stock"
down_revision = "0027_board_filters"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LEGACY = sa.text("grade_at IS NOT NULL")
NUMBERED = sa.text("legacy_key IS NOT NULL")
DUE = sa.text("due_at IS NOT NULL")
BOARD = [
    "due_at", "register_no", "category", "team_id", "oic_id", "store_id", "due_kind", "forensic", "seized_at",
    "grade_at",
]  # fmt: skip
PORTIONS = ["team_id", "category", "seized_at", "register_no", "grade_at", "grade_plan"]


def upgrade() -> None:
    op.add_column("item", sa.Column("legacy_key", KEY_TEXT, nullable=True))
    op.add_column("item", sa.Column("grade_at", BIG, nullable=True))
    op.add_column("item", sa.Column("grade_plan", BIG, nullable=False, server_default="0"))
    op.create_index(
        "item_legacy", "item", ["legacy_key"], unique=True, sqlite_where=NUMBERED, postgresql_where=NUMBERED
    )
    op.create_index(
        "item_grade_at", "item", ["grade_at", "team_id", "grade_plan"], sqlite_where=LEGACY, postgresql_where=LEGACY
    )
    op.create_index("item_portions", "item", PORTIONS, sqlite_where=LEGACY, postgresql_where=LEGACY)
    # Time limits are tried out within the index of the board: legacy stock counts from when it is graded in.
    op.drop_index("item_due", "item")
    op.create_index("item_due", "item", BOARD, sqlite_where=DUE, postgresql_where=DUE)
    op.create_table(
        "grading_plan",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("per_week", BIG, nullable=False),
        sa.Column("starts_at", BIG, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_by", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", BIG, nullable=False),
        sa.Column("categories", sa.Text, nullable=False),
        sa.Column("done", BIG, nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("finished", BIG, nullable=False),
    )
