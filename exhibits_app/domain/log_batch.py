"""Entries of the log read by themselves, many at once: what can be said of each without the ones before it.

The costly part of an audit, and the part that several processes share: what comes out is a few flat blocks of bytes.
"""

from array import array
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from .entry import read_link
from .ledger_faults import LedgerFault

NONE: Final = 0  # The exhibit of an entry that is about none, or that cannot be read.
# An exhibit's entry begins {"at":"<27 characters>","det": and a system entry goes on otherwise.
_DET, _DET_AT = b'"det":', 36


class Batch(NamedTuple):
    """For every entry its leaf hash and, for those about an exhibit, `ex`, `seq` and `prev`, joined in their order.

    `others` are the entries that are not about an exhibit, `faults` what is wrong with one by itself, as the rest
    of a sentence, each with the entry's place in the batch.
    """

    leaves: bytes
    exhibits: bytes
    seqs: bytes
    prevs: bytes
    others: list[tuple[int, bytes]]
    faults: list[tuple[int, str]]


class Columns(NamedTuple):
    """A batch opened up: numbers to index, and hashes of 32 bytes each, joined."""

    leaves: bytes
    exhibits: Sequence[int]
    seqs: Sequence[int]
    prevs: bytes


def columns(batch: Batch) -> Columns:
    """The batch, opened up."""
    exhibits, seqs = array("Q"), array("Q")
    exhibits.frombytes(batch.exhibits)
    seqs.frombytes(batch.seqs)
    return Columns(batch.leaves, exhibits.tolist(), seqs.tolist(), batch.prevs)


def read(bodies: Iterable[bytes], origin: str) -> Batch:
    """The entries as a batch; they should all belong to the log of this name."""
    leaves, prevs = list[bytes](), list[bytes]()
    exhibits, seqs = array("Q"), array("Q")
    others, faults = list[tuple[int, bytes]](), list[tuple[int, str]]()
    nowhere = bytes(32)
    for place, body in enumerate(bodies):
        leaves.append(sha256(b"\x00" + body).digest())
        ex, seq, prev = NONE, 0, nowhere
        if body.startswith(_DET, _DET_AT):
            try:
                ex, seq, before, log = read_link(body)
            except LedgerFault as fault:
                faults.append((place, f"of the log: {fault}"))
            else:
                prev = bytes.fromhex(before)
                if log != origin:
                    faults.append((place, f"belongs to the log {log}."))
        else:
            others.append((place, body))
        exhibits.append(ex)
        seqs.append(seq)
        prevs.append(prev)
    return Batch(b"".join(leaves), exhibits.tobytes(), seqs.tobytes(), b"".join(prevs), others, faults)


def read_lines(lines: bytes, origin: str) -> Batch:
    """The same for entries one a line: how they are handed to another process."""
    return read(lines.split(b"\n"), origin)
