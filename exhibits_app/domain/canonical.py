"""One value, one byte string: JSON in the canonical form of RFC 8785, and the ledger's stricter profile.

The ledger's profile leaves out floats and nulls and bounds integers at 2**53, so that a second verifier in
any language reads the same values. `jcs` knows the whole of RFC 8785 and is held against its public vectors.
"""

import json
import math
from collections.abc import Iterable
from decimal import Decimal
from json.encoder import encode_basestring as _string
from typing import Final, NoReturn

from .ledger_faults import NotCanonical

BIGGEST: Final = 2**53 - 1  # The largest integer that every JSON reader keeps exactly (RFC 7493).
DEEPEST: Final = 16


def canonical(value: object) -> bytes:
    """The bytes of `value` in the ledger's profile; NotCanonical if the profile has no place for it."""
    if type(value) is str:
        return utf8(_string(value))
    return utf8(_write(value, 0, full=False))


def jcs(value: object) -> bytes:
    """The bytes of `value` by RFC 8785, floats and nulls included; NotCanonical for what JSON cannot hold."""
    return utf8(_write(value, 0, full=True))


def parse_canonical(data: bytes) -> object:
    """The value of canonical bytes; NotCanonical if these are not the only bytes that value can have."""
    try:
        value: object = _READER.decode(data.decode("utf-8"))
    except RecursionError:
        raise NotCanonical(f"it is nested more than {DEEPEST} deep") from None
    except ValueError as error:
        raise NotCanonical(f"it cannot be read ({error})") from None
    if canonical(value) != data:
        raise NotCanonical("the same value has another canonical form")
    return value


def utf8(text: str) -> bytes:
    """The bytes of the text; NotCanonical where a string holds what UTF-8 cannot say."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("a string holds half of a surrogate pair") from None


def _write(value: object, depth: int, *, full: bool) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return integer(value)
    if isinstance(value, dict | list | tuple):
        return _write_nested(value, depth + 1, full=full)
    if full and value is None:
        return "null"
    if full and isinstance(value, float):
        return _ecmascript_number(value)
    raise NotCanonical(f"{type(value).__name__} has no place in it")


def _write_nested(value: dict[object, object] | list[object] | tuple[object, ...], depth: int, *, full: bool) -> str:
    if depth > DEEPEST:
        raise NotCanonical(f"it is nested more than {DEEPEST} deep")
    if isinstance(value, dict):
        members = [f"{_string(key)}:{_write(value[key], depth, full=full)}" for key in _sorted_keys(value)]
        return "{" + ",".join(members) + "}"
    written = [_string(item) if type(item) is str else _write(item, depth, full=full) for item in value]
    return "[" + ",".join(written) + "]"


def _sorted_keys(members: Iterable[object]) -> list[str]:
    """Keys in the order of their UTF-16 code units, which is not the order of code points beyond U+FFFF."""
    keys = []
    for key in members:
        if not isinstance(key, str):
            raise NotCanonical("an object has a key that is not a string")
        keys.append(key)
    if all(map(str.isascii, keys)):
        return sorted(keys)
    return sorted(keys, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def integer(value: int) -> str:
    """The integer as the profile writes it; NotCanonical beyond the largest that every JSON reader keeps."""
    if not -BIGGEST <= value <= BIGGEST:
        raise NotCanonical("an integer lies beyond 2**53 - 1")
    return int.__repr__(value)


def _ecmascript_number(value: float) -> str:
    """A float as ECMAScript's Number.toString prints it (RFC 8785 section 3.2.2.3)."""
    if not math.isfinite(value):
        raise NotCanonical("NaN and infinity are not JSON")
    if value == 0:
        return "0"
    exact = Decimal(repr(abs(value))).normalize()  # repr gives the shortest digits that read back, as ECMAScript.
    digits = "".join(map(str, exact.as_tuple().digits))
    return ("-" if value < 0 else "") + _place_point(digits, exact.adjusted() + 1)


def _place_point(digits: str, point: int) -> str:
    """`digits` with the point after `point` of them: in full between 1e-7 and 1e21, else with an exponent."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotCanonical("an object has the same key twice")
    return members


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"the number {text[:40]} is not an integer")


_READER: Final = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_float=_no_float, parse_constant=_no_float)
