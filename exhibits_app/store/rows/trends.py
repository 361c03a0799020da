"""Rows of what is counted once a day, so that a page need not count what is past."""

from sqlmodel import SQLModel

from .columns import text, whole


class OverdueDayRow(SQLModel, table=True):
    """How many decisions were overdue when a day was first looked at: of one team, or with team 0 of the force.

    `day` is the date in London, like 2026-05-03.
    """

    __tablename__ = "overdue_day"

    team_id: int = whole(primary=True)
    day: str = text(primary=True)
    overdue: int = whole()
