"""What is out for examination, in SQL: every list and count stays within one partial index."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select, tuple_

from ...domain.exhibit import Forensic
from ...services.ports import AwayAt, AwayLine, ListedItem
from ..mapping import instant, listed, micros
from ..rows import case_file, item
from ..sql import Session


class SqlAway:
    """Implements the Away port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self, wanted: AwayLine, after: tuple[datetime, int] | None = None, limit: int = 50
    ) -> list[tuple[datetime, ListedItem]]:
        """Since when, and the item; those out the longest first."""
        rows = self._session.query(page_query(wanted, after).limit(limit))
        return [(instant(row.away_at), listed(row)) for row in rows]

    def places(self, wanted: AwayLine, now: datetime) -> list[AwayAt]:
        """What each place has of them; those with the most overdue first, then those with the most."""
        found = [
            AwayAt(row[0], row[1], row[2], instant(row[3]), row[4], row[5])
            for row in self._session.query(places_query(wanted, now))
        ]
        return sorted(found, key=lambda one: (-one.overdue, -one.count, one.place))


def page_query(wanted: AwayLine, after: tuple[datetime, int] | None) -> Select[*tuple[Any, ...]]:
    """A page in the order of the index."""
    query = _narrowed(select(item.c.state, item.c.watch_at, item.c.watch_kind, item.c.away_at), wanted)
    if after is not None:
        query = query.where(tuple_(item.c.away_at, item.c.register_no) > tuple_(micros(after[0]), after[1]))
    return query.order_by(item.c.away_at, item.c.register_no)


def places_query(wanted: AwayLine, now: datetime) -> Select[*tuple[Any, ...]]:
    """One row for each place; as long as what is out, and no longer."""
    counted = select(
        item.c.custody_id,
        func.count(),
        _how_many(item.c.watch_at < micros(now)),
        func.min(item.c.away_at),
        _how_many(item.c.forensic == Forensic.SUBMITTED.value),
        _how_many(item.c.forensic == Forensic.CONSUMED.value),
    )
    return _narrowed(counted, wanted).group_by(item.c.custody_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: AwayLine) -> Select[*tuple[Any, ...]]:
    columns = {
        item.c.custody_id: wanted.lab,
        item.c.category: wanted.category,
        item.c.forensic: wanted.forensic,
        item.c.team_id: wanted.team,
        item.c.oic_id: wanted.oic,
        item.c.case_id: wanted.case,
        item.c.store_id: wanted.store,
    }
    where = [column == value for column, value in columns.items() if value is not None]
    query = query.where(item.c.away_at.is_not(None), *where)
    if wanted.overdue_at is not None:
        # As a sum, so that no database walks all that is overdue in the stores instead of what is out.
        query = query.where(item.c.watch_at + literal_column("0") < micros(wanted.overdue_at))
    if wanted.kind_of_case is not None:
        query = query.join(case_file, case_file.c.id == item.c.case_id).where(
            case_file.c.category == wanted.kind_of_case
        )
    return query
