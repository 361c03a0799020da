"""The gaps in devices' sequences, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from ...services.ports import Device, SequenceGap
from ..mapping import instant, micros
from ..rows import device, sequence_gap
from ..sql import Session, Statement, adding

_OPEN = Statement(
    select(
        sequence_gap.c.device_id, device.c.name, sequence_gap.c.first, sequence_gap.c.last, sequence_gap.c.noticed_at,
        sequence_gap.c.reason,
    )
    .join(device, device.c.id == sequence_gap.c.device_id)
    .where(sequence_gap.c.written_off_at.is_(None))
    .order_by(sequence_gap.c.device_id, sequence_gap.c.first)
)  # fmt: skip
_UNSENT = Statement(
    select(device.c.name, device.c.store_id)
    .join(sequence_gap, device.c.id == sequence_gap.c.device_id)
    .where(sequence_gap.c.written_off_at.is_(None))
    .distinct()
)
_AROUND = Statement(
    select(sequence_gap.c.first, sequence_gap.c.last, sequence_gap.c.noticed_at).where(
        sequence_gap.c.device_id == bindparam("this_device"),
        sequence_gap.c.first <= bindparam("number"),
        sequence_gap.c.last >= bindparam("number"),
    )
)
_ADD = Statement(adding(sequence_gap, "device_id", "first", "last", "noticed_at", "reason"))
_DROP = Statement(
    delete(sequence_gap).where(
        sequence_gap.c.device_id == bindparam("this_device"), sequence_gap.c.first == bindparam("number")
    )
)
_WRITE_OFF = Statement(
    update(sequence_gap)
    .where(sequence_gap.c.device_id == bindparam("this_device"), sequence_gap.c.written_off_at.is_(None))
    .values(written_off_at=bindparam("at"), written_off_by=bindparam("by"), reason=bindparam("why"))
)


def arrived(session: Session, known: Device, number: int, at: datetime) -> None:
    """Note what the number skips, or that one of the skipped has arrived after all."""
    if number == known.last_seq + 1:
        return
    if number > known.last_seq:
        _add(session, known.id, known.last_seq + 1, number - 1, micros(at))
        return
    around = session.one(_AROUND, this_device=known.id, number=number)
    if around is not None:
        session.run(_DROP, this_device=known.id, number=around.first)
        _add(session, known.id, around.first, number - 1, around.noticed_at)
        _add(session, known.id, number + 1, around.last, around.noticed_at)


def open_gaps(session: Session) -> list[SequenceGap]:
    """Every gap that nobody wrote off, by device and number."""
    return [SequenceGap(row[0], row[1], row[2], row[3], instant(row[4]), row[5]) for row in session.all(_OPEN)]


def with_unsent(session: Session, store: int | None) -> list[str]:
    """The names of devices with a gap that nobody wrote off; of those that stand in a store, those of this one."""
    found = session.all(_UNSENT)
    return sorted({name for name, where in found if store is None or where is None or where == store})


def write_off(session: Session, device_id: int, at: datetime, by: int, reason: str) -> None:
    """The acts of every gap of the device will never arrive."""
    session.run(_WRITE_OFF, this_device=device_id, at=micros(at), by=by, why=reason)


def _add(session: Session, device_id: int, first: int, last: int, noticed_at: int) -> None:
    if first <= last:
        session.run(_ADD, device_id=device_id, first=first, last=last, noticed_at=noticed_at, reason="")
