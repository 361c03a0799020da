"""Enrolled devices and the turns of people at them, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, case, select, update

from ...domain.errors import NotFound
from ...services.ports import Device, OperatorSession, SequenceGap
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import device as table
from ..rows import turn
from ..sql import AnyRow, Session, Statement, adding, numbering
from . import gaps

_COLUMNS = select(
    table.c.id, table.c.name, table.c.store_id, table.c.enrolled_at, table.c.revoked_at, table.c.last_seen_at,
    table.c.last_seq, table.c.clock_offset_ms,
)  # fmt: skip
_ADD = Statement(
    numbering(table, "name", "store_id", "token_hash", "enrolled_at", "enrolled_by", "last_seq", "clock_offset_ms")
)
_FIND = Statement(_COLUMNS.where(table.c.id == bindparam("id")))
_BY_TOKEN = Statement(_COLUMNS.where(table.c.token_hash == bindparam("token_hash")))
_ALL = Statement(_COLUMNS.order_by(table.c.name, table.c.id))
_REVOKE = Statement(
    update(table)
    .where(table.c.id == bindparam("this_device"), table.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"), revoked_by=bindparam("by"))
)
_END_ALL = Statement(
    update(turn)
    .where(turn.c.device_id == bindparam("this_device"), turn.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_SEQ = bindparam("seq", type_=table.c.last_seq.type)
_SEEN = Statement(
    update(table)
    .where(table.c.id == bindparam("this_device"))
    .values(
        last_seen_at=bindparam("at"),
        last_seq=case((table.c.last_seq < _SEQ, _SEQ), else_=table.c.last_seq),
        clock_offset_ms=bindparam("offset_ms"),
    )
)
_START = Statement(adding(turn, *turn.c.keys()))
_TURN = Statement(select(turn).where(turn.c.id == bindparam("id")))
_TURN_OF = Statement(
    select(turn)
    .where(
        turn.c.device_id == bindparam("device"),
        turn.c.person_id == bindparam("person"),
        turn.c.ended_at.is_(None),
        turn.c.expires_at > bindparam("at"),
    )
    .order_by(turn.c.started_at.desc())
    .limit(1)
)
_TOUCH = Statement(update(turn).where(turn.c.id == bindparam("this_turn")).values(seen_at=bindparam("at")))
_END = Statement(
    update(turn).where(turn.c.id == bindparam("this_turn"), turn.c.ended_at.is_(None)).values(ended_at=bindparam("at"))
)


class SqlDevices:
    """Implements the Devices port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, store: int | None, token_hash: str, at: datetime, by: int) -> Device:
        """Enrol a device by the SHA-256 of its token."""
        id_ = self._session.value(
            _ADD,
            name=name,
            store_id=store,
            token_hash=token_hash,
            enrolled_at=micros(at),
            enrolled_by=by,
            last_seq=0,
            clock_offset_ms=0,
        )
        return self.find(id_)

    def find(self, device: int) -> Device:
        """The device. Raises NotFound."""
        row = self._session.one(_FIND, id=device)
        if row is None:
            raise NotFound("device")
        return _device(row)

    def by_token(self, token_hash: str) -> Device | None:
        """The device of this token, revoked or not, or None."""
        row = self._session.one(_BY_TOKEN, token_hash=token_hash)
        return None if row is None else _device(row)

    def all(self) -> list[Device]:
        """Every device ever enrolled, by name."""
        return [_device(row) for row in self._session.all(_ALL)]

    def revoke(self, device: int, at: datetime, by: int) -> None:
        """The token is worth nothing from now on, and every turn at the device is over."""
        self._session.run(_REVOKE, this_device=device, at=micros(at), by=by)
        self._session.run(_END_ALL, this_device=device, at=micros(at))

    def seen(self, device: Device, at: datetime, seq: int, clock_offset_ms: int) -> None:
        """The device sent the act of this number. What it skipped is noted as a gap."""
        gaps.arrived(self._session, device, seq, at)
        seen = {"this_device": device.id, "at": micros(at), "seq": seq, "offset_ms": clock_offset_ms}
        self._session.many(_SEEN, [seen])

    def gaps(self) -> list[SequenceGap]:
        """Every gap that nobody wrote off, by device and number."""
        return gaps.open_gaps(self._session)

    def with_unsent(self, store: int | None = None) -> list[str]:
        """The names of devices with such a gap, of this store or carried about: their scans have not arrived."""
        return gaps.with_unsent(self._session, store)

    def write_off(self, device: int, at: datetime, by: int, reason: str) -> None:
        """The acts of every gap of the device will never arrive, and somebody says why."""
        gaps.write_off(self._session, device, at, by, reason)

    def start_turn(self, session: OperatorSession) -> None:
        """A person began a turn at a device."""
        self._session.run(
            _START,
            id=session.id,
            device_id=session.device,
            person_id=session.person,
            started_at=micros(session.started_at),
            seen_at=micros(session.seen_at),
            expires_at=micros(session.expires_at),
            ended_at=micros_or_none(session.ended_at),
        )

    def turn(self, session: str) -> OperatorSession | None:
        """The turn, ended or not, or None."""
        rows = self._session.remembered(_TURN, id=session)
        return _turn(rows[0]) if rows else None

    def turn_of(self, device: int, person: int, at: datetime) -> OperatorSession | None:
        """The person's live turn at the device, or None."""
        row = self._session.one(_TURN_OF, device=device, person=person, at=micros(at))
        return None if row is None else _turn(row)

    def touch_turn(self, session: str, at: datetime) -> None:
        """The turn was used."""
        self._session.run(_TOUCH, this_turn=session, at=micros(at))

    def end_turn(self, session: str, at: datetime) -> None:
        """The turn is over."""
        self._session.run(_END, this_turn=session, at=micros(at))


def _device(row: AnyRow) -> Device:
    return Device(
        row[0], row[1], row[2], instant(row[3]), instant_or_none(row[4]), instant_or_none(row[5]), row[6], row[7]
    )


def _turn(row: AnyRow) -> OperatorSession:
    return OperatorSession(
        row.id,
        row.device_id,
        row.person_id,
        instant(row.started_at),
        instant(row.seen_at),
        instant(row.expires_at),
        instant_or_none(row.ended_at),
    )
