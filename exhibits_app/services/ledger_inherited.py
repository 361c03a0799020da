"""What a bundle says of logs that were closed before the open one: what was carried over, and what they had signed."""

from collections.abc import Sequence
from itertools import islice

from ..domain.bundle import Closed, Inherited, Logged
from ..domain.chain import Link
from ..domain.entry import leaf_hash
from ..domain.merkle import HeldTree, NodeReader, consistency_proof, inclusion_proof
from ..domain.register_tree import RegisterTree
from . import ledger_sign
from .ledger_heads import without_gaps
from .ports import Work
from .ports.closed_logs import ClosedLog

RECENT = 200  # As in bundles of the open log: consistency proofs from so many of the newest checkpoints.


def of(work: Work, exhibits: Sequence[int], size: int, node: NodeReader, since: Sequence[int]) -> Inherited | None:
    """For these exhibits, with proofs in the open log's checkpoint of this size; None where no log was closed."""
    closed = work.closed_logs.all()
    if not closed:
        return None
    first = work.tree.entries(0, 1)[0]
    tree = RegisterTree(without_gaps(work.closed_logs.carried()))
    signed = [_closed(work, log, exhibits, since) for log in closed if log.note]
    return Inherited(
        Logged(Link(first.body, first.leaf_hash), 0, inclusion_proof(0, size, node)),
        {ex: tree.proof(ex) for ex in exhibits if ex <= tree.exhibits},
        signed,
    )


def entries_of(work: Work, ex: int) -> int:
    """How many of the exhibit's entries are in closed logs: the first ones of its chain."""
    return sum(len(work.closed_logs.indices(log.number, ex)) for log in work.closed_logs.all())


def _closed(work: Work, log: ClosedLog, exhibits: Sequence[int], since: Sequence[int]) -> Closed:
    """Its tree is made again from its entries: a closed log keeps no tiles."""
    size = ledger_sign.read(log.note).size
    entries = islice(work.closed_logs.entries(log.number), size)
    tree = HeldTree(b"".join([leaf_hash(logged.body) for logged in entries]))
    indices = (work.closed_logs.indices(log.number, ex).values() for ex in exhibits)
    inside = [index for some in indices for index in some if index < size]
    earlier = {one.size for one in work.closed_logs.checkpoints(log.number, RECENT)}
    earlier |= {*work.closed_logs.anchored(log.number), *since}
    return Closed(
        log.note,
        {tree.node(0, index): (index, inclusion_proof(index, size, tree.node)) for index in inside},
        {old: consistency_proof(old, size, tree.node) for old in sorted(earlier) if 1 <= old < size},
    )
