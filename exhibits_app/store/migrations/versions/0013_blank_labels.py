"""Blank labels printed ahead in series, with the account of every number."""

import sqlalchemy as sa
from alembic import op

revision = "0013_blank_labels"
down_revision = "0012_deadlines"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _series()
    _labels()
    _notes()
    op.execute("INSERT INTO counter (name, value) VALUES ('series', 0)")


def _series() -> None:
    op.create_table(
        "label_series",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("labels", BIG, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("stock", "purpose")),
        sa.Column("holder_person", BIG, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("holder_team", BIG, sa.ForeignKey("team.id"), nullable=True),
        sa.Column("ordered_at", BIG, nullable=False),
        sa.Column("ordered_by", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("job_id", BIG, sa.ForeignKey("print_job.id"), nullable=True),
        sa.Column("closed_at", BIG, nullable=True),
    )
    op.create_index("label_series_closed_at", "label_series", ["closed_at", "number"])


def _labels() -> None:
    op.create_table(
        "series_label",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("series", BIG, sa.ForeignKey("label_series.number"), nullable=False),
        sa.Column("serial", BIG, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        *(sa.Column(name, BIG, nullable=True) for name in ("register_no", "at", "by_id")),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("series_label_serial", "series_label", ["series", "serial"], unique=True)
    op.create_index("series_label_state", "series_label", ["series", "state", "serial"])


def _notes() -> None:
    op.create_table(
        "series_note",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("series", BIG, sa.ForeignKey("label_series.number"), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "numbers", "words")),
    )
    op.create_index("series_note_series", "series_note", ["series", "id"])
