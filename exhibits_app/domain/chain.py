"""The history of one exhibit, verified from the bytes alone: levels L1 and L2 of docs/ledger.md.

What this cannot show: that the chain was in the log (L3), or that it has not lost its end (L4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import disclosure
from .entry import ZERO, Entry, leaf_hash, parse_entry
from .ledger_faults import (
    DisclosureNotCommitted,
    DisclosureRepeated,
    EmptyChain,
    LeafHashDiffers,
    OtherExhibit,
    OtherLog,
    PreviousDiffers,
    SequenceBroken,
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as handed over: its bytes, its claimed 32-byte leaf hash, the disclosures not withheld."""

    entry: bytes
    leaf_hash: bytes
    disclosures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the exhibit's register number, how many entries, the hex leaf hash of the last."""

    ex: int
    count: int
    leaf_hash: str


def verify_chain(links: Iterable[Link], closed: Sequence[str] = ()) -> Head:
    """L1 and L2 over the whole chain of one exhibit, in order; the head it ends in, or a LedgerFault.

    L1: canonical bytes, claimed leaf hashes, disclosures that match digests. L2: one exhibit, one log, seq
    from 0 without a gap, every prev the leaf hash of the entry before. A chain that began in one of the `closed` logs,
    oldest first, may go on in a later one.
    """
    before: Entry | None = None
    count, prev = 0, ZERO
    for position, link in enumerate(links):
        entry = verify_link(link, position)
        _follows(entry, position, before or entry, prev, closed)
        before, count, prev = entry, position + 1, link.leaf_hash.hex()
    if before is None:
        raise EmptyChain
    return Head(before.ex, count, prev)


def verify_link(link: Link, position: int) -> Entry:
    """L1 of one entry: its bytes, leaf hash and disclosures. `position` only serves the words of a fault."""
    entry = parse_entry(link.entry)
    computed = leaf_hash(link.entry)
    if link.leaf_hash != computed:
        raise LeafHashDiffers(position, link.leaf_hash.hex(), computed.hex())
    names: set[str] = set()
    for encoded in link.disclosures:
        name = disclosure.read(encoded).name
        digest = disclosure.digest(encoded)
        if digest not in entry.det:
            raise DisclosureNotCommitted(position, digest)
        if name in names:
            raise DisclosureRepeated(position, name)
        names.add(name)
    return entry


def _follows(entry: Entry, position: int, before: Entry, prev: str, closed: Sequence[str]) -> None:
    if entry.ex != before.ex:
        raise OtherExhibit(position, before.ex, entry.ex)
    if entry.log != before.log and not _succeeds(entry.log, before.log, closed):
        raise OtherLog(position, before.log, entry.log)
    if entry.seq != position:
        raise SequenceBroken(position, entry.seq)
    if entry.prev != prev:
        raise PreviousDiffers(position, prev, entry.prev)


def _succeeds(log: str, before: str, closed: Sequence[str]) -> bool:
    """Whether the one log came after the other, which was closed."""
    if before not in closed:
        return False
    return log not in closed or closed.index(log) > closed.index(before)
