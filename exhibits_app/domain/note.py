"""Signed notes as C2SP specifies them: text, a blank line, and signature lines of known and unknown keys.

A note's text means nothing until a key that the reader already held has verified. Signing is the caller's, who
holds the secret: this module only says which bytes to sign and how the line reads.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from . import ed25519
from .ledger_faults import MalformedKey, MalformedNote, NoKnownSignature, SignatureFails

ED25519: Final = 1
COSIGNATURE: Final = 4  # A witness's Ed25519 signature with a time in it (C2SP tlog-cosignature).
MOST_SIGNATURES: Final = 100
MOST_BYTES: Final = 1_000_000

Signer = Callable[[bytes], bytes]  # The message to the 64-byte Ed25519 signature over it.


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; `kind` is ED25519 or COSIGNATURE."""

    name: str
    kind: int
    public_key: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name):
            raise MalformedKey("its name is empty or holds a space or a plus")
        if self.kind not in (ED25519, COSIGNATURE):
            raise MalformedKey(f"signatures of type {self.kind} are not known here")
        if len(self.public_key) != 32:
            raise MalformedKey(f"its public key has {len(self.public_key)} bytes and needs 32")

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || newline || kind || public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + self._typed()).digest()[:4]

    def __str__(self) -> str:
        """The C2SP text form: name+hex key id+base64(kind || public key)."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(self._typed())}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key of its text form; MalformedKey otherwise."""
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        typed = _unbase64(encoded)
        if not typed:
            raise MalformedKey("it is not name+id+base64 of a public key")
        key = cls(name, typed[0], typed[1:])
        if key.key_id.hex() != key_id:
            raise MalformedKey("its id is not the hash of its name and public key")
        return key

    def _typed(self) -> bytes:
        return bytes([self.kind]) + self.public_key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line, not yet believed: `signature` is what follows the four bytes of the key id."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        return f"— {self.name} {_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that verified; `cosigned_at` is the POSIX time a witness stated, or None."""

    key: VerifierKey
    cosigned_at: int | None


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note whose text at least one held key has signed. `unknown` are signatures by keys nobody here holds."""

    text: str
    verified: tuple[Verified, ...]
    unknown: tuple[Signature, ...]


def sign(text: str, key: VerifierKey, signer: Signer) -> str:
    """The signature line of an ED25519 key over `text`. MalformedNote for text that cannot be a note's."""
    _check_text(text)
    return Signature(key.name, key.key_id, signer(text.encode())).line()


def cosign(text: str, key: VerifierKey, signer: Signer, at: int) -> str:
    """The signature line of a COSIGNATURE key over `text` at POSIX time `at`."""
    _check_text(text)
    stamp = at.to_bytes(8)
    return Signature(key.name, key.key_id, stamp + signer(_cosigned(text, at))).line()


def join(text: str, *lines: str) -> bytes:
    """The note of this text and these signature lines."""
    return (text + "\n" + "".join(lines)).encode()


def parse(data: bytes) -> tuple[str, tuple[Signature, ...]]:
    """Text and signatures of a note, none of them believed yet; MalformedNote."""
    if len(data) > MOST_BYTES:
        raise MalformedNote(f"it is longer than {MOST_BYTES} bytes")
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedNote("it is not UTF-8") from None
    body, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise MalformedNote("it has no signatures after a last blank line, or does not end with a newline")
    text = body + "\n"
    _check_text(text)
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise MalformedNote(f"it has more than {MOST_SIGNATURES} signatures")
    return text, tuple(map(_signature, lines))


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> OpenedNote:
    """The note, if a key of `keys` has signed it.

    MalformedNote; MalformedKey if two keys share the name and id of a signature; SignatureFails if any signature by
    a held key does not verify; NoKnownSignature if there is none.
    """
    text, signatures = parse(data)
    verified: dict[tuple[str, bytes], Verified] = {}
    unknown = []
    for signature in signatures:
        address = (signature.name, signature.key_id)
        held = [key for key in keys if (key.name, key.key_id) == address]
        if len(held) > 1:
            raise MalformedKey(f"two keys have the name {signature.name} and the same id")
        if not held:
            unknown.append(signature)
        else:
            verified[address] = _verify(text, signature, held[0])
    if not verified:
        raise NoKnownSignature(tuple(signature.name for signature in signatures))
    return OpenedNote(text, tuple(verified.values()), tuple(unknown))


def _verify(text: str, signature: Signature, key: VerifierKey) -> Verified:
    message, raw, at = text.encode(), signature.signature, None
    if key.kind == COSIGNATURE:
        at, raw = int.from_bytes(raw[:8]), raw[8:]
        message = _cosigned(text, at)
    if not ed25519.verify(key.public_key, message, raw):
        raise SignatureFails(key.name, key.key_id.hex())
    return Verified(key, at)


def _cosigned(text: str, at: int) -> bytes:
    if not 0 <= at < 2**63:
        raise MalformedNote("a cosignature's time lies outside 63 bits")
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _signature(line: str) -> Signature:
    found = re.fullmatch(r"— ([^ ]+) ([A-Za-z0-9+/]+={0,2})", line)
    raw = _loosely(found[2]) if found else b""
    if not found or len(raw) < 5 or not _is_name(found[1]):
        raise MalformedNote("a line after the last blank line is not a signature")
    # Loose trailing bits would give one signature several spellings: such a line keeps its key and can never verify.
    signature = raw[4:] if _base64(raw) == found[2] else b""
    return Signature(found[1], raw[:4], signature)


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise MalformedNote("its text does not end with a newline")
    if any(character < " " and character != "\n" for character in text):
        raise MalformedNote("it holds a control character")


def _is_name(name: str) -> bool:
    return bool(name) and not any(character.isspace() or character == "+" for character in name)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unbase64(text: str) -> bytes:
    """The bytes of canonical standard base64, or nothing for any other spelling."""
    data = _loosely(text)
    return data if _base64(data) == text else b""


def _loosely(text: str) -> bytes:
    """The bytes of standard base64 even with loose trailing bits, or nothing."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
