"""What is counted once a day, in SQL."""

from datetime import date, datetime

from sqlalchemy import bindparam, func, literal_column, select

from ..mapping import micros
from ..rows import item, overdue_day
from ..sql import Session, Statement, unless_there

FORCE = 0  # Stands for the whole force where a team's number stands; no team has it.

# Within the index of the board; once a day.
_COUNT = Statement(select(item.c.team_id, func.count()).where(item.c.due_at < bindparam("at")).group_by(item.c.team_id))
_KEEP = Statement(unless_there(overdue_day, "team_id", "day", "overdue"))
_KEPT = Statement(
    select(overdue_day.c.day).where(
        overdue_day.c.team_id == literal_column(str(FORCE)), overdue_day.c.day == bindparam("this_day")
    )
)
_SINCE = Statement(
    select(overdue_day.c.day, overdue_day.c.overdue).where(
        overdue_day.c.team_id == bindparam("team"), overdue_day.c.day >= bindparam("first")
    )
)


class SqlTrends:
    """Implements the Trends port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, day: date, at: datetime) -> bool:
        """Count what is overdue at this moment and keep it as the day's; False when the day is kept already."""
        if self._session.one(_KEPT, this_day=day.isoformat()) is not None:
            return False
        counts = {row[0]: int(row[1]) for row in self._session.all(_COUNT, at=micros(at))}
        of_all = {FORCE: sum(counts.values())} | {team: count for team, count in counts.items() if team}
        self._session.many(
            _KEEP, [{"team_id": team, "day": day.isoformat(), "overdue": count} for team, count in of_all.items()]
        )
        return True

    def since(self, day: date, team: int | None) -> dict[date, int]:
        """The days from this one on, of a team or of the whole force.

        A team with nothing overdue has no row on a day that was counted: it is none then.
        """
        counted = self._days(day, FORCE)
        if team is None:
            return counted
        own = self._days(day, team)
        return {one: own.get(one, 0) for one in counted}

    def _days(self, first: date, team: int) -> dict[date, int]:
        rows = self._session.all(_SINCE, team=team, first=first.isoformat())
        return {date.fromisoformat(row[0]): int(row[1]) for row in rows}
