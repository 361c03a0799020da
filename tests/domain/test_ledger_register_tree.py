"""The register tree shows that a chain is complete: a cut tail no longer passes."""

import hashlib
import struct

import pytest

from exhibits_app.domain import merkle
from exhibits_app.domain.chain import verify_chain
from exhibits_app.domain.entry import SystemEntry, build_system_entry, parse_system_entry
from exhibits_app.domain.ledger_faults import (
    HeadDiffers,
    MalformedEntry,
    MalformedProof,
    RootDiffers,
    TreeTooSmall,
)
from exhibits_app.domain.register_tree import (
    Heads,
    RegisterHead,
    RegisterTree,
    head_hash,
    read_heads,
    verify_complete,
    verify_head,
)
from tests.domain.ledger_parts import AT, LOG, a_chain


def some_heads(count: int) -> list[tuple[int, int, bytes, int]]:
    return [(ex, ex % 5 + 1, hashlib.sha256(bytes([ex])).digest(), 10 * ex) for ex in range(1, count + 1)]


def test_a_leaf_is_the_head_in_fixed_width_after_its_name() -> None:
    leaf = hashlib.sha256(b"entry").digest()

    packed = b"\0exhibit-head/v1\n" + struct.pack(">QQ", 7, 3) + leaf + struct.pack(">Q", 41)

    assert head_hash(RegisterHead(7, 3, leaf, 41)) == hashlib.sha256(packed).digest()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 21])
def test_the_root_is_that_of_the_leaves_and_every_exhibit_has_a_proof(count: int) -> None:
    heads = some_heads(count)
    tree = RegisterTree(heads)

    said = Heads(tree.exhibits, tree.root(), 1000)

    assert said == Heads(count, merkle.tree_hash([head_hash(RegisterHead(*one)) for one in heads]), 1000)
    for one in heads:
        verify_head(RegisterHead(*one), said, tree.proof(one[0]))


def test_another_count_is_not_in_the_register() -> None:
    tree = RegisterTree(some_heads(5))
    ex, count, leaf, last = some_heads(5)[2]

    with pytest.raises(RootDiffers):
        verify_head(RegisterHead(ex, count - 1, leaf, last), Heads(5, tree.root(), 1000), tree.proof(ex))


@pytest.mark.parametrize("head", [RegisterHead(0, 1, bytes(32), 0), RegisterHead(6, 1, bytes(32), 0)])
def test_an_exhibit_outside_the_register_is_refused(head: RegisterHead) -> None:
    tree = RegisterTree(some_heads(5))

    with pytest.raises(MalformedProof):
        verify_head(head, Heads(5, tree.root(), 1000), [])
    with pytest.raises(TreeTooSmall):
        tree.proof(head.ex)


def test_a_last_entry_beyond_the_stated_tree_is_refused() -> None:
    tree = RegisterTree(some_heads(5))

    with pytest.raises(MalformedProof):
        verify_head(RegisterHead(*some_heads(5)[4]), Heads(5, tree.root(), 50), tree.proof(5))


def test_the_register_has_no_gap() -> None:
    heads = some_heads(5)

    with pytest.raises(MalformedProof, match="exhibit 3"):
        RegisterTree(heads[:2] + heads[3:])


def test_a_cut_tail_differs_from_the_head_on_the_register() -> None:
    chain = a_chain(5)
    head = RegisterHead(7, 5, chain[-1].leaf_hash, 80)

    verify_complete(verify_chain(chain), head)

    with pytest.raises(HeadDiffers) as fault:
        verify_complete(verify_chain(chain[:4]), head)
    assert (fault.value.registered, fault.value.given) == (5, 4)


def test_a_heads_entry_reads_back() -> None:
    said = Heads(3, hashlib.sha256(b"root").digest(), 12)
    entry = build_system_entry(at=AT, data=said.data(), log=LOG, type="heads")

    assert read_heads(parse_system_entry(entry)) == said


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("anchor", {}),
        ("heads", {"more": 1}),
        ("heads", {"size": -1}),
        ("heads", {"size": True}),
        ("heads", {"exhibits": "3"}),
        ("heads", {"root": "A" * 64}),
        ("heads", {"root": 7}),
    ],
)
def test_a_heads_entry_of_another_shape_is_not_read(kind: str, changes: dict[str, object]) -> None:
    data: dict[str, object] = {"exhibits": 3, "root": "a" * 64, "size": 12}

    with pytest.raises(MalformedEntry):
        read_heads(SystemEntry(AT, data | changes, LOG, kind))
