"""Erase entries are found at once, and the log of reads says in words what was withheld, and knows the command line."""

import sqlalchemy as sa
from alembic import op

revision = "0006_erasures"
down_revision = "0005_closed_logs"
branch_labels = None
depends_on = None

_ERASED = sa.text("type = 'erase'")


def upgrade() -> None:
    op.create_index("entry_erased", "entry", ["id"], sqlite_where=_ERASED, postgresql_where=_ERASED)
    with op.batch_alter_table("read_log") as table:
        table.add_column(sa.Column("note", sa.Text, nullable=False, server_default=""))
        table.alter_column("person_id", existing_type=sa.BigInteger, nullable=True)
