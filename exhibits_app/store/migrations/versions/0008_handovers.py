"""Who an item is offered to and by whom, who holds it with another, and what a person holds, found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008_handovers"
down_revision = "0007_sequence_gaps"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = {
    "joint_id": ("joint", "id"),
    "offered_to": ("offer", "receiver", "id"),
    "offered_by": ("offer", "giver", "id"),
}
INDEXES = (
    ("item_holder", "custody_id", "custody_kind = 'person'"),
    ("item_joint", "joint_id", "joint_id IS NOT NULL"),
    ("item_offered_to", "offered_to", "offered_to IS NOT NULL"),
    ("item_offered_by", "offered_by", "offered_to IS NOT NULL"),
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, path in COLUMNS.items():
        op.add_column("item", sa.Column(name, BIG, nullable=True))
        if on_sqlite:
            value = f"json_extract(state, '$.{'.'.join(path)}')"
        else:
            value = f"(state::json #>> '{{{','.join(path)}}}')::bigint"
        # Only states that say such a thing are written again.
        op.execute(f"UPDATE item SET {name} = {value} WHERE state LIKE '%\"{path[0]}\":{{%'")
    for name, column, only in INDEXES:
        where = sa.text(only)
        op.create_index(name, "item", [column, "register_no"], sqlite_where=where, postgresql_where=where)
