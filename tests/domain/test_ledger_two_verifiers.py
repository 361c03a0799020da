"""verify.py and the domain are two implementations of one page: they accept the same and refuse the same."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibits_app import verify
from exhibits_app.domain import canonical, disclosure, entry
from exhibits_app.domain.ledger_faults import LedgerFault
from tests.domain import ledger_example as example
from tests.domain.ledger_parts import an_entry
from tests.domain.test_ledger_canonical import values
from tests.domain.test_ledger_merkle import DEVIATION
from tests.support import vectors

SEEDS = [*example.entries(), example.heads_entry(), an_entry(det=["a" * 64, "b" * 64], grp=(example.ACT, 50, 50))]
PIECES = [
    b"0",
    b"1",
    b"9007199254740991",
    b"9007199254740992",
    b"-",
    b'"',
    b",",
    b"}",
    b" ",
    b"\n",
    b"\\u0041",
    b"\xff",
]
PIECES += [
    b"true",
    b"null",
    b"1.0",
    b"{}",
    b"[]",
    b"heads",
    b"move",
    b'"ex":1,',
    b'"v":1',
    b"Z",
    b"24",
    b"+",
    b"a" * 64,
]


def accepts(reader: Callable[..., Any], *given: Any) -> bool:
    try:
        reader(*given)
    except (LedgerFault, verify.Failed):
        return False
    return True


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SEEDS), st.sampled_from(PIECES), st.data())
def test_an_entry_spoilt_anywhere_is_judged_alike(seed: bytes, piece: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 66)))
    spoilt = seed[:start] + piece + seed[end:]

    assert accepts(verify.read_entry, spoilt, "here") == accepts(entry.parse_any, spoilt)


@pytest.mark.parametrize("name", ["at", "det", "ex", "grp", "log", "prev", "seq", "type", "v", "data", "more"])
@given(value=values)
@settings(deadline=None, max_examples=40)
def test_an_entry_with_any_member_replaced_is_judged_alike(name: str, value: object) -> None:
    for seed in SEEDS:
        members = canonical.parse_canonical(seed)
        assert isinstance(members, dict)
        replaced = canonical.canonical(members | {name: value})
        without = canonical.canonical({key: kept for key, kept in members.items() if key != name})
        for spoilt in (replaced, without):
            assert accepts(verify.read_entry, spoilt, "here") == accepts(entry.parse_any, spoilt)


@settings(deadline=None)
@given(values)
def test_a_disclosure_of_any_value_is_judged_alike(value: object) -> None:
    text = base64.urlsafe_b64encode(canonical.canonical(value)).rstrip(b"=").decode()
    sound = base64.urlsafe_b64encode(canonical.canonical(["A" * 22, "name", value])).rstrip(b"=").decode()

    salts = [base64.urlsafe_b64encode(bytes(size)).rstrip(b"=").decode() for size in (0, 15, 16, 17)]
    salted = [base64.urlsafe_b64encode(canonical.canonical([salt, "name", value])) for salt in salts]

    for one in (text, sound, sound + "=", sound[:-1], *(data.rstrip(b"=").decode() for data in salted)):
        assert accepts(verify.read_disclosure, one, "here") == accepts(disclosure.read, one)


@given(st.binary(max_size=12) | st.sampled_from([b"[" * 17 + b"]" * 17, b"[" * 16 + b"]" * 16, b"-0", b"9" * 5000]))
def test_any_bytes_are_judged_alike(data: bytes) -> None:
    assert accepts(verify.read_json, data, "here") == accepts(canonical.parse_canonical, data)


@pytest.mark.parametrize("path", vectors.paths("wycheproof/testvectors_v1/ed25519_test.json"))
def test_verify_decides_all_of_wycheproof_as_it_says(path: str) -> None:
    for group in vectors.load(path)["testGroups"]:
        for case in group["tests"]:
            parts = (bytes.fromhex(text) for text in (group["publicKey"]["pk"], case["msg"], case["sig"]))
            assert verify.signed_by(*parts) == (case["result"] == "valid"), case["tcId"]


def decoded(case: Any, *names: str) -> list[bytes]:
    return [base64.b64decode(case[name]) for name in names]


@pytest.mark.parametrize("path", vectors.paths("transparency-dev-merkle/testdata/inclusion/**/*.json"))
def test_verify_judges_inclusion_as_the_public_vectors_say(path: str) -> None:
    case = vectors.load(path)
    leaf, root = decoded(case, "leafHash", "root")
    proof = [base64.b64decode(one) for one in case["proof"] or []]

    assert accepts(verify.included, leaf, case["leafIdx"], case["treeSize"], proof, root, "here") != case["wantErr"]


@pytest.mark.parametrize("path", vectors.paths("transparency-dev-merkle/testdata/consistency/**/*.json"))
def test_verify_judges_consistency_as_the_public_vectors_say(path: str) -> None:
    case = vectors.load(path)
    roots = decoded(case, "root1", "root2")
    proof = [base64.b64decode(one) for one in case["proof"] or []]
    refused = case["wantErr"] or path.endswith(DEVIATION)

    assert accepts(verify.consistent, case["size1"], case["size2"], proof, *roots, "here") != refused


@pytest.mark.parametrize("path", vectors.paths("extracted/signed_note.json"))
def test_verify_reads_the_public_keys_as_they_say(path: str) -> None:
    for case in vectors.load(path)["vkeys"]:
        assert accepts(verify.read_key, case["vkey"], 1) == case["ok"]
