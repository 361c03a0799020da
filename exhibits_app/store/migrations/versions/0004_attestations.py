"""What witnesses and time-stamp authorities outside said about checkpoints."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Text

revision = "0004_attestations"
down_revision = "0003_ledger_tree"
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "attestation",
        Column("id", BIG, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("party", Text, nullable=False),
        Column("size", BIG, nullable=False),
        Column("root", LargeBinary, nullable=False),
        Column("statement", LargeBinary, nullable=False),
        Column("stated_at", BIG, nullable=False),
        Column("at", BIG, nullable=False),
    )
    op.create_index("attestation_party", "attestation", ["kind", "party", "size"], unique=True)
