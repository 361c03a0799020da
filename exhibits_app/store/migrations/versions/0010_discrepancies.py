"""Open discrepancies as a list, alarms about what devices sent, and places that were closed."""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010_discrepancies"
down_revision = "0009_boxes"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDER = ["at", "register_no", "position"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    table = op.create_table(
        "open_discrepancy",
        sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), primary_key=True, autoincrement=False),
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("store_id", BIG, sa.ForeignKey("place.id"), nullable=True),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("recorded", sa.Text, nullable=False),
    )
    op.create_index("open_discrepancy_at", "open_discrepancy", [*ORDER, "kind", "store_id", "team_id"])
    op.create_index("open_discrepancy_store", "open_discrepancy", ["store_id", *ORDER])
    op.create_index("open_discrepancy_team", "open_discrepancy", ["team_id", *ORDER])
    op.create_table(
        "act_alarm",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("at", BIG, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("device_id", BIG, sa.ForeignKey("device.id"), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("closed_at", BIG, nullable=True),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("finding", sa.Text, nullable=False),
    )
    op.create_index("act_alarm_closed_at", "act_alarm", ["closed_at", "id"])
    op.add_column("place", sa.Column("closed_at", BIG, nullable=True))
    op.add_column("place", sa.Column("closed_by", BIG, nullable=True))
    _fill(table)


def _fill(table: sa.Table) -> None:
    """What is open already goes on the list."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT register_no, store_id, team_id, state FROM item WHERE discrepancies > 0")
    ).all()
    for register_no, store, team, state in found:
        known = json.loads(state)
        seen_at = known.get("seen_at") or {}
        rows = [
            {
                "register_no": register_no,
                "position": position,
                "event_id": one["event"],
                "kind": one["kind"],
                "at": (datetime.fromisoformat(one["at"]) - EPOCH) // timedelta(microseconds=1),
                "store_id": store or seen_at.get("store") or seen_at.get("id"),
                "team_id": team,
                "seen": one["seen"],
                "recorded": one["recorded"],
            }
            for position, one in enumerate(known.get("discrepancies", ()))
        ]
        connection.execute(table.insert(), rows)
