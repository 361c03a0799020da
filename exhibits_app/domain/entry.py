"""The ledger's entry: one immutable byte string per event, and the only grammar it can have.

An entry is canonical JSON of a fixed shape, so one regular expression is its whole grammar: bytes that match
are canonical by construction. Building goes through the same grammar as reading, so what is written can be
read. Entries hold no personal data; that lives in disclosures.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import lt
from typing import Final

from .canonical import BIGGEST, canonical, parse_canonical
from .ledger_faults import MalformedEntry, NotCanonical

VERSION: Final = 1
_ONE_DIGEST: Final = 66  # Characters of one digest with its quotes.
_SHORT: Final = 15  # So many digits are always below BIGGEST.
ZERO: Final = "0" * 64  # `prev` of an exhibit's first entry.
SYSTEM_TYPES: Final = frozenset({"heads", "anchor", "key", "incident"})

_AT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_NUMBER = r"[1-9][0-9]{0,15}"
_HASH = r"[0-9a-f]{64}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# Printable ASCII without space, quote, backslash and plus: an origin is also a C2SP key name.
_ORIGIN = r"[!#-*,-\[\]-~]{1,200}"
_TYPE = r"[a-z][a-z0-9_]{0,39}"

GRAMMAR: Final = (
    rf'\{{"at":"(?P<at>{_AT})"'
    rf',"det":\[(?P<det>(?:"{_HASH}"(?:,"{_HASH}")*)?)\]'
    rf',"ex":(?P<ex>{_NUMBER})'
    rf'(?:,"grp":\{{"i":(?P<i>{_NUMBER}),"id":"(?P<id>{_UUID})","n":(?P<n>{_NUMBER})\}})?'
    rf',"log":"(?P<log>{_ORIGIN})"'
    rf',"prev":"(?P<prev>{_HASH})"'
    rf',"seq":(?P<seq>0|{_NUMBER})'
    rf',"type":"(?P<type>{_TYPE})"'
    rf',"v":{VERSION}\}}'
)
_match = re.compile(GRAMMAR).fullmatch
_SYSTEM_KEYS: Final = {"at", "data", "log", "type", "v"}


@dataclass(frozen=True, slots=True)
class Group:
    """The act that the entry belongs to: entry `i` of `n`, counted from 1; `id` is the act's UUID."""

    id: str
    i: int
    n: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the chain of one exhibit. Made by `parse_entry` alone, which checks it."""

    at: str
    det: tuple[str, ...]
    ex: int
    log: str
    prev: str
    seq: int
    type: str
    grp: Group | None


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """An event of the log itself: heads, anchor, key or incident. Made by `parse_system_entry` alone."""

    at: str
    data: Mapping[str, object]
    log: str
    type: str


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry), the RFC 9162 leaf hash: 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def build_entry(
    *,
    at: str,
    det: Sequence[str],
    ex: int,
    log: str,
    prev: str,
    seq: int,
    type: str,  # noqa: A002 - the parameters are named as the members they become
    grp: tuple[str, int, int] | None = None,
) -> bytes:
    """The bytes of an exhibit's entry; MalformedEntry if a value does not fit the grammar.

    `at` is UTC with microseconds and Z; `det` digests in any order; `ex` the register number from 1; `prev`
    the hex leaf hash of the exhibit's previous entry, or ZERO; `grp` the act's (UUID, i, n), i from 1.
    """
    digests = ",".join([f'"{one}"' for one in sorted(det)])
    group = "" if grp is None else f',"grp":{{"i":{grp[1]},"id":"{grp[0]}","n":{grp[2]}}}'
    text = (
        f'{{"at":"{at}","det":[{digests}],"ex":{ex}{group},"log":"{log}","prev":"{prev}"'
        f',"seq":{seq},"type":"{type}","v":{VERSION}}}'
    )
    _members(text)
    return text.encode("ascii")


def parse_entry(data: bytes) -> Entry:
    """The entry of an exhibit; MalformedEntry unless these are exactly the bytes it must have."""
    try:
        return _read(data.decode("ascii"))
    except UnicodeDecodeError:
        raise MalformedEntry("it is not plain ASCII") from None


def read_link(data: bytes) -> tuple[int, int, str, str]:
    """(ex, seq, prev, log) of an exhibit's entry, checked just as parse_entry checks it: a million are read at once."""
    try:
        groups = _members(data.decode("ascii"))
    except UnicodeDecodeError:
        raise MalformedEntry("it is not plain ASCII") from None
    return int(groups[2]), int(groups[8]), groups[7], groups[6]


