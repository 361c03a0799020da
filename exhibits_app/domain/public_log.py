"""The log as C2SP tlog-tiles publishes it: entry bundles beside the tiles of hashes, as files with fixed names.

Entries hold no personal data, so whoever likes may be given all of them.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from . import tiles
from .ledger_faults import LedgerFault
from .tiles import WIDTH
from .witness import EntriesNotThere

CHECKPOINT: Final = "checkpoint"
LONGEST_ENTRY: Final = 2**16 - 1

Fetch = Callable[[str], bytes | None]  # A path of the public log to the bytes there, or None.


class MalformedBundle(LedgerFault):
    code = "malformed_bundle"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"The entries in {self.path} are not there whole, each after its length in two bytes."


def path(number: int, width: int = WIDTH) -> str:
    """Where the entry bundle is: `tile/entries/` and the spelling of a tile's path."""
    return "tile/entries/" + tiles.path(0, number, width).removeprefix("tile/0/")


def pack(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: before each entry its length in two bytes, big-endian. MalformedBundle over 65,535 bytes."""
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise MalformedBundle("an entry bundle")
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unpack(data: bytes, where: str) -> list[bytes]:
    """The entries of a bundle; MalformedBundle."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2])
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data):
        raise MalformedBundle(where)
    return entries


def read(fetch: Fetch, start: int, size: int) -> Iterator[bytes]:
    """The entries from index `start` to `size`, as they were published. EntriesNotThere, MalformedBundle."""
    for number in range(start // WIDTH, -(-size // WIDTH)):
        first = number * WIDTH
        width = min(WIDTH, size - first)
        where = path(number, width)
        # A partial bundle may be gone once there is a full one.
        data = fetch(where) or fetch(path(number))
        if not data:
            raise EntriesNotThere(where)
        entries = unpack(data, where)
        if len(entries) < width:
            raise MalformedBundle(where)
        yield from entries[max(0, start - first) : width]
