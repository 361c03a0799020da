"""Proofs prove what they say and nothing else: public vectors, and the definition of RFC 9162 written out again."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain import merkle
from exhibits_app.domain.ledger_faults import MalformedProof, RootDiffers, TreeFault, TreeTooSmall
from tests.support import vectors

LEAVES = [hashlib.sha256(bytes([number])).digest() for number in range(70)]
# One upstream case expects 12-byte "hashes" to pass; we insist on 32 bytes.
DEVIATION = "sizes-are-equal-one-and-proof-is-empty.json"


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 9162 section 2.1.1 defines it, without a thought for speed."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def read(level: int, index: int) -> bytes:
    covered = LEAVES[index << level : (index + 1) << level]
    assert len(covered) == 1 << level, "only whole subtrees may be asked for"
    return by_definition(covered)


def decoded(case: Any, *names: str) -> list[bytes]:
    return [base64.b64decode(case[name]) for name in names]


def proof_of(case: Any) -> list[bytes]:
    return [base64.b64decode(one) for one in case["proof"] or []]


@pytest.mark.parametrize("path", vectors.paths("extracted/rfc6962_tree.json"))
def test_roots_and_nodes_are_those_of_rfc_6962(path: str) -> None:
    case = vectors.load(path)
    leaves = [hashlib.sha256(b"\0" + bytes.fromhex(text)).digest() for text in case["leaf_inputs"]]

    roots = [merkle.tree_hash(leaves[:size]).hex() for size in range(len(leaves) + 1)]

    assert roots == case["root_hashes_by_size"]
    assert [leaf.hex() for leaf in leaves] == case["node_hashes"][0]
    for level, nodes in enumerate(case["node_hashes"]):
        width = 1 << level
        assert nodes == [merkle.tree_hash(leaves[i : i + width]).hex() for i in range(0, len(leaves), width)]


@pytest.mark.parametrize("path", vectors.paths("transparency-dev-merkle/testdata/inclusion/**/*.json"))
def test_inclusion_proofs_are_accepted_and_refused_as_the_public_vectors_say(path: str) -> None:
    case = vectors.load(path)
    leaf, root = decoded(case, "leafHash", "root")

    def verify() -> None:
        merkle.verify_inclusion(leaf, case["leafIdx"], case["treeSize"], proof_of(case), root)

    if case["wantErr"]:
        with pytest.raises(TreeFault):
            verify()
    else:
        verify()


@pytest.mark.parametrize("path", vectors.paths("transparency-dev-merkle/testdata/consistency/**/*.json"))
def test_consistency_proofs_are_accepted_and_refused_as_the_public_vectors_say(path: str) -> None:
    case = vectors.load(path)
    roots = decoded(case, "root1", "root2")

    def verify() -> None:
        merkle.verify_consistency(case["size1"], case["size2"], proof_of(case), *roots)

    if case["wantErr"] or path.endswith(DEVIATION) or case["size1"] == case["size2"] == 0:
        with pytest.raises(TreeFault):
            verify()
    else:
        verify()


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_the_root_is_the_same_by_definition_by_appending_and_from_the_right_edge(size: int) -> None:
    defined = by_definition(LEAVES[:size])

    assert merkle.tree_hash(LEAVES[:size]) == defined
    assert merkle.root(size, read) == defined


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 11, 64, 70])
def test_every_leaf_has_a_proof_that_holds_for_it_alone(size: int) -> None:
    root = by_definition(LEAVES[:size])

    for index in range(size):
        proof = merkle.inclusion_proof(index, size, read)
        merkle.verify_inclusion(LEAVES[index], index, size, proof, root)
        for other in set(range(size)) - {index}:
            with pytest.raises(TreeFault):
                merkle.verify_inclusion(LEAVES[index], other, size, proof, root)


@pytest.mark.parametrize("new", [1, 2, 3, 7, 8, 9, 33, 64, 70])
def test_every_earlier_tree_has_a_consistency_proof(new: int) -> None:
    for old in range(1, new + 1):
        proof = merkle.consistency_proof(old, new, read)

        merkle.verify_consistency(old, new, proof, by_definition(LEAVES[:old]), by_definition(LEAVES[:new]))


@given(st.integers(2, 70), st.data())
def test_a_changed_bit_anywhere_in_a_proof_is_noticed(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency_proof(old, new, read)
    parts = [by_definition(LEAVES[:old]), by_definition(LEAVES[:new]), *proof]
    number = data.draw(st.integers(0, len(parts) - 1))
    changed = bytearray(parts[number])
    changed[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    parts[number] = bytes(changed)

    with pytest.raises(RootDiffers):
        merkle.verify_consistency(old, new, parts[2:], parts[0], parts[1])


@given(st.integers(2, 70), st.data())
def test_a_shortened_or_lengthened_proof_is_noticed(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, read)
    root = by_definition(LEAVES[:size])

    for wrong in (proof[:-1], [*proof, LEAVES[0]]):
        with pytest.raises(MalformedProof):
            merkle.verify_inclusion(LEAVES[index], index, size, wrong, root)


@given(st.integers(2, 70), st.data())
def test_a_consistency_proof_of_another_length_is_noticed(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency_proof(old, new, read)
    roots = (by_definition(LEAVES[:old]), by_definition(LEAVES[:new]))

    for wrong in (proof[:-1], [*proof, LEAVES[0]]):
        with pytest.raises(MalformedProof):
            merkle.verify_consistency(old, new, wrong, *roots)


def test_an_edge_can_be_kept_and_taken_up_again() -> None:
    edge = merkle.CompactRange()
    for size, leaf in enumerate(LEAVES):
        edge = merkle.CompactRange(size, edge.peaks)
        edge.append(leaf)

    assert (edge.size, edge.root()) == (70, by_definition(LEAVES))


@pytest.mark.parametrize(("size", "peaks"), [(3, LEAVES[:1]), (0, LEAVES[:1]), (1, [b"short"]), (-1, [])])
def test_an_edge_of_the_wrong_form_is_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(MalformedProof):
        merkle.CompactRange(size, peaks)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_inclusion_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(TreeTooSmall):
        merkle.inclusion_proof(index, size, read)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (4, 3)])
def test_there_is_no_consistency_proof_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(TreeTooSmall):
        merkle.consistency_proof(old, new, read)
    with pytest.raises(MalformedProof):
        merkle.verify_consistency(old, new, [], merkle.EMPTY_ROOT, merkle.EMPTY_ROOT)


def test_empty_roots_and_leaves_are_refused() -> None:
    with pytest.raises(MalformedProof):
        merkle.verify_inclusion(b"", 0, 1, [], b"")
    with pytest.raises(MalformedProof):
        merkle.verify_inclusion(LEAVES[0], 0, 1, [], b"")
    with pytest.raises(MalformedProof):
        merkle.verify_consistency(1, 1, [], b"", b"")
