"""Values that an entry commits to without showing them, in the manner of SD-JWT (RFC 9901).

A disclosure is base64url(JSON [salt, name, value]); the entry holds its SHA-256 alone. Without the
128-bit salt nobody can guess the value from the digest, so withholding is not handing it over, and
erasing is deleting it.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from .canonical import canonical, parse_canonical, utf8
from .ledger_faults import MalformedDisclosure, NotCanonical

SALT_BYTES: Final = 16
_FOR_URLS: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URLS: Final = str.maketrans("-_", "+/")


class Disclosed(NamedTuple):
    """What a disclosure says: `salt` is 16 bytes, `value` any value of the ledger's JSON profile."""

    salt: bytes
    name: str
    value: object


def disclose(name: str, value: object, salt: bytes) -> str:
    """The disclosure as text. `salt` is 16 fresh random bytes.

    MalformedDisclosure for another length or no name; NotCanonical for a value outside the ledger's JSON
    profile (floats, null).
    """
    return disclose_all({name: canonical(value).decode()}, salt)[0][0]


def disclose_all(facts: Mapping[str, str], salts: bytes) -> tuple[list[str], list[str]]:
    """The disclosures of these facts, each in its canonical JSON, and the digest of each. `salts` is one after another.

    MalformedDisclosure for too few or too many of them, or a fact without a name.
    """
    if len(salts) != SALT_BYTES * len(facts):
        raise MalformedDisclosure(f"the salts have {len(salts)} bytes and need {SALT_BYTES * len(facts)}")
    if "" in facts:
        raise MalformedDisclosure("the name is empty")
    encoded = [
        _encoded(utf8(f'["{_encode(salts[at * SALT_BYTES : (at + 1) * SALT_BYTES])}",{_named(name)},{written}]'))
        for at, (name, written) in enumerate(facts.items())
    ]
    return [one.decode("ascii") for one in encoded], [hashlib.sha256(one).hexdigest() for one in encoded]


def digest(encoded: str) -> str:
    """SHA-256 of the disclosure's ASCII text, as 64 lower-case hexadecimal digits: what stands in `det`."""
    return hashlib.sha256(encoded.encode("ascii")).hexdigest()


def read(encoded: str) -> Disclosed:
    """Salt, name and value of a disclosure; MalformedDisclosure unless it is just what `disclose` writes."""
    try:
        parts = parse_canonical(_decode(encoded))
    except NotCanonical as fault:
        raise MalformedDisclosure(f"its JSON is not canonical, {fault.reason}") from None
    if not isinstance(parts, list) or len(parts) != 3:
        raise MalformedDisclosure("it is not an array of salt, name and value")
    salt_text, name, value = parts
    if not isinstance(salt_text, str) or not isinstance(name, str) or not name:
        raise MalformedDisclosure("salt and name must be strings, and the name not empty")
    salt = _decode(salt_text)
    if len(salt) != SALT_BYTES:
        raise MalformedDisclosure(f"the salt has {len(salt)} bytes and needs {SALT_BYTES}")
    return Disclosed(salt, name, value)


def stated(encoded: str) -> tuple[str, object]:
    """Name and value of a disclosure that this register wrote: MalformedDisclosure where nothing can be read from it.

    A history is a thousand entries of ten facts. That each is just what `disclose` writes is what an audit asks, by
    `read`, which takes four times as long.
    """
    try:
        _salt, name, value = json.loads(binascii.a2b_base64(encoded.translate(_FROM_URLS) + "==").decode())
    except (ValueError, TypeError):
        raise MalformedDisclosure("it cannot be read") from None
    if not isinstance(name, str):
        raise MalformedDisclosure("the name must be a string")
    return name, value


@cache
def _named(name: str) -> str:
    """A fact's name in canonical JSON: there are few, and each is written again and again."""
    return canonical(name).decode()


def _encode(data: bytes) -> str:
    return _encoded(data).decode("ascii")


def _encoded(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False).translate(_FOR_URLS).rstrip(b"=")


def _decode(text: str) -> bytes:
    """base64url without padding; refuses every spelling but the canonical, such as loose trailing bits."""
    try:
        data = binascii.a2b_base64(text.translate(_FROM_URLS) + "==")  # Lenient: what it passes over is not written.
        if _encode(data) == text:
            return data
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise MalformedDisclosure("it is not base64url") from None
    if _encode(data) != text:
        raise MalformedDisclosure("it is not the canonical base64url of its bytes")
    return data
