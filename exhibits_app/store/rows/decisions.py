"""Rows of the decisions that were made, which follow from the ledger and serve the reports of a month."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import instant, text, whole

_COST = sql_text("reason_code = 'cost'")
# A month is counted within an index: rows are read only when they are shown.
_NARROWED = ("team_id", "actor_id", "category")
_COUNTED = ("decision", "against", "due_at", "reopened_at")


class DecisionMadeRow(SQLModel, table=True):
    """One decision as corrected. `recommendations` are the ids of those it says no to, `against` how many they are.

    `actor` is the name as at that time, with the rank; `team_id` the case's team when the decision was recorded,
    which the ledger does not say.
    """

    __tablename__ = "decision_made"
    __table_args__ = (
        Index("decision_made_item", "register_no"),
        Index("decision_made_at", "at", "event_id", *_NARROWED, *_COUNTED),
        Index("decision_made_cost", "at", "event_id", *_NARROWED, sqlite_where=_COST, postgresql_where=_COST),
        Index("decision_made_actor", "actor_id", "at", "event_id"),
    )

    event_id: str = text(primary=True)
    register_no: int = whole("item.register_no")
    at: int = instant()
    decision: str = text()
    reason_code: str | None = text(null=True)
    category: str = text()
    case_id: int = whole()
    team_id: int | None = whole(null=True)
    actor_id: int = whole()
    actor: str = text()
    rank: str = text()
    against: int = whole()
    recommendations: str = text()
    due_at: int | None = instant(null=True)
    reopened_at: int | None = instant(null=True)
    reopened_by: str | None = text(null=True)
    cost: int | None = whole(null=True)
