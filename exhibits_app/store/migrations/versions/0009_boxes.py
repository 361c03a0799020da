"""Boxes, what each was said to hold at every act on it, the box that an item lies in, and the seals of boxes."""

import sqlalchemy as sa
from alembic import op

revision = "0009_boxes"
down_revision = "0008_handovers"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _boxes()
    _manifests()
    _items()
    _seals()


def _boxes() -> None:
    op.create_table(
        "box",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("name_key", KEY_TEXT, nullable=False),
        sa.Column("custody_kind", sa.Text, nullable=False),
        sa.Column("custody_id", BIG, nullable=False),
        sa.Column("store_id", BIG, sa.ForeignKey("place.id"), nullable=True),
        sa.Column("parent_id", BIG, sa.ForeignKey("box.id"), nullable=True),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("box_name_key", "box", ["name_key"], unique=True)
    op.create_index("box_store", "box", ["store_id", "id"])
    nested = sa.text("parent_id IS NOT NULL")
    op.create_index("box_parent", "box", ["parent_id"], sqlite_where=nested, postgresql_where=nested)


def _manifests() -> None:
    op.create_table(
        "manifest",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("box_id", BIG, sa.ForeignKey("box.id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("scan", "act", "kind")),
        *(sa.Column(name, BIG, nullable=False) for name in ("at", "recorded_at", "by_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by_name", "note", "items", "sha256")),
    )
    op.create_index("manifest_box", "manifest", ["box_id", "id"])
    op.create_index("manifest_scan", "manifest", ["scan"])


def _items() -> None:
    boxed = sa.text("box_id IS NOT NULL")
    op.add_column("item", sa.Column("box_id", BIG, nullable=True))
    op.create_index("item_box", "item", ["box_id", "register_no"], sqlite_where=boxed, postgresql_where=boxed)


def _seals() -> None:
    """A seal is an item's or a box's. SQLite cannot make a column nullable, so its table is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("seal_use_item", "seal_use")
        op.rename_table("seal_use", "seal_use_before")
        op.create_table(
            "seal_use",
            sa.Column("seal", sa.Text, primary_key=True),
            sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), nullable=True),
            sa.Column("used_at", BIG, nullable=False),
            sa.Column("box_id", BIG, sa.ForeignKey("box.id"), nullable=True),
        )
        op.execute("INSERT INTO seal_use (seal, register_no, used_at) SELECT * FROM seal_use_before")
        op.drop_table("seal_use_before")
        op.create_index("seal_use_item", "seal_use", ["register_no"])
    else:
        op.alter_column("seal_use", "register_no", nullable=True)
        op.add_column("seal_use", sa.Column("box_id", BIG, sa.ForeignKey("box.id"), nullable=True))
