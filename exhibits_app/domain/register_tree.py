"""A second tree, over the heads of all exhibits: it shows that an exhibit's chain is complete, not merely unbroken.

Leaf k is the head of the exhibit with register number k + 1. Its root is logged as an ordinary `heads` entry, so that
anybody who holds the whole log can build it again. With the heads entry included in a signed checkpoint, a cut tail
shows: the head in the register tree says how many entries there must be, and which is the last.
"""

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from . import merkle
from .chain import Head
from .entry import SystemEntry
from .ledger_faults import HeadDiffers, MalformedEntry, MalformedProof
from .merkle import HASH_BYTES

NO_HEAD: Final = bytes(HASH_BYTES)  # Of an exhibit whose first entry was not yet integrated.
_PREFIX: Final = b"\x00exhibit-head/v1\n"
_pack = struct.Struct(">QQ32sQ").pack


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """One exhibit as of a tree size: `count` entries, the last of them at log index `last_index`.

    With `count` 0, `leaf_hash` is 32 zero bytes and `last_index` is 0.
    """

    ex: int
    count: int
    leaf_hash: bytes
    last_index: int


@dataclass(frozen=True, slots=True)
class Heads:
    """What a `heads` entry says: as of the log's first `size` entries, `exhibits` exhibits have these heads."""

    exhibits: int
    root: bytes
    size: int

    def data(self) -> dict[str, object]:
        """The `data` member of the entry."""
        return {"exhibits": self.exhibits, "root": self.root.hex(), "size": self.size}


def read_heads(entry: SystemEntry) -> Heads:
    """What this entry says; MalformedEntry if it is not a well-formed `heads` entry."""
    if entry.type != "heads" or set(entry.data) != {"exhibits", "root", "size"}:
        raise MalformedEntry("a heads entry has exhibits, root and size in its data, and nothing else")
    exhibits, size, root = (entry.data[key] for key in ("exhibits", "size", "root"))
    if not isinstance(root, str) or not re.fullmatch("[0-9a-f]{64}", root):
        raise MalformedEntry("the root of a heads entry is not a hash")
    return Heads(_count(exhibits), bytes.fromhex(root), _count(size))


def head_hash(head: RegisterHead) -> bytes:
    """SHA-256(0x00 || "exhibit-head/v1\\n" || u64 ex || u64 count || 32-byte leaf hash || u64 last_index)."""
    return hashlib.sha256(_PREFIX + _pack(head.ex, head.count, head.leaf_hash, head.last_index)).digest()


class RegisterTree:
    """The tree over all heads, held in memory: 64 bytes an exhibit."""

    def __init__(self, heads: Iterable[tuple[int, int, bytes, int]]) -> None:
        """`heads`: (ex, count, 32-byte leaf hash, last_index) of every exhibit, from number 1 without a gap.

        Plain tuples, since a million come from the database at once. MalformedProof if a number is missing.
        """
        sha256, prefix, pack = hashlib.sha256, _PREFIX, _pack
        leaves = []
        for number, (ex, count, leaf, last_index) in enumerate(heads, 1):
            if ex != number or len(leaf) != HASH_BYTES:
                raise MalformedProof(f"exhibit {number} is missing from the register, or has no hash")
            leaves.append(sha256(prefix + pack(ex, count, leaf, last_index)).digest())
        self._tree = merkle.HeldTree(b"".join(leaves))

    @property
    def exhibits(self) -> int:
        return self._tree.size

    def root(self) -> bytes:
        return merkle.root(self.exhibits, self._tree.node)

    def proof(self, ex: int) -> list[bytes]:
        """The inclusion proof of this exhibit's head; TreeTooSmall for a number that is not in the register."""
        return merkle.inclusion_proof(ex - 1, self.exhibits, self._tree.node)


def verify_head(head: RegisterHead, heads: Heads, proof: Sequence[bytes]) -> None:
    """Say nothing if the register tree of this heads entry holds this head; MalformedProof or RootDiffers."""
    if not 1 <= head.ex <= heads.exhibits or not 0 <= head.last_index < heads.size:
        raise MalformedProof(f"exhibit {head.ex} lies outside the register or the tree of the heads entry")
    merkle.verify_inclusion(head_hash(head), head.ex - 1, heads.exhibits, proof, heads.root)


def verify_complete(chain: Head, head: RegisterHead) -> None:
    """Say nothing if the verified chain is all there was: same exhibit, same count, same last entry; HeadDiffers.

    `chain` comes from chain.verify_chain over the entries below the heads entry's size, `head` from verify_head.
    """
    if (chain.ex, chain.count, chain.leaf_hash) != (head.ex, head.count, head.leaf_hash.hex()):
        raise HeadDiffers(head.ex, head.count, chain.count)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedEntry("the numbers of a heads entry must be counts")
    return value
