"""The scan log, in SQL."""

from typing import Any

from sqlalchemy import bindparam, literal_column, select

from ...services.ports import ScanLine
from ..mapping import instant, micros
from ..rows import scan_log
from ..sql import AnyRow, Session, Statement, adding

LAST = 2**62  # Below every id there will ever be: "from the newest".

_NAMES = [name for name in scan_log.c.keys() if name != "id"]  # noqa: SIM118 - a column collection gives columns
_ADD = Statement(adding(scan_log, *_NAMES))
_LATEST = (
    select(scan_log).where(scan_log.c.id < bindparam("before")).order_by(scan_log.c.id.desc()).limit(bindparam("limit"))
)
_NEWEST = Statement(_LATEST)
# Written out, not bound, so that the planner sees that the partial index covers it.
_REFUSED = Statement(_LATEST.where(scan_log.c.code != literal_column("''")))


class SqlScans:
    """Implements the Scans port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, lines: list[ScanLine]) -> None:
        """Keep the lines."""
        self._session.many(_ADD, [_values(line) for line in lines])

    def latest(self, after: int = 0, limit: int = 100, refused: bool = False) -> list[ScanLine]:
        """The log, newest first, ids below `after` (0: from the newest), refused ones alone if asked."""
        rows = self._session.all(_REFUSED if refused else _NEWEST, before=after or LAST, limit=limit)
        return [_line(row) for row in rows]


def _values(line: ScanLine) -> dict[str, Any]:
    return {
        "scan": line.scan,
        "act": line.act,
        "at": micros(line.at),
        "device_id": line.device,
        "person_id": line.person,
        "kind": line.kind,
        "read_text": line.text,
        "verdict": line.verdict,
        "code": line.code,
        "sentence": line.sentence,
        "register_no": line.register_no,
    }


def _line(row: AnyRow) -> ScanLine:
    return ScanLine(
        scan=row.scan,
        act=row.act,
        at=instant(row.at),
        device=row.device_id,
        person=row.person_id,
        kind=row.kind,
        text=row.read_text,
        verdict=row.verdict,
        code=row.code,
        sentence=row.sentence,
        register_no=row.register_no,
        id=row.id,
    )
