"""Forensic submissions: drafts, what was authorised, and which of their exhibits were scanned out."""

import sqlalchemy as sa
from alembic import op

revision = "0024_submissions"
down_revision = "0023_item_words"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("case_id", BIG, sa.ForeignKey("case_file.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "written")),
    )
    op.create_index("submission_state", "submission", ["state", "number"])
    op.create_index("submission_case", "submission", ["case_id", "number"])
    _lines()
    _notes()
    op.execute("INSERT INTO counter (name, value) VALUES ('submission', 0)")


def _lines() -> None:
    op.create_table(
        "submission_line",
        _number(primary=True),
        sa.Column("register_no", BIG, primary_key=True, autoincrement=False),
        sa.Column("sent_at", BIG, nullable=True),
    )
    op.create_index("submission_line_item", "submission_line", ["register_no", "number"])
    op.create_table(
        "submission_version",
        _number(primary=True),
        sa.Column("version", BIG, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("sha256", "written")),
    )


def _notes() -> None:
    op.create_table(
        "submission_note",
        sa.Column("id", BIG, primary_key=True),
        _number(),
        sa.Column("at", BIG, nullable=False),
        sa.Column("by_id", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("submission_note_number", "submission_note", ["number", "id"])


def _number(*, primary: bool = False) -> sa.Column[int]:
    return sa.Column(
        "number", BIG, sa.ForeignKey("submission.number"), primary_key=primary, nullable=False, autoincrement=False
    )
