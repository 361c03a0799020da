"""Messages that were given up are found without reading those that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0016_dead_letters"
down_revision = "0015_print_jobs"
branch_labels = None
depends_on = None

DEAD = sa.text("sent_at IS NULL AND next_try_at IS NULL")


def upgrade() -> None:
    op.create_index("message_dead", "message", ["id"], sqlite_where=DEAD, postgresql_where=DEAD)
