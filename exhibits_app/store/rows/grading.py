"""Rows of the plans by which legacy stock is graded in."""

from sqlmodel import SQLModel

from .columns import identity, instant, text, whole


class GradingPlanRow(SQLModel, table=True):
    """A plan for the legacy stock of one team, and how far it is carried out. None is ever removed."""

    __tablename__ = "grading_plan"

    id: int = identity()
    team_id: int | None = whole(null=True)
    per_week: int = whole()
    starts_at: int = instant()
    reason: str = text()
    made_by: int = whole("person.id")
    made_at: int = instant()
    categories: str = text()
    done: int = whole()
    cursor: str = text()
    finished: int = whole()
