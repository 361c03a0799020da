"""A printing has a life, and a printed label counts from its first scan.

Labels of before were good as soon as they were printed, so their printings are over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_print_jobs"
down_revision = "0014_label_designs"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW_TEXTS = ("state", "printer", "sent_sha256", "reason", "words")
NEW_NUMBERS = ("team_id", "store_id", "reprints", "authorised_by", "sending_until")


def upgrade() -> None:
    for name in ("activated_at", "activated_by"):
        op.add_column("label", sa.Column(name, BIG, nullable=True))
    for name in NEW_TEXTS:
        op.add_column("print_job", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in NEW_NUMBERS:
        op.add_column("print_job", sa.Column(name, BIG, nullable=True))
    op.execute("UPDATE print_job SET state = 'confirmed'")
    op.create_table(
        "print_step",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("job_id", BIG, sa.ForeignKey("print_job.id"), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
    )
    op.create_index("print_step_job", "print_step", ["job_id", "id"])
    op.create_index("print_job_maker", "print_job", ["made_by", "id"])
    _partial("label_printed", "label", ["kind", "subject"], "state = 'printed'")
    _partial("print_job_waiting", "print_job", ["id"], "state IN ('queued', 'sending')")


def _partial(name: str, table: str, columns: list[str], only: str) -> None:
    where = sa.text(only)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
