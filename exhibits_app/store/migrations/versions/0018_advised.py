"""What was recommended and not answered is found by itself, whatever falls due before it."""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0018_advised"
down_revision = "0017_scan_pictures"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = ["advised_at", "register_no", "category", "team_id", "oic_id", "store_id"]


def upgrade() -> None:
    op.add_column("item", sa.Column("advised_at", BIG, nullable=True))
    _fill()
    where = sa.text("advised_at IS NOT NULL")
    op.create_index("item_advised", "item", COLUMNS, sqlite_where=where, postgresql_where=where)


def _fill() -> None:
    """Only states that hold a recommendation are looked at."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT register_no, state FROM item"
            " WHERE state LIKE :advised AND custody_kind NOT IN ('owner', 'destroyed')"
        ),
        {"advised": '%"recommendations":[{%'},
    ).all()
    for register_no, state in found:
        waiting = [one["at"] for one in json.loads(state)["recommendations"] if one.get("answer") is None]
        if waiting:
            since = (min(map(datetime.fromisoformat, waiting)) - EPOCH) // timedelta(microseconds=1)
            connection.execute(
                sa.text("UPDATE item SET advised_at = :since WHERE register_no = :number"),
                {"since": since, "number": register_no},
            )
