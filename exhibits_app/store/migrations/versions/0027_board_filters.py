"""Every filter of the board has its index, and who has left is found among thousands who have not."""

import sqlalchemy as sa
from alembic import op

revision = "0027_board_filters"
down_revision = "0026_also_due"
branch_labels = None
depends_on = None

FILTERED = ("register_no", "category", "team_id", "oic_id", "store_id")
FIRST = {
    "due": ("category", "team_id", "oic_id", "store_id", "due_kind"),
    "watch": ("team_id", "oic_id", "store_id"),
}


def upgrade() -> None:
    for sort, columns in FIRST.items():
        for first in columns:
            others = [name for name in (*FILTERED, f"{sort}_kind") if name != first]
            name = f"item_{sort}_{first.removesuffix('_id').removeprefix(f'{sort}_')}"
            _index(name, "item", [first, f"{sort}_at", *others], f"{sort}_at IS NOT NULL")
    _index("person_left", "person", ["id"], "active = 0")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
