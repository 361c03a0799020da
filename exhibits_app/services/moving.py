"""Moving a force's register to another database, and proving that nothing changed on the way."""

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.entry import leaf_hash
from ..domain.errors import CopyDiffers, LedgerReadOnly, NotWhatWasPublished
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import CompactRange
from . import ledger_sign, ledger_tree
from .context import Services
from .ports import Work
from .ports.ledger_tree import TreeState
from .ports.moving import Digest, Move, Mover

# Takes the name of the stage, how much of it is done and how much there is.
Progress = Callable[[str, int, int], None]
EACH = 1_024


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: the tree as it was recomputed from the entries on both sides, and the digest of each table."""

    tree: TreeState
    tables: dict[str, Digest]

    @property
    def rows(self) -> int:
        return sum(digest.rows for digest in self.tables.values())


def move(services: Services, mover: Mover, to: str, progress: Progress = lambda *_: None) -> Moved:
    """Move everything to the database at this address and close the old one.

    The source is kept from being written meanwhile. It is closed only after every row was read back from the target,
    and the ledger's root was computed anew from the entries of both. Raises MoveRefusal, LedgerReadOnly; then the
    source is as it was.
    """
    with mover.begin(to) as moving:
        before = _proved(services, moving.source, progress, "Computing the ledger's root")
        copied = _each_table(moving, progress, "Moving", moving.copy)
        progress("Making indexes", 0, 1)
        moving.complete()
        progress("Making indexes", 1, 1)
        read_back = _each_table(moving, progress, "Reading back", moving.read_back)
        for name, digest in copied.items():
            if read_back[name] != digest:
                raise CopyDiffers(f"the table {name}")
        after = _proved(services, moving.target, progress, "Computing the new one's root")
        if after != before:
            raise CopyDiffers("the root of the ledger")
        moving.finish()
    return Moved(after, copied)


def open_again(services: Services, mover: Mover) -> bool:
    """Let the database that was moved be used again, after a move that nobody went on with.

    Whether it was closed. Raises NotWhatWasPublished when the register has grown elsewhere since.
    """
    return mover.open_again(lambda work: _check_published(services, work))


def _each_table(
    moving: Move, progress: Progress, stage: str, take: Callable[[str, Callable[[int], None]], Digest]
) -> dict[str, Digest]:
    """Do it with every table, and say how many rows are done in all."""
    total = sum(moving.count(name) for name in moving.tables)
    digests: dict[str, Digest] = {}
    done = 0
    for name in moving.tables:
        digests[name] = take(name, lambda rows, before=done: progress(stage, before + rows, total))  # type: ignore[misc]
        done += digests[name].rows
    progress(stage, total, total)
    return digests


def _proved(services: Services, work: Work, progress: Progress, stage: str) -> TreeState:
    """The tree computed from the very bytes of the entries, once it is the one that is kept and that was published.

    Raises LedgerReadOnly where the ledger was in doubt already, NotWhatWasPublished where it does not fit.
    """
    if work.checkpoints.alarm() is not None:
        raise LedgerReadOnly
    _check_published(services, work)
    state = work.tree.state()
    computed = recomputed(work, state.size, lambda done: progress(stage, done, state.size))
    if computed != state:
        raise NotWhatWasPublished(f"its root at size {state.size} is {state.root.hex()}, its entries give another")
    return computed


def recomputed(work: Work, size: int, told: Callable[[int], None] = lambda _done: None) -> TreeState:
    """The tree over the first `size` entries of the open log, computed from their bodies alone."""
    edge = CompactRange()
    leaves = bytearray()
    for logged in ledger_tree.log(work, 0, size):
        leaves += leaf_hash(logged.body)
        if len(leaves) == EACH * 32:
            edge.extend(bytes(leaves))
            leaves.clear()
            told(edge.size)
    edge.extend(bytes(leaves))
    told(edge.size)
    return TreeState(edge.size, edge.root())


def _check_published(services: Services, work: Work) -> None:
    """Say nothing if the tree holds what the signer published last. Raises NotWhatWasPublished."""
    try:
        mark = ledger_sign.high_water(services.signing) if services.signing else None
        ledger_sign.check_growth(work, work.checkpoints.last(), mark)
    except LedgerFault as fault:
        raise NotWhatWasPublished(str(fault)) from fault
