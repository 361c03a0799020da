"""The Merkle tree kept as C2SP tiles: 256 hashes wide, full ones never change, everything else is computed.

The tile at level l, number n, holds the hashes of the whole subtrees of 256**l leaves from number n * 256 on. A tile
is bytes: its hashes joined. Storage gives tiles by (level, number) and may give a longer one than an earlier tree
had, since tiles only grow to the right.
"""

from collections.abc import Callable, Sequence
from typing import Final

from . import merkle
from .ledger_faults import MalformedProof, MalformedTile, TileMissing, TreeTooSmall
from .merkle import HASH_BYTES, halve

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
TILE_BYTES: Final = WIDTH * HASH_BYTES

GetTile = Callable[[int, int], bytes | None]
TileAddress = tuple[int, int]  # (level, number)


def width_at(level: int, number: int, size: int) -> int:
    """How many hashes, 0 to 256, this tile holds in a tree of `size` leaves."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - number * WIDTH))


def path(level: int, number: int, width: int = WIDTH) -> str:
    """The C2SP path of a tile, such as "tile/0/x001/x234/067.p/12"; `width` under 256 marks a partial tile."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    spelled = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{spelled}" + ("" if width == WIDTH else f".p/{width}")


class TileReader:
    """The nodes of a tree, read from its tiles; a `merkle.NodeReader`. Keeps every tile it was given once."""

    def __init__(self, get_tile: GetTile) -> None:
        self._get_tile = get_tile
        self._held: dict[TileAddress, bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of node (level, index), from the one tile that holds it or the hashes below it.

        TileMissing or MalformedTile if the storage does not hold what the tree must have.
        """
        tile_level, steps = divmod(level, HEIGHT)
        number, place = divmod(index << steps, WIDTH)
        hashes = self._hashes(tile_level, number, place, 1 << steps)
        for _ in range(steps):
            hashes = halve(hashes)
        return hashes

    def _hashes(self, level: int, number: int, place: int, count: int) -> bytes:
        tile = self._held.get((level, number))
        if tile is None:
            tile = self._held[level, number] = checked(level, number, self._get_tile(level, number))
        end = (place + count) * HASH_BYTES
        if len(tile) < end:
            raise MalformedTile(level, number, end, len(tile))
        return tile[place * HASH_BYTES : end]


def checked(level: int, number: int, tile: bytes | None) -> bytes:
    """The tile, if it is one: whole hashes, 1 to 256 of them. TileMissing or MalformedTile."""
    if not tile:
        raise TileMissing(level, number)
    if len(tile) % HASH_BYTES or len(tile) > TILE_BYTES:
        raise MalformedTile(level, number, HASH_BYTES, len(tile))
    return tile


def append(get_tile: GetTile, size: int, leaves: Sequence[bytes]) -> dict[TileAddress, bytes]:
    """The tiles that change, whole, when these leaf hashes follow the first `size`. Reads at most one tile a level.

    MalformedProof for a leaf hash that is not 32 bytes; TileMissing or MalformedTile for a broken right edge.
    """
    if any(len(leaf) != HASH_BYTES for leaf in leaves):
        raise MalformedProof(f"a leaf hash does not have {HASH_BYTES} bytes")
    changed: dict[TileAddress, bytes] = {}
    level, fresh = 0, b"".join(leaves)
    while fresh:
        number, used = divmod(size, WIDTH)
        kept = _edge(get_tile, level, number, used)
        tiles = _cut(kept + fresh)
        changed |= {(level, number + offset): tile for offset, tile in enumerate(tiles)}
        fresh = b"".join([_tile_root(tile) for tile in tiles if len(tile) == TILE_BYTES])
        level, size = level + 1, size >> HEIGHT
    return changed


def root(get_tile: GetTile, size: int) -> bytes:
    """The root at `size`, recomputed from the right edge of every level."""
    return merkle.root(size, TileReader(get_tile))


def inclusion_proof(get_tile: GetTile, index: int, size: int) -> list[bytes]:
    """As merkle.inclusion_proof, from tiles."""
    return merkle.inclusion_proof(index, size, TileReader(get_tile))


def consistency_proof(get_tile: GetTile, old: int, new: int) -> list[bytes]:
    """As merkle.consistency_proof, from tiles."""
    return merkle.consistency_proof(old, new, TileReader(get_tile))


def leaf_hash_at(get_tile: GetTile, index: int, size: int) -> bytes:
    """The leaf hash number `index` of a tree of `size`; TreeTooSmall outside it."""
    if not 0 <= index < size:
        raise TreeTooSmall(index, size)
    return TileReader(get_tile)(0, index)


def _edge(get_tile: GetTile, level: int, number: int, used: int) -> bytes:
    """The first `used` hashes of the partial tile at the right edge: a longer one was never committed to."""
    if not used:
        return b""
    tile = checked(level, number, get_tile(level, number))
    if len(tile) < used * HASH_BYTES:
        raise MalformedTile(level, number, used * HASH_BYTES, len(tile))
    return tile[: used * HASH_BYTES]


def _cut(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + TILE_BYTES] for at in range(0, len(hashes), TILE_BYTES)]


def _tile_root(tile: bytes) -> bytes:
    for _ in range(HEIGHT):
        tile = halve(tile)
    return tile
