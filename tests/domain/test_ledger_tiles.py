"""The tree in tiles is the tree of RFC 9162, however its leaves arrived."""

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibits_app.domain import merkle, tiles
from exhibits_app.domain.ledger_faults import MalformedProof, MalformedTile, TileMissing, TreeTooSmall

LEAVES = [hashlib.sha256(number.to_bytes(4)).digest() for number in range(70_000)]


class Shelf:
    """Tiles as a database would keep them: a tile replaces the shorter one at its address."""

    def __init__(self, *batches: list[bytes]) -> None:
        self.held: dict[tuple[int, int], bytes] = {}
        self.size = 0
        for batch in batches:
            self.append(batch)

    def get(self, level: int, number: int) -> bytes | None:
        return self.held.get((level, number))

    def append(self, batch: list[bytes]) -> None:
        self.held |= tiles.append(self.get, self.size, batch)
        self.size += len(batch)


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 70_000])
def test_the_root_from_the_right_edge_is_the_root_of_the_leaves(size: int) -> None:
    shelf = Shelf(LEAVES[:size])

    assert tiles.root(shelf.get, size) == merkle.tree_hash(LEAVES[:size])


def test_seventy_thousand_leaves_are_kept_as_the_specification_counts_them() -> None:
    shelf = Shelf(LEAVES)
    by_level = [[len(shelf.held[at]) // 32 for at in sorted(shelf.held) if at[0] == level] for level in range(4)]

    assert by_level == [[256] * 273 + [112], [256, 17], [1], []]
    assert all(tiles.width_at(*at, 70_000) == len(tile) // 32 for at, tile in shelf.held.items())


def test_a_full_tile_starts_a_tile_of_one_above_it() -> None:
    assert sorted(Shelf(LEAVES[:256]).held) == [(0, 0), (1, 0)]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 600), max_size=8))
def test_batches_of_any_size_give_the_same_tiles_as_all_at_once(sizes: list[int]) -> None:
    batches, total = [], 0
    for size in sizes:
        batches.append(LEAVES[total : total + size])
        total += size

    assert Shelf(*batches).held == Shelf(LEAVES[:total]).held


def test_full_tiles_never_change_again() -> None:
    shelf = Shelf(LEAVES[:700])
    full = {at: tile for at, tile in shelf.held.items() if len(tile) == tiles.TILE_BYTES}

    changed = tiles.append(shelf.get, 700, LEAVES[700:3000])

    assert not full.keys() & changed.keys()


def test_proofs_for_an_earlier_size_come_from_the_tiles_of_a_later_one() -> None:
    shelf = Shelf(LEAVES)
    chance = random.Random(4)

    for _ in range(40):
        size = chance.randint(1, 70_000)
        index, old = chance.randrange(size), chance.randint(1, size)
        root = tiles.root(shelf.get, size)
        proof = tiles.inclusion_proof(shelf.get, index, size)
        merkle.verify_inclusion(LEAVES[index], index, size, proof, root)
        proof = tiles.consistency_proof(shelf.get, old, size)
        merkle.verify_consistency(old, size, proof, tiles.root(shelf.get, old), root)


def test_appending_after_a_rolled_back_batch_forgets_its_leaves() -> None:
    shelf = Shelf(LEAVES[:300])
    shelf.size = 290

    shelf.append(LEAVES[500:600])

    assert tiles.root(shelf.get, 390) == merkle.tree_hash(LEAVES[:290] + LEAVES[500:600])


def test_a_leaf_hash_is_read_by_its_index_and_only_inside_the_tree() -> None:
    shelf = Shelf(LEAVES[:300])

    assert tiles.leaf_hash_at(shelf.get, 299, 300) == LEAVES[299]
    with pytest.raises(TreeTooSmall):
        tiles.leaf_hash_at(shelf.get, 300, 300)


def test_a_missing_tile_is_named() -> None:
    shelf = Shelf(LEAVES[:600])
    del shelf.held[0, 2]

    with pytest.raises(TileMissing) as fault:
        tiles.root(shelf.get, 600)

    assert (fault.value.level, fault.value.index) == (0, 2)


@pytest.mark.parametrize("length", [31, 33, 32 * 87, 32 * 257])
def test_a_tile_that_is_too_short_or_no_tile_is_named(length: int) -> None:
    shelf = Shelf(LEAVES[:600])
    shelf.held[0, 2] = bytes(length)

    with pytest.raises(MalformedTile):
        tiles.root(shelf.get, 600)
    with pytest.raises(MalformedTile):
        tiles.append(shelf.get, 600, LEAVES[:1])


def test_a_leaf_hash_has_thirty_two_bytes() -> None:
    with pytest.raises(MalformedProof):
        tiles.append(Shelf().get, 0, [b"short"])


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ((0, 0, 256), "tile/0/000"),
        ((0, 273, 112), "tile/0/273.p/112"),
        ((2, 0, 1), "tile/2/000.p/1"),
        ((0, 1000, 256), "tile/0/x001/000"),
        ((1, 1_234_067, 256), "tile/1/x001/x234/067"),
    ],
)
def test_tiles_have_the_paths_that_c2sp_gives_them(address: tuple[int, int, int], path: str) -> None:
    assert tiles.path(*address) == path
