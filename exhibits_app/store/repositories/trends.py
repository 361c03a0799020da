"""What is counted beforehand, in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import bindparam, delete, func, literal_column, select

from ...services.ports.trends import CATEGORY, OIC, STORE, Share
from ..mapping import instant, micros
from ..rows import item, overdue_day, overdue_share, setting
from ..sql import Session, Statement, adding, unless_there, upsert

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
SPANS = 7  # As many columns as the ageing chart has.
_SORTS = {CATEGORY: item.c.category, STORE: item.c.store_id, OIC: item.c.oic_id}
_COUNTED_AT = "ageing counted"
_KEEP_SHARE = Statement(adding(overdue_share, "team_id", "sort", "value", "span", "overdue"))
_DROP_SHARES = Statement(delete(overdue_share))
_SHARES = Statement(
    select(overdue_share).where(overdue_share.c.sort == bindparam("sort_of")).order_by(*overdue_share.primary_key)
)
_SHARES_AT = Statement(select(setting.c.value).where(setting.c.name == literal_column(f"'{_COUNTED_AT}'")))
_SET_SHARES_AT = Statement(
    lambda database: (
        upsert(database, setting)
        .values(name=literal_column(f"'{_COUNTED_AT}'"), value=bindparam("counted_at"))
        .on_conflict_do_update(index_elements=["name"], set_={"value": bindparam("counted_at")})
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

    def count_shares(self, at: datetime, edges: Sequence[datetime]) -> list[Share]:
        """How many are overdue at this moment in each span back from it, between the descending edges and before."""
        ends = [micros(at), *map(micros, edges)]
        found: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0] * len(ends))
        for span, (high, low) in enumerate(zip(ends, [*ends[1:], None], strict=True)):
            within = [item.c.due_at < high, *(() if low is None else (item.c.due_at >= low,))]
            for sort, column in _SORTS.items():
                query = select(item.c.team_id, column, func.count()).where(*within).group_by(item.c.team_id, column)
                for team, value, count in self._session.query(query):
                    found[team or FORCE, sort, "" if value is None else str(value)][span] += count
        return [Share(*key, tuple(counts)) for key, counts in found.items()]

    def keep_shares(self, shares: Sequence[Share], at: datetime) -> bool:
        """Keep these, counted at this moment, in place of those before; False when later ones are kept."""
        kept = self.shares_at()
        if kept is not None and kept >= at:
            return False
        self._session.run(_SET_SHARES_AT, counted_at=str(micros(at)))
        self._session.run(_DROP_SHARES)
        rows = [
            {"team_id": one.team, "sort": one.sort, "value": one.value, "span": span, "overdue": count}
            for one in shares
            for span, count in enumerate(one.spans)
            if count
        ]
        self._session.many(_KEEP_SHARE, rows)
        return True

    def shares(self, sort: str, team: int | None) -> list[Share]:
        """Those kept, of a team or of the whole force (a share for each team)."""
        rows = [row for row in self._session.all(_SHARES, sort_of=sort) if team is None or row.team_id == team]
        found = []
        for (one, value), some in groupby(rows, lambda row: (row.team_id, row.value)):
            counts = {row.span: int(row.overdue) for row in some}
            found.append(Share(one, sort, value, tuple(counts.get(span, 0) for span in range(SPANS))))
        return found

    def shares_at(self) -> datetime | None:
        """When they were counted; None when they never were."""
        value = self._session.value(_SHARES_AT)
        return None if value is None else instant(int(value))
