"""A note is believed when a key that we held has signed it, and in no other case."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exhibits_app.domain import note
from exhibits_app.domain.ledger_faults import (
    MalformedKey,
    MalformedNote,
    NoKnownSignature,
    SignatureFails,
)
from exhibits_app.domain.note import COSIGNATURE, ED25519, VerifierKey
from tests.support import vectors

FAULTS = {"no verifiable signatures": NoKnownSignature, "ambiguous key": MalformedKey}
FAULTS |= {"malformed note": MalformedNote, "malformed": MalformedNote, "invalid signature": SignatureFails}

LOG = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
WITNESS = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
LOG_KEY = VerifierKey("exhibits.example/ledger", ED25519, LOG.public_key().public_bytes_raw())
WITNESS_KEY = VerifierKey("witness.example", COSIGNATURE, WITNESS.public_key().public_bytes_raw())
TEXT = "exhibits.example/ledger\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


@pytest.mark.parametrize("path", vectors.paths("extracted/signed_note.json"))
def test_the_public_keys_are_read_or_refused_as_they_say(path: str) -> None:
    for case in vectors.load(path)["vkeys"]:
        if case["ok"]:
            assert str(VerifierKey.parse(case["vkey"])) == case["vkey"]
        else:
            with pytest.raises(MalformedKey):
                VerifierKey.parse(case["vkey"])


@pytest.mark.parametrize("path", vectors.paths("extracted/signed_note.json"))
def test_the_public_notes_are_opened_or_refused_as_they_say(path: str) -> None:
    for case in vectors.load(path)["open"]:
        data = base64.b64decode(case["note_b64"])
        keys = [VerifierKey.parse(text) for text in case["vkeys"]]
        if case["ok"]:
            opened = note.open_note(data, keys)
            assert [one.key.name for one in opened.verified] == case["verified_names"], case["name"]
        else:
            with pytest.raises(FAULTS[case["error"]]):
                note.open_note(data, keys)


def a_note() -> bytes:
    return note.join(TEXT, note.sign(TEXT, LOG_KEY, LOG.sign))


def test_a_signed_note_opens_with_the_key_and_tells_who_signed() -> None:
    opened = note.open_note(a_note(), [LOG_KEY])

    assert opened.text == TEXT
    assert [(one.key, one.cosigned_at) for one in opened.verified] == [(LOG_KEY, None)]


def test_a_cosignature_carries_its_time() -> None:
    data = a_note() + note.cosign(TEXT, WITNESS_KEY, WITNESS.sign, 1_795_000_000).encode()

    opened = note.open_note(data, [LOG_KEY, WITNESS_KEY])

    assert [one.cosigned_at for one in opened.verified] == [None, 1_795_000_000]


def test_a_cosignature_whose_time_was_changed_fails() -> None:
    line = note.cosign(TEXT, WITNESS_KEY, WITNESS.sign, 1_795_000_000).rstrip("\n")
    raw = bytearray(base64.b64decode(line.split(" ")[2]))
    raw[11] ^= 1
    data = note.join(TEXT, f"— witness.example {base64.b64encode(raw).decode()}\n")

    with pytest.raises(SignatureFails):
        note.open_note(data, [WITNESS_KEY])


def test_the_signature_of_one_kind_of_key_does_not_pass_for_the_other() -> None:
    as_log = VerifierKey("witness.example", ED25519, WITNESS_KEY.public_key)
    data = note.join(TEXT, note.cosign(TEXT, WITNESS_KEY, WITNESS.sign, 1))

    with pytest.raises(NoKnownSignature):
        note.open_note(data, [as_log])


def test_a_key_of_the_same_name_that_we_do_not_hold_counts_for_nothing() -> None:
    other = VerifierKey(LOG_KEY.name, ED25519, WITNESS_KEY.public_key)

    with pytest.raises(NoKnownSignature) as fault:
        note.open_note(a_note(), [other])

    assert fault.value.names == (LOG_KEY.name,)


def test_a_changed_text_fails() -> None:
    with pytest.raises(SignatureFails):
        note.open_note(a_note().replace(b"\n0\n", b"\n1\n"), [LOG_KEY])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n\n", b"\n"),
        ("— ".encode(), b"- "),
        (b"=\n", b"\n"),
        (b"\n", b"\r\n"),
        (b"=\n", b"=\n\n"),
        (b"=\n", b"= \n"),
        (b"=\n", b"="),
        (b"ledger ", "ledger\u00a0x ".encode()),
    ],
)
def test_every_other_spelling_of_a_note_is_refused(old: bytes, new: bytes) -> None:
    before, found, after = a_note().rpartition(old)
    assert found
    data = before + new + after

    with pytest.raises(MalformedNote):
        note.open_note(data, [LOG_KEY])


def test_a_signature_in_base64_with_loose_trailing_bits_does_not_verify() -> None:
    data = bytearray(a_note())
    at = data.rindex(b"=") - 1
    data[at] += 1

    with pytest.raises(SignatureFails):
        note.open_note(bytes(data), [LOG_KEY])


def test_a_false_signature_beside_a_true_one_of_the_same_key_fails() -> None:
    false = note.Signature(LOG_KEY.name, LOG_KEY.key_id, bytes(64)).line()

    with pytest.raises(SignatureFails):
        note.open_note(a_note() + false.encode(), [LOG_KEY])


def test_a_note_beyond_a_megabyte_is_not_read() -> None:
    text = "long\n" * 250_000

    with pytest.raises(MalformedNote):
        note.open_note(note.join(text, note.sign(text, LOG_KEY, LOG.sign)), [LOG_KEY])


def test_a_cosignature_beyond_the_years_of_63_bits_fails() -> None:
    with pytest.raises(MalformedNote):
        note.cosign(TEXT, WITNESS_KEY, WITNESS.sign, 2**63)


def test_text_that_cannot_be_a_note_is_not_signed() -> None:
    for text in ("no newline", "tab\t\n"):
        with pytest.raises(MalformedNote):
            note.sign(text, LOG_KEY, LOG.sign)


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [("", 1, bytes(32)), ("a b", 1, bytes(32)), ("a+b", 1, bytes(32)), ("a", 2, bytes(32)), ("a", 1, bytes(31))],
)
def test_what_cannot_be_a_key_is_refused(name: str, kind: int, key: bytes) -> None:
    with pytest.raises(MalformedKey):
        VerifierKey(name, kind, key)


def test_a_key_with_a_wrong_id_is_refused() -> None:
    text = str(LOG_KEY).replace(LOG_KEY.key_id.hex(), "00000000")

    with pytest.raises(MalformedKey):
        VerifierKey.parse(text)