def build_system_entry(
    *,
    at: str,
    data: Mapping[str, object],
    log: str,
    type: str,  # noqa: A002 - as in build_entry
) -> bytes:
    """The bytes of an entry about the log itself; `data` is what that type needs, in the ledger's profile."""
    entry = canonical({"at": at, "data": dict(data), "log": log, "type": type, "v": VERSION})
    parse_system_entry(entry)
    return entry


def parse_system_entry(data: bytes) -> SystemEntry:
    """A heads, anchor, key or incident entry; NotCanonical or MalformedEntry for anything else."""
    members = parse_canonical(data)
    if not isinstance(members, dict) or set(members) != _SYSTEM_KEYS:
        raise MalformedEntry("a system entry has at, data, log, type and v, and nothing else")
    at, inner, log, kind, version = (members[key] for key in ("at", "data", "log", "type", "v"))
    if version != VERSION or version is True:
        raise MalformedEntry(f"its version is {version!r}, not {VERSION}")
    if not isinstance(kind, str) or kind not in SYSTEM_TYPES:
        raise MalformedEntry(f"{kind!r} is not a type of system entry")
    if not isinstance(at, str) or not re.fullmatch(_AT, at) or not isinstance(inner, dict):
        raise MalformedEntry("at must be a UTC time with microseconds, and data an object")
    if not isinstance(log, str) or not re.fullmatch(_ORIGIN, log):
        raise MalformedEntry("log is not an origin")
    _check_time(at)
    return SystemEntry(at, inner, log, kind)


def parse_any(data: bytes) -> Entry | SystemEntry:
    """Either kind of entry; the member `ex` tells them apart."""
    members = parse_canonical(data)
    if isinstance(members, dict) and "ex" in members:
        return parse_entry(data)
    return parse_system_entry(data)


def _read(text: str) -> Entry:
    at, det, ex, i, id_, n, log, prev, seq, kind = _members(text)
    digests = tuple(det[1:-1].split('","')) if det else ()
    return Entry(at, digests, int(ex), log, prev, int(seq), kind, _group(id_, i, n))


def _members(text: str) -> tuple[str, ...]:
    """The groups of the grammar, once all else that an entry must be is checked as well."""
    found = _match(text)
    if found is None:
        raise MalformedEntry(_why_not(text))
    groups: tuple[str, ...] = found.groups()
    at, det, ex, i, id_, n, _, prev, seq, kind = groups
    if (len(ex) > _SHORT or len(seq) > _SHORT) and (int(ex) > BIGGEST or int(seq) > BIGGEST):
        raise MalformedEntry("a number lies beyond 2**53 - 1")
    if (seq == "0") != (prev == ZERO):
        raise MalformedEntry("the first entry, and only the first, follows 64 zeros")
    if kind in SYSTEM_TYPES:
        raise MalformedEntry(f"{kind} is a type of system entry and has no exhibit")
    if len(det) > _ONE_DIGEST:
        _check_order(det[1:-1].split('","'))
    if n is not None:
        _group(id_, i, n)
    _check_time(at)
    return groups


def _check_order(digests: Sequence[str]) -> None:
    if not all(map(lt, digests, digests[1:])):
        raise MalformedEntry("its digests are not sorted, or one stands there twice")


def _group(id_: str | None, i: str | None, n: str | None) -> Group | None:
    if id_ is None or i is None or n is None:
        return None
    if not int(i) <= int(n) <= BIGGEST:
        raise MalformedEntry(f"entry {i} of an act of {n} cannot be")
    return Group(id_, int(i), int(n))


def _check_time(at: str) -> None:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise MalformedEntry(f"{at} is not a time") from None


def _why_not(text: str) -> str:
    """A reason that helps: first whether it is canonical JSON at all, then that it is not of this shape."""
    try:
        parse_canonical(text.encode("utf-8", "surrogatepass"))
    except NotCanonical as fault:
        return f"it is not canonical JSON, {fault.reason}"
    return "its members are not those of version 1, or one of them is not of its form"
