"""Alerts that no message carries yet, in SQL: whose they are, how many, the most overdue of them, and marking them."""

from typing import Any

from sqlalchemy import bindparam, case, func, literal_column, select, update

from ...domain.digest import LATE
from ..mapping import instant
from ..rows import alert
from ..sql import AnyRow, Session, Statement

_WAITS = alert.c.message_id.is_(None)
_OF_PERSON = _WAITS & (alert.c.person_id == bindparam("person"))
_NEXT = Statement(
    select(alert.c.person_id)
    .where(_WAITS, alert.c.person_id > bindparam("after"))
    .order_by(alert.c.person_id)
    .limit(literal_column("1"))
)
_COUNT = Statement(
    select(func.count()).select_from(select(alert.c.due_at).where(_OF_PERSON).limit(bindparam("limit")).subquery())
)
_UNTOLD = Statement(
    select(alert)
    .where(_OF_PERSON, alert.c.at_once >= bindparam("at_once"))
    .order_by(alert.c.due_at, alert.c.id)
    .limit(bindparam("limit"))
)
_LATE = case((alert.c.stage.in_([literal_column(f"'{stage}'") for stage in sorted(LATE)]), alert.c.register_no))
_IN_ALL = Statement(select(func.count(alert.c.register_no.distinct()), func.count(_LATE.distinct())).where(_OF_PERSON))
_NEWEST = Statement(select(func.max(alert.c.id)).where(_OF_PERSON))
_SOME = select(alert.c.id).where(_OF_PERSON, alert.c.id <= bindparam("newest")).limit(bindparam("limit"))
_CARRY = Statement(update(alert).where(alert.c.id.in_(_SOME)).values(message_id=bindparam("carrier")))


class Untold:
    """What is still to be told, of the Alerts port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_untold(self, after: int = 0) -> int | None:
        """The person with the next higher id of whom there are alerts that no message carries yet."""
        found = self._session.value(_NEXT, after=after)
        return None if found is None else int(found)

    def count_untold(self, person: int, limit: int) -> int:
        """How many alerts of that person no message carries yet, counted to the limit."""
        return int(self._session.value(_COUNT, person=person, limit=limit))

    def untold_of(self, person: int, limit: int, *, at_once: bool = False) -> list[dict[str, Any]]:
        """Those, the most overdue first; `at_once`: those that do not wait for the day's digest.

        Each with id, register_no, clock, due_at, stage, person, raised_at, message and again.
        """
        rows = self._session.all(_UNTOLD, person=person, limit=limit, at_once=int(at_once))
        return [alert_of(row) for row in rows]

    def untold_in_all(self, person: int) -> tuple[int, int]:
        """How many exhibits they are about, and how many of these are overdue. It takes a second for a million."""
        exhibits, late = self._session.all(_IN_ALL, person=person)[0]
        return exhibits, late

    def newest_untold(self, person: int) -> int:
        """The highest id of them; 0 where there is none."""
        return int(self._session.value(_NEWEST, person=person) or 0)

    def carry(self, person: int, message: int, newest: int, limit: int) -> int:
        """Mark some of them, up to that id, as carried by the message; how many they were, 0 when all are."""
        return self._session.run(_CARRY, person=person, carrier=message, newest=newest, limit=limit)


def alert_of(row: AnyRow) -> dict[str, Any]:
    """The alert as a dictionary."""
    return {
        "id": row.id,
        "register_no": row.register_no,
        "clock": row.clock,
        "due_at": instant(row.due_at),
        "stage": row.stage,
        "person": row.person_id,
        "raised_at": instant(row.raised_at),
        "message": row.message_id,
        "again": row.again,
    }
