"""Signatures verify exactly when the public vectors say so, and when another implementation made them."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibits_app import verify
from exhibits_app.domain import ed25519
from tests.support import vectors

ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.mark.parametrize("path", vectors.paths("wycheproof/testvectors_v1/ed25519_test.json"))
def test_all_of_wycheproof_is_decided_as_it_says(path: str) -> None:
    cases = [(group["publicKey"]["pk"], case) for group in vectors.load(path)["testGroups"] for case in group["tests"]]

    wrong = [
        case["tcId"]
        for key, case in cases
        if ed25519.verify(*(bytes.fromhex(text) for text in (key, case["msg"], case["sig"])))
        != (case["result"] == "valid")
    ]

    assert (wrong, len(cases)) == ([], 151)


@settings(deadline=None, max_examples=10)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_a_signature_by_another_implementation_verifies_until_one_bit_changes(
    seed: bytes, message: bytes, bit: int
) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8

    assert ed25519.verify(public, message, signature)
    assert not ed25519.verify(public, message, bytes(changed))
    assert not ed25519.verify(public, message + b"!", signature)


def test_a_signature_with_the_order_added_to_s_is_refused() -> None:
    secret = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature = secret.sign(b"m")
    larger = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")

    assert not ed25519.verify(secret.public_key().public_bytes_raw(), b"m", signature[:32] + larger)


@pytest.mark.parametrize("key", [b"", bytes(31), b"\xff" * 32, b"\x02" + bytes(31), b"\x01" + bytes(30) + b"\x80"])
def test_what_is_no_key_verifies_nothing(key: bytes) -> None:
    assert not ed25519.verify(key, b"m", bytes(64))


@pytest.mark.parametrize("check", [ed25519.verify, verify.signed_by])
def test_a_point_has_one_spelling(check: Callable[[bytes, bytes, bytes], bool]) -> None:
    neutral, signature = (1).to_bytes(32, "little"), b"\x01" + bytes(63)
    with_sign, beyond_the_field = (1 + 2**255).to_bytes(32, "little"), (1 + 2**255 - 19).to_bytes(32, "little")

    assert check(neutral, b"m", signature)
    assert not check(with_sign, b"m", signature)
    assert not check(beyond_the_field, b"m", signature)


def test_what_is_no_signature_does_not_verify() -> None:
    public = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

    assert not ed25519.verify(public, b"m", b"")
    assert not ed25519.verify(public, b"m", bytes(65))
