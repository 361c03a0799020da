"""Rows of what is counted beforehand, so that a page need not count what is past, or all that is overdue."""

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


class OverdueShareRow(SQLModel, table=True):
    """How many decisions of a team were overdue when they were last counted, of one span of the ageing chart.

    `sort` is "category", "store" or "oic", and `value` one of these, "" for none; team 0 is no team.
    """

    __tablename__ = "overdue_share"

    team_id: int = whole(primary=True)
    sort: str = text(primary=True)
    value: str = text(primary=True)
    span: int = whole(primary=True)
    overdue: int = whole()
