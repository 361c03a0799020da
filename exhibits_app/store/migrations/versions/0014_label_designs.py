"""How labels look and what they are printed on is kept in versions, and a printing says which it was drawn by."""

import sqlalchemy as sa
from alembic import op

revision = "0014_label_designs"
down_revision = "0013_blank_labels"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "label_design",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("version", BIG, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("made_at", BIG, nullable=False),
        sa.Column("made_by", BIG, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    # Before templates, every label was drawn as the built-in one, which is version 0, still draws it.
    op.add_column("print_job", sa.Column("template", BIG, nullable=False, server_default="0"))
