"""Logs that were closed after an incident, and the closing of the open one, in SQL."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BindParameter, Table, bindparam, delete, func, insert, literal_column, select, update

from ...domain.merkle import EMPTY_ROOT
from ...services.ports.closed_logs import ClosedLog
from ...services.ports.ledger_tree import Logged, Signed
from ..mapping import instant, micros, octets, to_json
from ..rows import (
    anchor,
    attestation,
    checkpoint,
    closed_checkpoint,
    closed_log,
    closed_record,
    entry,
    leaf,
    pending,
    setting,
    tile,
    tree_state,
)
from ..sql import Session, Statement, adding, numbering
from .checkpoints import ALARM

ORIGIN = "ledger origin"
# The place among all leaves of the open log's first entry: those of closed logs come before it.
FIRST = select(func.coalesce(func.max(closed_log.c.first + closed_log.c.size), 0)).scalar_subquery()

_ALL = Statement(select(closed_log).order_by(closed_log.c.id))
_NUMBER: BindParameter[int] = bindparam("number")
_START = select(closed_log.c.first).where(closed_log.c.id == _NUMBER).scalar_subquery()
_END = select(closed_log.c.first + closed_log.c.size).where(closed_log.c.id == _NUMBER).scalar_subquery()
_PLACED = select(leaf.c.leaf_index - _START, entry.c.leaf_hash, entry.c.body).join(leaf, leaf.c.entry_id == entry.c.id)
_ENTRIES = Statement(_PLACED.where(leaf.c.leaf_index >= _START, leaf.c.leaf_index < _END).order_by(leaf.c.leaf_index))
_INDICES = Statement(
    select(entry.c.seq, leaf.c.leaf_index - _START)
    .join(leaf, leaf.c.entry_id == entry.c.id)
    .where(
        entry.c.register_no == bindparam("register_no"), leaf.c.leaf_index >= _START, leaf.c.leaf_index < _END
    )
)  # fmt: skip
_CHECKPOINTS = Statement(
    select(closed_checkpoint)
    .where(closed_checkpoint.c.log_id == _NUMBER)
    .order_by(closed_checkpoint.c.size.desc())
    .limit(bindparam("limit"))
)
_LASTS = (
    select(entry.c.register_no.label("ex"), func.max(entry.c.seq).label("last"))
    .join(leaf, leaf.c.entry_id == entry.c.id)
    .where(entry.c.register_no.is_not(None), leaf.c.leaf_index < FIRST)
    .group_by(entry.c.register_no)
    .subquery()
)
_CARRIED = Statement(
    select(entry.c.register_no, entry.c.seq + 1, entry.c.leaf_hash, literal_column("0"))
    .join(_LASTS, (_LASTS.c.ex == entry.c.register_no) & (_LASTS.c.last == entry.c.seq))
    .order_by(entry.c.register_no)
)
_EXHIBITS = Statement(select(func.coalesce(func.max(_LASTS.c.ex), 0)))
_WAITING = Statement(select(pending.c.entry_id).order_by(pending.c.entry_id))
_NEXT = Statement(select(func.coalesce(func.max(leaf.c.leaf_index) + 1, 0)))
_PLACE = Statement(adding(leaf, "leaf_index", "entry_id"))
_FIRST = Statement(select(FIRST))
_CLOSE = Statement(numbering(closed_log, "origin", "first", "size", "root", "note", "at"))
_SIGNED = ("size", "root", "note", "at")
_MOVE = Statement(
    insert(closed_checkpoint).from_select(
        ["log_id", *_SIGNED],
        select(bindparam("log_id", type_=leaf.c.leaf_index.type), *(checkpoint.c[name] for name in _SIGNED)),
    )
)
_RECORDS = Statement(select(closed_record.c.record).where(closed_record.c.log_id == _NUMBER))
_RECORD = Statement(numbering(closed_record, "log_id", "kind", "record"))
_EMPTY = [Statement(delete(table)) for table in (pending, checkpoint, anchor, attestation, tile)]
_START_ANEW = Statement(update(tree_state).values(size=0, root=EMPTY_ROOT, at=bindparam("now")))
_RENAME = Statement(update(setting).where(setting.c.name == ORIGIN).values(value=bindparam("successor")))
_CLEAR = Statement(delete(setting).where(setting.c.name == ALARM))


class SqlClosedLogs:
    """Implements the ClosedLogs port."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: list[ClosedLog] | None = None  # Asked for once a transaction: every chain wants to know.

    def all(self) -> list[ClosedLog]:
        """Oldest first."""
        if self._known is None:
            self._known = self._all()
        return self._known

    def _all(self) -> list[ClosedLog]:
        return [
            ClosedLog(row.id, row.origin, row.size, octets(row.root), octets(row.note), instant(row.at))
            for row in self._session.all(_ALL)
        ]

    def entries(self, number: int) -> Iterator[Logged]:
        """The log's entries, in their order."""
        for index, leaf_hash, body in self._session.each(_ENTRIES, number=number):
            yield Logged(index, octets(leaf_hash), octets(body))

    def indices(self, number: int, register_no: int) -> dict[int, int]:
        """The index, in that log, of each of its entries about the exhibit, by position in the exhibit's chain."""
        return {row[0]: row[1] for row in self._session.all(_INDICES, number=number, register_no=register_no)}

    def checkpoints(self, number: int, limit: int) -> list[Signed]:
        """What the log signed, largest first."""
        rows = self._session.all(_CHECKPOINTS, number=number, limit=limit)
        return [Signed(row.size, octets(row.root), octets(row.note), instant(row.at)) for row in rows]

    def origins(self) -> list[str]:
        """Their names, oldest first."""
        return [log.origin for log in self.all()]

    def anchored(self, number: int) -> list[int]:
        """The sizes of the log's checkpoints that somebody outside holds or has vouched for."""
        return sorted({int(json.loads(row[0])["size"]) for row in self._session.all(_RECORDS, number=number)})

    def exhibits(self) -> int:
        """The highest register number that has an entry in a closed log; 0 where no log was closed."""
        return int(self._session.value(_EXHIBITS)) if self.all() else 0

    def carried(self) -> Iterator[tuple[int, int, bytes, int]]:
        """(register number, entries, leaf hash of the last, 0) of every exhibit's chain in closed logs, by number."""
        for ex, count, leaf_hash, _ in self._session.each(_CARRIED):
            yield ex, count, octets(leaf_hash), 0

    def place_waiting(self) -> None:
        """Give what waits for the open log the places that follow its last entry, without a tree over them."""
        start = int(self._session.value(_NEXT))
        waiting = [row[0] for row in self._session.all(_WAITING)]
        self._session.many(_PLACE, [{"leaf_index": at, "entry_id": each} for at, each in enumerate(waiting, start)])

    def close(self, closing: ClosedLog, successor: str) -> None:
        """Close the open log as this one says and open an empty log named `successor`; the alarm ends with it."""
        self._known = None
        at = micros(closing.at)
        first = int(self._session.value(_FIRST))
        log = {"origin": closing.origin, "size": closing.size, "root": closing.root, "note": closing.note}
        log_id = int(self._session.value(_CLOSE, **log, first=first, at=at))
        self._session.run(_MOVE, log_id=log_id)
        for table in (anchor, attestation):
            self._keep_records(log_id, table)
        for emptying in _EMPTY:
            self._session.run(emptying)
        self._session.run(_START_ANEW, now=at)
        self._session.run(_RENAME, successor=successor)
        self._session.run(_CLEAR)

    def _keep_records(self, log_id: int, table: Table) -> None:
        for row in self._session.query(select(table).order_by(table.c.id)):
            record = to_json({name: _written(value) for name, value in row._mapping.items()})
            self._session.value(_RECORD, log_id=log_id, kind=table.name, record=record)


def _written(value: Any) -> Any:
    return b64encode(value).decode() if isinstance(value, bytes | memoryview) else value
