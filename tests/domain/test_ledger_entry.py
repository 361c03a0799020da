"""An entry has one grammar; what does not fit it is neither written nor read."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.canonical import canonical
from exhibits_app.domain.entry import (
    SYSTEM_TYPES,
    ZERO,
    Entry,
    Group,
    SystemEntry,
    build_system_entry,
    leaf_hash,
    parse_any,
    parse_entry,
    parse_system_entry,
)
from exhibits_app.domain.ledger_faults import LedgerFault, MalformedEntry
from tests.domain.ledger_parts import ACT, AT, LOG, Said, an_entry

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
numbers = st.integers(1, 2**53 - 1)


@given(st.sets(hashes, max_size=5), numbers, numbers, hashes.filter(lambda one: one != ZERO), st.booleans())
def test_an_entry_is_the_canonical_json_of_its_members(
    det: set[str], ex: int, seq: int, prev: str, grouped: bool
) -> None:
    members: dict[str, object] = {"at": AT, "det": sorted(det), "ex": ex, "log": LOG, "prev": prev}
    members |= {"seq": seq, "type": "move", "v": 1} | ({"grp": {"i": 2, "id": ACT, "n": 50}} if grouped else {})

    entry = an_entry(det=list(det), ex=ex, prev=prev, seq=seq, type="move", grp=(ACT, 2, 50) if grouped else None)

    assert entry == canonical(members)
    assert parse_entry(entry) == Entry(
        AT, tuple(sorted(det)), ex, LOG, prev, seq, "move", Group(ACT, 2, 50) if grouped else None
    )


def test_the_leaf_hash_is_sha_256_of_a_zero_byte_and_the_entry() -> None:
    entry = an_entry()

    assert leaf_hash(entry) == hashlib.sha256(b"\0" + entry).digest()


@pytest.mark.parametrize(
    "members",
    [
        {"at": "2026-11-21T10:11:12Z"},
        {"at": "2026-11-21T10:11:12.123456+00:00"},
        {"at": "2026-02-30T10:11:12.123456Z"},
        {"at": "0000-01-01T00:00:00.000000Z"},
        {"det": ["a" * 63]},
        {"det": ["A" * 64]},
        {"det": ["a" * 64, "a" * 64]},
        {"ex": 0},
        {"ex": -1},
        {"ex": 2**53},
        {"ex": True},
        {"log": ""},
        {"log": "two words"},
        {"log": 'a","log":"b'},
        {"log": "a+b"},
        {"log": "caf\u00e9"},
        {"log": "a\n"},
        {"prev": "b" * 64},
        {"seq": 1},
        {"seq": -1},
        {"seq": 2**53, "prev": "b" * 64},
        {"type": "Move"},
        {"type": ""},
        {"type": "heads"},
        {"grp": (ACT, 0, 5)},
        {"grp": (ACT, 6, 5)},
        {"grp": ("act", 1, 5)},
    ],
)
def test_a_value_that_does_not_fit_the_grammar_is_not_written(members: Said) -> None:
    with pytest.raises(MalformedEntry):
        an_entry(**members)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":1,"x":1'),
        (b'"ex":7', b'"ex":7.0'),
        (b'"ex":7', b'"ex":"7"'),
        (b'"ex":7', b'"ex":07'),
        (b'"ex":7,', b'"ex":7,"ex":7,'),
        (b'"ex":7,', b""),
        (b'{"at"', b'{ "at"'),
        (b'"det":[]', b'"det":null'),
        (b'"seq":0', b'"seq":-0'),
        (b'"book_in"', b'"book\\u005fin"'),
        (b"}", b"}\n"),
        (b"}", b"}}"),
        (b"2026", "２０２６".encode()),
    ],
)
def test_bytes_that_differ_from_the_one_form_are_not_read(old: bytes, new: bytes) -> None:
    changed = an_entry().replace(old, new, 1)

    with pytest.raises(MalformedEntry):
        parse_entry(changed)


def test_digests_must_be_sorted() -> None:
    low, high = "a" * 64, "b" * 64
    swapped = an_entry(det=[low, high]).replace(f'"{low}","{high}"'.encode(), f'"{high}","{low}"'.encode())

    with pytest.raises(MalformedEntry, match="sorted"):
        parse_entry(swapped)


@pytest.mark.parametrize("kind", sorted(SYSTEM_TYPES))
def test_a_system_entry_reads_back_and_has_no_exhibit(kind: str) -> None:
    entry = build_system_entry(at=AT, data={"root": "a" * 64, "size": 3}, log=LOG, type=kind)

    assert parse_system_entry(entry) == SystemEntry(AT, {"root": "a" * 64, "size": 3}, LOG, kind)
    with pytest.raises(MalformedEntry):
        parse_entry(entry)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":true'),
        (b'"v":1', b'"v":2'),
        (b'"type":"heads"', b'"type":"move"'),
        (b'"type":"heads"', b'"type":[]'),
        (b'"data":{}', b'"data":[]'),
        (b'"data":{},', b""),
        (b'"data":{},', b'"data":{},"ex":1,'),
        (b".123456Z", b"Z"),
        (b"T10:", b"T25:"),
        (b"exhibits.example", b"exhibits example"),
    ],
)
def test_a_system_entry_of_another_shape_is_not_read(old: bytes, new: bytes) -> None:
    changed = build_system_entry(at=AT, data={}, log=LOG, type="heads").replace(old, new, 1)

    with pytest.raises(LedgerFault):
        parse_system_entry(changed)


def test_either_kind_of_entry_is_told_by_whether_it_has_an_exhibit() -> None:
    assert isinstance(parse_any(an_entry()), Entry)
    assert isinstance(parse_any(build_system_entry(at=AT, data={}, log=LOG, type="key")), SystemEntry)
