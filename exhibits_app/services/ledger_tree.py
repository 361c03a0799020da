"""The integrator: entries that wait are given their places in the log, and the Merkle tree grows over them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from ..domain import tiles
from ..domain.entry import build_system_entry, leaf_hash
from ..domain.errors import LedgerReadOnly
from ..domain.ledger_faults import LedgerFault
from ..domain.log_faults import EntryDiffers, EntryMissing, NotWhatWasSigned, ShorterThanSigned, StateDiffers
from ..domain.merkle import consistency_proof, verify_consistency
from ..domain.show import iso
from ..domain.tiles import TileReader
from .context import Services
from .ports import Work
from .ports.ledger_tree import Alarm, Logged, SystemBody, TreeState, Waiting

BATCH = 1_000
PAGE = 5_000


def integrate(services: Services, batch: int = BATCH) -> int:
    """Take everything that waits into the tree; how many entries. Nothing while the ledger is read-only.

    Each batch is one transaction under the one lock: indices, tiles and state are kept together or not at all. Tiles
    that cannot be right raise the alarm. Raises LedgerReadOnly then.
    """
    total = 0
    while True:
        with services.store.read() as work:
            if work.tree.oldest_waiting() is None or work.checkpoints.alarm() is not None:
                return total
        try:
            taken = services.store.write(partial(_take, services=services, batch=batch))
        except LedgerFault as fault:
            raise_alarm(services, fault)
            raise LedgerReadOnly from fault
        total += taken
        if taken < batch:
            return total


def _take(work: Work, services: Services, batch: int) -> int:
    work.tree.lock()
    taken = work.tree.waiting(batch)
    if not taken:
        return 0
    grow(work, taken, work.tree.state(), services.clock.now())
    return len(taken)


def grow(work: Work, taken: Sequence[Waiting], old: TreeState, at: datetime) -> TreeState:
    """Give these waiting entries the next places, in this order; the tree's new state. Raises a LedgerFault."""
    changed = tiles.append(work.tree.tile, old.size, [one.leaf_hash for one in taken])
    size = old.size + len(taken)

    def tile(level: int, number: int) -> bytes | None:
        return changed.get((level, number)) or work.tree.tile(level, number)

    state = TreeState(size, tiles.root(tile, size))
    work.tree.grow(taken, changed, state, at)
    return state


def raise_alarm(services: Services, fault: LedgerFault) -> None:
    """Make the ledger read-only and remember why."""
    alarm = Alarm(fault.code, str(fault), services.clock.now())
    services.store.write(lambda work: work.checkpoints.raise_alarm(alarm))


def append(work: Work, services: Services, kind: str, data: dict[str, object]) -> None:
    """Put an entry about the log itself on record. Raises LedgerReadOnly."""
    now = services.clock.now()
    body = build_system_entry(at=iso(now), data=data, log=work.ledger.origin(), type=kind)
    work.tree.append(SystemBody(kind, now, leaf_hash(body), body))


def require_sound(services: Services) -> None:
    """Say nothing unless the ledger is read-only. Raises LedgerReadOnly."""
    with services.store.read() as work:
        if work.checkpoints.alarm() is not None:
            raise LedgerReadOnly


def check_edge(work: Work) -> TreeState:
    """The tree's state, once its root is the one that the tiles' right edge gives. Raises a LedgerFault."""
    state = work.tree.state()
    computed = tiles.root(work.tree.tile, state.size)
    if computed != state.root:
        raise StateDiffers(state.size, state.root.hex(), computed.hex())
    return state


def check_begins_with(work: Work, state: TreeState, size: int, root: bytes) -> None:
    """Say nothing if the tree of this state begins with the tree of `size` and `root`. Raises a LedgerFault."""
    if size > state.size:
        raise ShorterThanSigned(state.size, size)
    if size == 0:
        return
    proof = consistency_proof(size, state.size, TileReader(work.tree.tile))
    try:
        verify_consistency(size, state.size, proof, root, state.root)
    except LedgerFault:
        raise NotWhatWasSigned(size, state.size) from None


def check_entries(work: Work, start: int, size: int) -> None:
    """Hash every entry from index `start` to `size` again and compare with the tree. Raises a LedgerFault."""
    node = TileReader(work.tree.tile)
    for index, logged in enumerate(log(work, start, size), start):
        if logged.index != index:
            raise EntryMissing(index)
        if not leaf_hash(logged.body) == logged.leaf_hash == node(0, index):
            raise EntryDiffers(index)
        start = index + 1
    if start < size:
        raise EntryMissing(start)


def log(work: Work, start: int, size: int) -> Iterator[Logged]:
    """The entries from index `start` to `size`, page by page; a missing one is left out."""
    while start < size:
        page = work.tree.entries(start, min(PAGE, size - start))
        for logged in page:
            if logged.index >= size:
                return
            yield logged
        if not page:
            return
        start = page[-1].index + 1
