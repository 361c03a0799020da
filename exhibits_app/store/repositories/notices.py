"""When the alert job looks at which item next, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, literal_column, or_, select, tuple_, update

from ...services.ports.notices import Noticed
from ..mapping import exhibit_of, instant, micros, micros_or_none
from ..rows import case_file, item
from ..sql import Session, Statement

_DUE = Statement(
    select(item.c.state, item.c.notice_at, item.c.seq)
    .where(
        item.c.notice_at <= bindparam("at"),
        tuple_(item.c.notice_at, item.c.register_no) > tuple_(bindparam("after_at"), bindparam("after")),
    )
    .order_by(item.c.notice_at, item.c.register_no)
    .limit(bindparam("limit"))
)
# An item that changed meanwhile, or that somebody asked to be looked at again, keeps what that set.
_MOVE_ON = Statement(
    update(item)
    .where(
        item.c.register_no == bindparam("this_item"),
        item.c.notice_at == bindparam("seen_at"),
        item.c.seq == bindparam("seen_seq"),
    )
    .values(notice_at=bindparam("next_at"))
)
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

    def due(self, at: datetime, after: tuple[datetime, int] | None = None, limit: int = 500) -> list[Noticed]:
        """Items to be looked at by that moment, those after `after` (when, register number), in that order."""
        after_at, number = (micros(after[0]), after[1]) if after else (-1, 0)
        rows = self._session.all(_DUE, at=micros(at), after_at=after_at, after=number, limit=limit)
        return [Noticed(exhibit_of(row.state), instant(row.notice_at), row.seq) for row in rows]

    def move_on(self, looked: Sequence[tuple[Noticed, datetime | None]]) -> None:
        """Look at these again then, or not before they change; not at one that was changed or set anew meanwhile."""
        self._session.many(
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
