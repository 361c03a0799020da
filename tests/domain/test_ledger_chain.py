"""The chain of one exhibit counts from 0 without a gap, and every entry follows the one before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain import disclosure
from exhibits_app.domain.chain import Head, Link, verify_chain
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.ledger_faults import (
    DisclosureNotCommitted,
    DisclosureRepeated,
    EmptyChain,
    LeafHashDiffers,
    LedgerFault,
    MalformedDisclosure,
    OtherExhibit,
    OtherLog,
    PreviousDiffers,
    SequenceBroken,
)
from tests.domain.ledger_parts import a_chain, a_salt, an_entry


@pytest.mark.parametrize("length", [1, 2, 9])
def test_a_sound_chain_ends_in_its_head(length: int) -> None:
    chain = a_chain(length)

    assert verify_chain(chain) == Head(7, length, chain[-1].leaf_hash.hex())


def test_nothing_is_not_a_verified_chain() -> None:
    with pytest.raises(EmptyChain):
        verify_chain([])


def test_a_withheld_disclosure_leaves_the_chain_sound() -> None:
    chain = [replace(link, disclosures=[]) for link in a_chain(3)]

    assert verify_chain(chain).count == 3


def test_a_dropped_middle_entry_is_named() -> None:
    chain = a_chain(4)

    with pytest.raises(SequenceBroken) as fault:
        verify_chain(chain[:2] + chain[3:])

    assert (fault.value.position, fault.value.found) == (2, 3)


def test_a_dropped_first_entry_is_named() -> None:
    with pytest.raises(SequenceBroken):
        verify_chain(a_chain(3)[1:])


def test_a_cut_tail_is_not_noticed_here_and_must_be_caught_by_the_heads_proof() -> None:
    assert verify_chain(a_chain(5)[:3]).count == 3


def test_an_entry_rewritten_with_its_own_leaf_hash_breaks_the_next() -> None:
    chain = a_chain(3)
    forged = chain[1].entry.replace(b"move", b"seal")
    chain[1] = Link(forged, leaf_hash(forged))

    with pytest.raises(PreviousDiffers) as fault:
        verify_chain(chain)

    assert fault.value.position == 2


def test_a_changed_entry_does_not_hash_to_its_claimed_leaf() -> None:
    chain = a_chain(2)
    chain[1] = replace(chain[1], entry=chain[1].entry.replace(b"move", b"seal"))

    with pytest.raises(LeafHashDiffers):
        verify_chain(chain)


def test_a_disclosure_of_another_entry_is_noticed() -> None:
    chain = a_chain(2)
    chain[1] = replace(chain[1], disclosures=chain[0].disclosures)

    with pytest.raises(DisclosureNotCommitted):
        verify_chain(chain)


def test_a_changed_disclosure_is_noticed() -> None:
    chain = a_chain(1)
    chain[0] = replace(chain[0], disclosures=[disclosure.disclose("place", "bay 9", a_salt((7, 0)))])

    with pytest.raises(DisclosureNotCommitted):
        verify_chain(chain)


def test_one_name_is_disclosed_once() -> None:
    told = [disclosure.disclose("place", bay, a_salt(bay)) for bay in ("bay 1", "bay 2")]
    entry = an_entry(det=[disclosure.digest(one) for one in told])

    with pytest.raises(DisclosureRepeated):
        verify_chain([Link(entry, leaf_hash(entry), told)])


def test_an_unreadable_disclosure_is_a_fault() -> None:
    with pytest.raises(MalformedDisclosure):
        verify_chain([replace(a_chain(1)[0], disclosures=["bay 2"])])


def test_an_entry_of_another_exhibit_is_named() -> None:
    with pytest.raises(OtherExhibit):
        verify_chain([a_chain(2)[0], a_chain(2, ex=8)[1]])


def test_an_entry_of_another_log_is_named() -> None:
    with pytest.raises(OtherLog):
        verify_chain([a_chain(2)[0], a_chain(2, log="exhibits.example/training")[1]])


@given(st.integers(0, 3), st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_a_chain_can_change_unnoticed(number: int, place: int, flip: int) -> None:
    chain = a_chain(4)
    changed = bytearray(chain[number].entry)
    changed[place % len(changed)] ^= flip
    chain[number] = Link(bytes(changed), chain[number].leaf_hash, chain[number].disclosures)

    with pytest.raises(LedgerFault):
        verify_chain(chain)
