"""Another implementation of the same specifications, tlog-scales, agrees with ours on roots, proofs and signatures."""

import hashlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tlog_scales import signing as theirs_signing
from tlog_scales import tlog as theirs
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader as TheirReader
from tlog_scales.tiles import tile_path

from exhibits_app.domain import merkle, tiles
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.tiles import HEIGHT, TileAddress, TileReader
from exhibits_app.services import ledger_keeper
from exhibits_app.services import witness as witnessing
from exhibits_app.store.public_log import FolderPublicLog
from tests.domain import ledger_example as example
from tests.ledger.test_ledger_outside import client, outside, watching
from tests.support.ledger import SigningForce
from tests.support.outside import answering

LARGEST = 66_000  # Three levels of tiles.
SIZES = st.one_of(st.integers(1, 600), st.integers(65_300, LARGEST), st.integers(1, LARGEST))
AGREE = settings(deadline=None, max_examples=60)


@cache
def ours() -> dict[TileAddress, bytes]:
    """The tiles of a log of the numbers from 0 on."""
    leaves = [leaf(number) for number in range(LARGEST)]
    return tiles.append(lambda _level, _number: None, 0, leaves)


def leaf(number: int) -> bytes:
    return hashlib.sha256(b"\x00" + str(number).encode()).digest()


def tile(level: int, number: int) -> bytes | None:
    return ours().get((level, number))


class Cut:
    """Their backend over our tiles, as they were at some size."""

    def __init__(self, size: int) -> None:
        self._paths = {
            "/".join(tile_path(level, number, width % 256)): hashes[: width * 32]
            for (level, number), hashes in ours().items()
            if (width := tiles.width_at(level, number, size))
        }

    def get(self, *path: str) -> bytes | None:
        return self._paths.get("/".join(path))


def at(size: int) -> TheirReader:
    reader = TheirReader(Cut(size))
    reader.set_size(size)
    return reader


@AGREE
@given(SIZES)
def test_roots_are_the_same(size: int) -> None:
    assert at(size).calculate_root_hash() == tiles.root(tile, size)


@AGREE
@given(SIZES, st.data())
def test_inclusion_proofs_are_the_same_and_each_accepts_the_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = tiles.root(tile, size)

    proof = at(size).get_inclusion_proof(index, size)

    assert proof.node_hashes == tiles.inclusion_proof(tile, index, size)
    merkle.verify_inclusion(leaf(index), index, size, proof.node_hashes, root)
    theirs.InclusionProof(index, size, merkle.inclusion_proof(index, size, TileReader(tile))).check(leaf(index), root)


@AGREE
@given(SIZES, st.data())
def test_consistency_proofs_are_the_same_and_each_accepts_the_other(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    roots = tiles.root(tile, old), tiles.root(tile, size)

    proof = at(size).get_consistency_proof(old, size)

    assert proof.node_hashes == tiles.consistency_proof(tile, old, size)
    merkle.verify_consistency(old, size, proof.node_hashes, *roots)
    if old < size:  # Between equal sizes ours is empty, which theirs does not check.
        theirs.ConsistencyProof(old, size, tiles.consistency_proof(tile, old, size)).check(*roots)


@AGREE
@given(st.integers(0, 10), st.integers(0, 2**40), st.integers(0, 255))
def test_tiles_have_the_same_paths(level: int, number: int, width: int) -> None:
    assert "/".join(tile_path(level, number, width)) == tiles.path(level, number, width or 256)


def test_keys_and_signatures_are_read_alike() -> None:
    checkpoint = theirs.Checkpoint.from_text(example.signed(5).decode())

    for key in (example.LOG_KEY, example.WITNESS_KEY):
        read = theirs_signing.Vkey.from_string(str(key))
        assert read.serialize() == str(key)
        checkpoint.verify(read)
    assert checkpoint.serialize().encode() == example.signed(5)


@pytest.mark.parametrize("count", [3, 300])
def test_what_the_service_publishes_is_a_log_that_it_reads(on_sqlite: SigningForce, tmp_path: Path, count: int) -> None:
    """Tiles, entries and the cosigned checkpoint, after the log was published several times as it grew."""
    made = watching(on_sqlite, tmp_path / "witness")
    with answering(made) as address:
        public = FolderPublicLog(tmp_path / "public")
        outside(on_sqlite, witnesses=(client(made, address),), public_log=public)
        for some in [100] * (count // 100) + [count % 100 or 1]:
            on_sqlite.items(some)
            ledger_keeper.run(on_sqlite.services)

    reader = TheirReader(LocalBackend(tmp_path / "public"))
    checkpoint = reader.get_checkpoint()
    for key in (on_sqlite.key(), str(witnessing.verifier_key(made))):
        checkpoint.verify(theirs_signing.Vkey.from_string(key))
    assert checkpoint.size == on_sqlite.tree_size()
    assert reader.calculate_root_hash() == checkpoint.root_hash
    entries = [reader.get_entry(index) for index in range(checkpoint.size)]
    assert merkle.tree_hash([leaf_hash(entry) for entry in entries]) == checkpoint.root_hash
    partial = [path for path in (tmp_path / "public").rglob("*.p") if path.with_suffix("").exists()]
    assert (partial, checkpoint.size >> HEIGHT) == ([], count >> HEIGHT)
