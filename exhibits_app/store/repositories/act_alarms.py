"""Alarms about what devices sent, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from ...services.ports.mending import ActAlarm
from ..mapping import instant, instant_or_none, micros
from ..rows import act_alarm as table
from ..sql import AnyRow, Session, Statement, adding
from .scans import LAST

_OPEN = table.c.closed_at.is_(None)
_SAME = Statement(
    select(table.c.id).where(
        _OPEN,
        table.c.code == bindparam("code"),
        table.c.device_id == bindparam("device"),
        table.c.subject == bindparam("subject"),
    )
)
_ADD = Statement(adding(table, "at", "code", "device_id", "subject", "sentence", "finding"))
_PAGE = Statement(
    select(table).where(table.c.id < bindparam("before")).order_by(table.c.id.desc()).limit(bindparam("limit"))
)
_COUNT = Statement(
    select(func.count()).select_from(select(table.c.id).where(_OPEN).limit(bindparam("most")).subquery())
)
_CLOSE = Statement(
    update(table)
    .where(table.c.id == bindparam("this_alarm"), _OPEN)
    .values(closed_at=bindparam("now"), closed_by=bindparam("by"), finding=bindparam("found"))
)


class SqlActAlarms:
    """Implements the ActAlarms port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def raise_new(self, at: datetime, code: str, device: int, subject: str, sentence: str) -> None:
        """Keep one, unless the same of this device and subject is open already."""
        if self._session.value(_SAME, code=code, device=device, subject=subject) is None:
            self._session.run(
                _ADD, at=micros(at), code=code, device_id=device, subject=subject, sentence=sentence, finding=""
            )

    def page(self, after: int = 0, limit: int = 50) -> list[ActAlarm]:
        """Alarms, newest first, ids below `after` (0: from the newest)."""
        return [_alarm(row) for row in self._session.all(_PAGE, before=after or LAST, limit=limit)]

    def open_count(self, most: int) -> int:
        """How many nobody has closed, counted to `most` and no further."""
        return int(self._session.value(_COUNT, most=most))

    def close(self, alarm: int, at: datetime, by: int, finding: str) -> bool:
        """Somebody says what came of it; False when it was closed before or is not there."""
        return self._session.run(_CLOSE, this_alarm=alarm, now=micros(at), by=by, found=finding) == 1


def _alarm(row: AnyRow) -> ActAlarm:
    return ActAlarm(
        row.id, instant(row.at), row.code, row.device_id, row.subject, row.sentence, instant_or_none(row.closed_at),
        row.closed_by, row.finding,
    )  # fmt: skip
