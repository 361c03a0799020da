"""What is out for examination is found by itself; deadlines are brought up, since more is waited for out there."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025_away"
down_revision = "0024_submissions"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = [
    "away_at", "register_no", "custody_id", "watch_at", "forensic", "category", "case_id", "team_id", "oic_id",
]  # fmt: skip


def upgrade() -> None:
    op.add_column("item", sa.Column("away_at", BIG, nullable=True))
    _fill()
    where = sa.text("away_at IS NOT NULL")
    op.create_index("item_away", "item", COLUMNS, sqlite_where=where, postgresql_where=where)
    # The worker walks every item at its next round.
    op.execute(sa.text("DELETE FROM setting WHERE name = 'deadlines'"))


def _fill() -> None:
    """Only what is outside the force, or was used up there, is looked at."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT register_no, state FROM item"
            " WHERE custody_kind IN ('carrier', 'external') OR forensic = 'consumed'"
        )
    ).all()
    for register_no, state in found:
        since = _since(json.loads(state))
        if since is not None:
            micros = (datetime.fromisoformat(since) - EPOCH) // timedelta(microseconds=1)
            connection.execute(
                sa.text("UPDATE item SET away_at = :since WHERE register_no = :number"),
                {"since": micros, "number": register_no},
            )


def _since(state: dict[str, Any]) -> str | None:
    """As the domain says it at this step."""
    kind = state.get("place", {}).get("kind")
    out = not state.get("disposed") and not state.get("collected_by") and kind in {"lab", "carrier"}
    if not out and state.get("disposed") != "consumed":
        return None
    return state.get("submitted_at") or state.get("held_since")
