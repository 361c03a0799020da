"""Short names for what the ledger's tests need: an entry, a chain, a disclosure."""

import hashlib
from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from exhibits_app.domain import disclosure
from exhibits_app.domain.chain import Link
from exhibits_app.domain.entry import ZERO, build_entry, leaf_hash

AT = "2026-11-21T10:11:12.123456Z"
LOG = "exhibits.example/ledger"
ACT = "0199c0de-0000-7000-8000-000000000001"


class Members(TypedDict):
    at: str
    det: Sequence[str]
    ex: int
    log: str
    prev: str
    seq: int
    type: str
    grp: NotRequired[tuple[str, int, int] | None]


class Said(TypedDict, total=False):
    at: str
    det: Sequence[str]
    ex: int
    log: str
    prev: str
    seq: int
    type: str
    grp: tuple[str, int, int] | None


def an_entry(**members: Unpack[Said]) -> bytes:
    """The first entry of exhibit 7, but for what is said."""
    usual: Members = {"at": AT, "det": [], "ex": 7, "log": LOG, "prev": ZERO, "seq": 0, "type": "book_in"}
    usual.update(members)
    return build_entry(**usual)


def a_salt(seed: object) -> bytes:
    """Sixteen bytes that are the same for the same seed: tests must not depend on chance."""
    return hashlib.sha256(repr(seed).encode()).digest()[:16]


def a_chain(length: int, *, ex: int = 7, log: str = LOG) -> list[Link]:
    """A sound chain; every entry discloses one place."""
    links: list[Link] = []
    for seq in range(length):
        told = disclosure.disclose("place", f"bay {seq}", a_salt((ex, seq)))
        prev = links[-1].leaf_hash.hex() if links else ZERO
        entry = an_entry(ex=ex, log=log, seq=seq, prev=prev, type="move", det=[disclosure.digest(told)])
        links.append(Link(entry, leaf_hash(entry), [told]))
    return links
