"""Decisions that were made stand in a table of their own, filled from the entries that tell of them."""

import sqlalchemy as sa
from alembic import op

from exhibits_app.domain.made import decisions_made
from exhibits_app.store.caches import Caches
from exhibits_app.store.repositories.decisions import row_of
from exhibits_app.store.repositories.ledger import SqlLedger
from exhibits_app.store.repositories.policies import SqlPolicies
from exhibits_app.store.sql import Session

revision = "0022_decision_made"
down_revision = "0021_overdue_day"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NARROWED = ["at", "event_id", "team_id", "actor_id", "category"]
COST = sa.text("reason_code = 'cost'")


def upgrade() -> None:
    table = op.create_table(
        "decision_made",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("register_no", BIG, sa.ForeignKey("item.register_no"), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=True),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=True),
        sa.Column("actor_id", BIG, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("rank", sa.Text, nullable=False),
        sa.Column("against", BIG, nullable=False),
        sa.Column("recommendations", sa.Text, nullable=False),
        sa.Column("due_at", BIG, nullable=True),
        sa.Column("reopened_at", BIG, nullable=True),
        sa.Column("reopened_by", sa.Text, nullable=True),
    )
    op.create_index("decision_made_item", "decision_made", ["register_no"])
    op.create_index("decision_made_at", "decision_made", [*NARROWED, "decision", "against", "due_at", "reopened_at"])
    op.create_index("decision_made_cost", "decision_made", NARROWED, sqlite_where=COST, postgresql_where=COST)
    op.create_index("decision_made_actor", "decision_made", ["actor_id", "at", "event_id"])
    _fill(table)


def _fill(table: sa.Table) -> None:
    """The entries are folded as a rebuild folds them; the team is the case's of today, since no entry tells it."""
    connection = op.get_bind()
    session = Session(connection)
    ledger, policies = SqlLedger(session), SqlPolicies(session, Caches())
    decided = sa.text(
        "SELECT DISTINCT entry.register_no, case_file.team_id FROM entry"
        " JOIN item ON item.register_no = entry.register_no JOIN case_file ON case_file.id = item.case_id"
        " WHERE entry.type = 'decide'"
    )
    for register_no, team in connection.execute(decided).all():
        rows = [row_of(one) for one in decisions_made(ledger.events_of(register_no), policies.current)]
        if rows:
            here = [{name: row[name] for name in table.c.keys() if name in row} for row in rows]  # noqa: SIM118
            connection.execute(table.insert(), [row | {"team_id": team} for row in here])
