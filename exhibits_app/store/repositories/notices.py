"""When the alert job looks at which item next, in SQL."""

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Update, bindparam, literal_column, or_, select, update

from ...domain.clocked import Clocked
from ...services.ports.notices import Noticed
from ..clocked_state import clocked_of
from ..mapping import instant, micros, micros_or_none
from ..rows import case_file, item
from ..sql import POSTGRESQL, Session, Statement, one_of, rows_of

# Sorted by a sum: by the bare number SQLite would read every item in that order, to find the few that are due.
_DUE = Statement(
    select(item.c.register_no)
    .where(item.c.notice_at <= bindparam("at"))
    .order_by(item.c.register_no + literal_column("0"))
)
_LOOK = Statement(
    lambda database: (
        select(item.c.state, item.c.notice_at, item.c.seq)
        .where(one_of(item.c.register_no, "numbers", database), item.c.notice_at <= bindparam("at"))
        .order_by(item.c.register_no)
    )
)


_STATES = Statement(
    lambda database: select(item.c.register_no, item.c.state).where(one_of(item.c.register_no, "numbers", database))
)


# An item that changed meanwhile, or that somebody asked to be looked at again, keeps what that set.
def _moving_on(database: str) -> Update:
    names = ("this_item", "seen_at", "seen_seq", "next_at")
    listed = database == POSTGRESQL
    given: Mapping[str, Any] = (
        dict(rows_of(**dict.fromkeys(names, _NUMBER)).c) if listed else {name: bindparam(name) for name in names}
    )
    as_seen = (item.c.notice_at == given["seen_at"], item.c.seq == given["seen_seq"])
    return update(item).where(item.c.register_no == given["this_item"], *as_seen).values(notice_at=given["next_at"])


_NUMBER = BigInteger()
_MOVE_ON = Statement(_moving_on)
OF_ITEM = Statement(
    update(item).where(item.c.register_no == bindparam("this_item")).values(notice_at=bindparam("next_at"))
)
_RUNS = or_(item.c.due_at.is_not(None), item.c.watch_at.is_not(None))
_AT_ONCE: ColumnElement[int] = literal_column("0")
# Whoever stands behind the words of the escalation is another from now on.
OF_CASE = Statement(update(item).where(item.c.case_id == bindparam("this_case"), _RUNS).values(notice_at=_AT_ONCE))
_THEIRS = select(case_file.c.id).where(
    or_(case_file.c.oic_id == bindparam("this_person"), case_file.c.supervisor_id == bindparam("this_person"))
)
OF_PERSON = Statement(update(item).where(item.c.case_id.in_(_THEIRS), _RUNS).values(notice_at=_AT_ONCE))
HELD_BY = Statement(
    update(item)
    .where(item.c.custody_kind == literal_column("'person'"), item.c.custody_id == bindparam("this_person"), _RUNS)
    .values(notice_at=_AT_ONCE)
)


class SqlNotices:
    """Implements the Notices port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, at: datetime) -> Sequence[int]:
        """The numbers of all items to be looked at by that moment, ascending; eight bytes of memory each."""
        return array("q", (number for (number,) in self._session.each(_DUE, at=micros(at))))

    def look(self, register_nos: Sequence[int], at: datetime) -> list[Noticed]:
        """Those of these items that are still to be looked at by that moment, ascending."""
        rows = self._session.all(_LOOK, numbers=self._session.listed(register_nos), at=micros(at))
        return [Noticed(clocked_of(row.state), instant(row.notice_at), row.seq) for row in rows]

    def clocked(self, register_nos: Sequence[int]) -> dict[int, Clocked]:
        """These items by their numbers, so much of them as the clocks look at."""
        rows = self._session.all(_STATES, numbers=self._session.listed(register_nos))
        return {row.register_no: clocked_of(row.state) for row in rows}

    def move_on(self, looked: Sequence[tuple[Noticed, datetime | None]]) -> None:
        """Look at these again then, or not before they change; not at one that was changed or set anew meanwhile."""
        self._session.change_all(
            _MOVE_ON,
            [
                {
                    "this_item": one.exhibit.register_no,
                    "seen_at": micros(one.at),
                    "seen_seq": one.seq,
                    "next_at": micros_or_none(then),
                }
                for one, then in looked
            ],
        )
