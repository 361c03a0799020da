"""Times, references and JSON between the domain's values and what columns hold."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from ..domain import codec
from ..domain.exhibit import Exhibit
from ..services.ports import ListedItem

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Reads and makes all the parts of a state in one step; what checks itself when it is made does so here too.
_read = msgspec.json.Decoder(Exhibit).decode
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def micros(at: datetime) -> int:
    """Microseconds since 1970 in UTC. Raises TypeError for a time without a zone."""
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant(value: int) -> datetime:
    """The moment, in UTC."""
    return EPOCH + timedelta(microseconds=value)


def micros_or_none(at: datetime | None) -> int | None:
    """The same, where there may be none."""
    return None if at is None else micros(at)


def instant_or_none(value: int | None) -> datetime | None:
    """The same, where there may be none."""
    return None if value is None else instant(value)


def to_json(value: Any) -> str:
    """Compact JSON."""
    return _write(value)


def key_of(reference: str) -> str:
    """A reference without regard to letter case."""
    return reference.casefold()


def state_of(exhibit: Exhibit) -> str:
    """The JSON of a whole exhibit; the same exhibit has the same text."""
    return codec.text(exhibit)


def exhibit_of(state: str) -> Exhibit:
    """The exhibit that `state_of` wrote."""
    return _read(state)


def listed(row: Sequence[Any]) -> ListedItem:
    """A row of (state, due_at, due_kind)."""
    return ListedItem(exhibit_of(row[0]), instant_or_none(row[1]), row[2])


def octets(value: bytes | str | memoryview) -> bytes:
    """Bytes, also where somebody has left text in SQLite's column: that is to be found, not stumbled over."""
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)
