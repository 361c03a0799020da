"""Acts as they were sent, in SQL."""

import json

from sqlalchemy import bindparam, select

from ...services.ports import RecordedAct
from ..mapping import instant, micros, to_json
from ..rows import act as table
from ..sql import Session, Statement, adding

_FIND = Statement(select(table).where(table.c.id == bindparam("id")))
_ADD = Statement(adding(table, *table.c.keys()))


class SqlActs:
    """Implements the Acts port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, act: str) -> RecordedAct | None:
        """The act of this id, or None."""
        row = self._session.one(_FIND, id=act)
        if row is None:
            return None
        return RecordedAct(
            row.id,
            row.content,
            row.kind,
            row.device_id,
            row.device_seq,
            row.operator_id,
            instant(row.received_at),
            json.loads(row.answer),
        )

    def add(self, act: RecordedAct) -> None:
        """Keep the act."""
        self._session.many(
            _ADD,
            [
                {
                    "id": act.id,
                    "content": act.content,
                    "kind": act.kind,
                    "device_id": act.device,
                    "device_seq": act.device_seq,
                    "operator_id": act.operator,
                    "received_at": micros(act.received_at),
                    "answer": to_json(act.answer),
                }
            ],
        )
