"""The ledger as it stood at one of its signed heads: which entries there were, and where they stand."""

import json
from dataclasses import dataclass
from datetime import datetime

from ..domain.checkpoint import encode_hash
from ..domain.continuity import Head, Position
from ..domain.errors import NoSuchHead, NothingAtHead
from ..domain.events import Event
from .context import Services
from .ports import Work

EVERY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Placed:
    """An item's entries below a head; `newer` is how many more there are now."""

    entries: list[tuple[Event, Position]]
    newer: int


def head(work: Work, size: int | None = None) -> Head:
    """The signed head of this size, the newest where none is given. Raises NoSuchHead.

    Its time is that of the last entry it covers: the note of a checkpoint holds none, and that entry is in the log.
    """
    signed = work.checkpoints.last() if size is None else work.checkpoints.at_size(size)
    if signed is None:
        raise NoSuchHead(size or 0)
    last = work.tree.entries(signed.size - 1, 1)
    if not last:
        raise NoSuchHead(size or 0)
    at = datetime.fromisoformat(json.loads(last[0].body)["at"])
    return Head(work.ledger.origin(), signed.size, encode_hash(signed.root), at)


def heads(services: Services, limit: int = 50) -> list[Head]:
    """The newest signed heads, to choose one from."""
    with services.store.read() as work:
        return [head(work, size) for size in work.checkpoints.sizes(limit)]


def entries(work: Work, at: Head, register_no: int) -> Placed:
    """The item's events below the head, in the order of its chain. Raises NothingAtHead.

    What stands in a log that was closed lies below every head of the log that followed it. A value that was erased
    since then says so: it is nowhere any more.
    """
    logs = _places(work, at, register_no)
    leaves = {one.seq: one.leaf_hash.hex() for one in work.ledger.of_item(register_no, limit=EVERY)}
    found, newer = [], 0
    for event in work.ledger.events_of(register_no):
        place = logs.get(event.seq)
        if place is None:
            newer += 1
        else:
            found.append((event, Position(event.seq, leaves[event.seq], *place)))
    if not found:
        raise NothingAtHead(f"item {register_no}", at.size)
    return Placed(found, newer)


def is_below(work: Work, at: Head, register_no: int) -> bool:
    """Whether anything about the item stands below the head."""
    return bool(_places(work, at, register_no))


def _places(work: Work, at: Head, register_no: int) -> dict[int, tuple[str, int]]:
    """The log and the index there of the entries below the head, by their position in the item's chain."""
    places = {
        seq: (log.origin, index)
        for log in work.closed_logs.all()
        for seq, index in work.closed_logs.indices(log.number, register_no).items()
    }
    open_log = work.tree.indices(register_no)
    return places | {seq: (at.origin, index) for seq, index in open_log.items() if index < at.size}
