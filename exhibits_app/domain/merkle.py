"""The Merkle tree of RFC 9162: its hashes, and proofs that a leaf is in it and that it only ever grew.

Pure arithmetic over hashes. Nodes are asked for by (level, index): level 0 are the leaf hashes, and node i at level l
covers the leaves from i * 2**l up to (i + 1) * 2**l. Only whole subtrees are ever asked for.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from .ledger_faults import MalformedProof, RootDiffers, TreeTooSmall

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
BIGGEST_TREE: Final = 2**63 - 1  # C2SP checkpoints carry sizes as signed 64-bit numbers.

BLOCK_LEVEL: Final = 10
BLOCK: Final = 1 << BLOCK_LEVEL
_sha256 = hashlib.sha256

NodeReader = Callable[[int, int], bytes]


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def halve(hashes: bytes) -> bytes:
    """One level up: joined hashes to the joined hashes of their parents. The number must be even."""
    return b"".join([_sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 2 * HASH_BYTES)])


class HeldTree:
    """A tree held in memory, 64 bytes a leaf; `node` reads it, and wants only whole subtrees."""

    def __init__(self, leaves: bytes) -> None:
        """`leaves`: the leaf hashes, joined."""
        self._levels = [leaves]
        while len(self._levels[-1]) >= 2 * HASH_BYTES:
            below = self._levels[-1]
            self._levels.append(halve(below[: len(below) // (2 * HASH_BYTES) * 2 * HASH_BYTES]))

    @property
    def size(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def node(self, level: int, index: int) -> bytes:
        """The root of the leaves from index * 2**level up to (index + 1) * 2**level."""
        return self._levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES]


def tree_hash(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes; SHA-256 of nothing for the empty tree."""
    edge = CompactRange()
    for leaf in leaf_hashes:
        edge.append(leaf)
    return edge.root()


class CompactRange:
    """A tree reduced to its right edge: the roots of its whole subtrees, largest first. Appending needs no more."""

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """`peaks`: one 32-byte hash for each set bit of `size`, from the highest; MalformedProof otherwise."""
        if not 0 <= size <= BIGGEST_TREE or len(peaks) != size.bit_count():
            raise MalformedProof(f"a tree of {size} leaves has no right edge of {len(peaks)} hashes")
        _all_hashes(peaks)
        self._size, self._peaks = size, list(peaks)

    @property
    def size(self) -> int:
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        self._append(leaf, 0)

    def extend(self, leaves: bytes) -> None:
        """Append many leaf hashes, joined: whole blocks of them level by level."""
        at = 0
        while at < len(leaves):
            if self._size % BLOCK == 0 and len(leaves) - at >= BLOCK * HASH_BYTES:
                block = leaves[at : at + BLOCK * HASH_BYTES]
                for _ in range(BLOCK_LEVEL):
                    block = halve(block)
                self._append(block, BLOCK_LEVEL)
                at += BLOCK * HASH_BYTES
            else:
                self._append(leaves[at : at + HASH_BYTES], 0)
                at += HASH_BYTES

    def _append(self, node: bytes, level: int) -> None:
        """The root of the next 2**level leaves; the size must be a multiple of that."""
        size, peaks = self._size >> level, self._peaks
        while size & 1:
            node = node_hash(peaks.pop(), node)
            size >>= 1
        peaks.append(node)
        self._size += 1 << level

    def root(self) -> bytes:
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT


def edge_nodes(start: int, end: int) -> list[tuple[int, int]]:
    """The whole subtrees (level, index) that make up leaves start..end, where start is aligned as in RFC 9162."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def range_hash(start: int, end: int, read: NodeReader) -> bytes:
    """MTH(D[start:end]) of RFC 9162, for the ranges that occur in its proofs."""
    return _fold([read(level, index) for level, index in edge_nodes(start, end)])


def root(size: int, read: NodeReader) -> bytes:
    """The root at `size`, from the right edge alone: at most 63 nodes."""
    return range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: NodeReader) -> list[bytes]:
    """PATH(index, D[size]), nearest sibling first; TreeTooSmall if the index lies outside."""
    if not 0 <= index < size:
        raise TreeTooSmall(index, size)
    siblings = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return [range_hash(low, high, read) for low, high in reversed(siblings)]


def consistency_proof(old: int, new: int, read: NodeReader) -> list[bytes]:
    """PROOF(old, D[new]): that the tree of `old` leaves is how the tree of `new` leaves began; empty if equal.

    TreeTooSmall unless 1 <= old <= new: nothing can be proved about the empty tree.
    """
    if not 1 <= old <= new:
        raise TreeTooSmall(old, new)
    ranges = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:  # Otherwise the old tree is a whole subtree of the new, and the verifier holds its root already.
        ranges.append((start, end))
    return [range_hash(low, high, read) for low, high in reversed(ranges)]


def inclusion_root(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root to which this proof leads (RFC 9162 section 2.1.3.2); MalformedProof if it cannot be one."""
    if not 0 <= index < size <= BIGGEST_TREE:
        raise MalformedProof(f"leaf {index} lies outside a tree of {size}")
    _all_hashes([leaf, *proof])
    position, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise MalformedProof("it is longer than the tree is high")
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise MalformedProof("it is shorter than the tree is high")
    return result


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], claimed: bytes) -> None:
    """Say nothing if `leaf` is number `index` of the tree with root `claimed`; MalformedProof or RootDiffers."""
    _all_hashes([claimed])
    computed = inclusion_root(leaf, index, size, proof)
    if computed != claimed:
        raise RootDiffers(size, claimed, computed)


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Say nothing if the tree of `new` leaves begins with the tree of `old` (RFC 9162 section 2.1.4.2).

    MalformedProof or RootDiffers. Sizes from 0 are refused: everything begins with nothing, so it proves nothing.
    """
    _all_hashes([old_root, new_root, *proof])
    if not 1 <= old <= new <= BIGGEST_TREE:
        raise MalformedProof(f"sizes {old} and {new} are not those of an earlier and a later tree")
    if old == new:
        if proof:
            raise MalformedProof("between equal sizes it must be empty")
        computed_old = computed_new = old_root
    else:
        computed_old, computed_new = _consistency_roots(old, new, proof, old_root)
    if computed_old != old_root:
        raise RootDiffers(old, old_root, computed_old)
    if computed_new != new_root:
        raise RootDiffers(new, new_root, computed_new)


def _consistency_roots(old: int, new: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise MalformedProof("it is empty, and the sizes differ")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise MalformedProof("it is longer than the tree is high")
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise MalformedProof("it is shorter than the tree is high")
    return first, second


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1


def _fold(hashes: Sequence[bytes]) -> bytes:
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def _all_hashes(hashes: Iterable[bytes]) -> None:
    for one in hashes:
        if len(one) != HASH_BYTES:
            raise MalformedProof(f"a hash has {len(one)} bytes and needs {HASH_BYTES}")
