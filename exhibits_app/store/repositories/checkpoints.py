"""Checkpoints, the keys that signed them, who holds copies, and the alarm that makes the ledger read-only, in SQL."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, delete, func, select, update

from ...domain.errors import LedgerReadOnly
from ...services.ports.ledger_tree import Alarm, Anchor, Attestation, LogKey, Signed
from ..mapping import instant, instant_or_none, micros, octets, to_json
from ..rows import anchor, attestation, checkpoint, log_key, setting
from ..sql import AnyRow, Session, Statement, adding, unless_there

LAST: Final = 2**62  # Above every size there will ever be.
ALARM: Final = "ledger alarm"

_SIGNED = select(checkpoint.c.size, checkpoint.c.root, checkpoint.c.note, checkpoint.c.at)
_LAST = Statement(_SIGNED.order_by(checkpoint.c.size.desc()).limit(1))
_AT_SIZE = Statement(_SIGNED.where(checkpoint.c.size == bindparam("size")))
_SIZES = Statement(select(checkpoint.c.size).order_by(checkpoint.c.size.desc()).limit(bindparam("limit")))
_LAST_BEFORE = Statement(
    _SIGNED.where(checkpoint.c.at < bindparam("moment")).order_by(checkpoint.c.size.desc()).limit(1)
)
_PAGE = Statement(
    _SIGNED.where(checkpoint.c.size < bindparam("below")).order_by(checkpoint.c.size.desc()).limit(bindparam("limit"))
)
_KEEP = Statement(adding(checkpoint, "size", "root", "note", "at"))
_REPLACE = Statement(
    update(checkpoint)
    .where(checkpoint.c.size == bindparam("of_size"), checkpoint.c.root == bindparam("of_root"))
    .values(note=bindparam("new_note"), at=bindparam("new_at"))
)
_KEYS = Statement(select(log_key).order_by(log_key.c.id))
_RETIRE = Statement(update(log_key).where(log_key.c.retired_at.is_(None)).values(retired_at=bindparam("now")))
_ADD_KEY = Statement(adding(log_key, "key", "since", "at"))
_ANCHORS = Statement(select(anchor).order_by(anchor.c.id.desc()).limit(bindparam("limit")))
_ADD_ANCHOR = Statement(adding(anchor, "kind", "size", "root", "at", "says"))
_ATTEST = Statement(unless_there(attestation, "kind", "party", "size", "root", "statement", "stated_at", "at"))
_NEWEST = select(attestation.c.kind, attestation.c.party, func.max(attestation.c.size).label("size"))
_NEWEST_BY_PARTY = _NEWEST.group_by(attestation.c.kind, attestation.c.party).subquery()
_ATTESTATIONS = Statement(
    select(attestation)
    .join(
        _NEWEST_BY_PARTY,
        and_(*(attestation.c[name] == _NEWEST_BY_PARTY.c[name] for name in ("kind", "party", "size"))),
    )
    .order_by(attestation.c.id)
)
_ALARM = Statement(select(setting.c.value).where(setting.c.name == ALARM))
_RAISE = Statement(unless_there(setting, "name", "value"))
_CLEAR = Statement(delete(setting).where(setting.c.name == ALARM))


def refuse_if_read_only(session: Session) -> None:
    """Say nothing while the ledger may be written. Raises LedgerReadOnly."""
    if session.value(_ALARM) is not None:
        raise LedgerReadOnly


class SqlCheckpoints:
    """Implements the Checkpoints port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self) -> Signed | None:
        """The largest checkpoint."""
        return _signed(self._session.one(_LAST))

    def at_size(self, size: int) -> Signed | None:
        """The checkpoint of this size."""
        return _signed(self._session.one(_AT_SIZE, size=size))

    def sizes(self, limit: int) -> list[int]:
        """The sizes of the newest checkpoints, largest first."""
        return [row[0] for row in self._session.all(_SIZES, limit=limit)]

    def last_before(self, at: datetime) -> Signed | None:
        """The largest checkpoint that was signed before this moment."""
        return _signed(self._session.one(_LAST_BEFORE, moment=micros(at)))

    def page(self, below: int | None, limit: int) -> list[Signed]:
        """Checkpoints, largest first: those of a size below this one, or from the largest."""
        rows = self._session.all(_PAGE, below=LAST if below is None else below, limit=limit)
        return [signed for row in rows if (signed := _signed(row))]

    def keep(self, signed: Signed) -> None:
        """Keep a checkpoint. Raises ChangedMeanwhile when one of this size is there."""
        self._session.run(_KEEP, size=signed.size, root=signed.root, note=signed.note, at=micros(signed.at))

    def replace(self, signed: Signed) -> None:
        """Keep more signatures on a checkpoint of the same size and root."""
        self._session.run(
            _REPLACE, of_size=signed.size, of_root=signed.root, new_note=signed.note, new_at=micros(signed.at)
        )

    def all_keys(self) -> list[LogKey]:
        """Every key that ever signed, oldest first."""
        rows = self._session.all(_KEYS)
        return [LogKey(row.key, row.since, instant(row.at), instant_or_none(row.retired_at)) for row in rows]

    def add_key(self, key: str, since: int, at: datetime) -> None:
        """From now on this key signs, and the one before is retired."""
        self._session.run(_RETIRE, now=micros(at))
        self._session.run(_ADD_KEY, key=key, since=since, at=micros(at))

    def anchors(self, limit: int = 50) -> list[Anchor]:
        """Checkpoints given to somebody outside, newest first."""
        rows = self._session.all(_ANCHORS, limit=limit)
        return [Anchor(row.kind, row.size, octets(row.root), instant(row.at), row.says) for row in rows]

    def add_anchor(self, new: Anchor) -> None:
        """The checkpoint is held outside."""
        self._session.run(_ADD_ANCHOR, **asdict(new) | {"at": micros(new.at)})

    def add_attestation(self, attestation: Attestation) -> None:
        """Keep what somebody outside said, unless the same party's statement about this size is there."""
        times = {"stated_at": micros(attestation.stated_at), "at": micros(attestation.at)}
        self._session.many(_ATTEST, [asdict(attestation) | times])

    def attestations(self) -> list[Attestation]:
        """The newest of each party: that about the largest checkpoint."""
        return [
            Attestation(
                row.kind, row.party, row.size, octets(row.root), octets(row.statement), instant(row.stated_at),
                instant(row.at),
            )
            for row in self._session.all(_ATTESTATIONS)
        ]  # fmt: skip

    def alarm(self) -> Alarm | None:
        """Why the ledger is read-only, or None."""
        written = self._session.value(_ALARM)
        if written is None:
            return None
        said = json.loads(written)
        return Alarm(said["code"], said["says"], instant(said["at"]))

    def raise_alarm(self, alarm: Alarm) -> None:
        """Make the ledger read-only; an alarm that stands already is kept."""
        self._session.run(_RAISE, name=ALARM, value=to_json(asdict(alarm) | {"at": micros(alarm.at)}))

    def clear_alarm(self) -> None:
        """Let the ledger be written again."""
        self._session.run(_CLEAR)


def _signed(row: AnyRow | None) -> Signed | None:
    return None if row is None else Signed(row.size, octets(row.root), octets(row.note), instant(row.at))
