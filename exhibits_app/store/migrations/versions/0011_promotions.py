"""Which items changed their case since a head of the ledger is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0011_promotions"
down_revision = "0010_discrepancies"
branch_labels = None
depends_on = None

_PROMOTED = sa.text("type = 'promote'")


def upgrade() -> None:
    op.create_index("entry_promoted", "entry", ["id"], sqlite_where=_PROMOTED, postgresql_where=_PROMOTED)


