"""A log that follows one that was closed: what its first entry, an `incident`, puts on record of the other.

The closed log is never signed again. Every chain goes on in the new log, so its first entry carries over where each
stood: the root of a register tree over whole chains, whatever logs their entries are in. Since an entry names the one
before by its hash, this fixes everything that the closed log left behind, from then on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .entry import SystemEntry
from .ledger_faults import MalformedEntry

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A size and the 32-byte root at that size."""

    size: int
    root: bytes

    def data(self) -> dict[str, object]:
        """As it stands in an entry."""
        return {"root": self.root.hex(), "size": self.size}


@dataclass(frozen=True, slots=True)
class Carried:
    """The register tree over whole chains: `exhibits` leaves, each with last_index 0."""

    exhibits: int
    root: bytes

    def data(self) -> dict[str, object]:
        """As it stands in an entry."""
        return {"exhibits": self.exhibits, "root": self.root.hex()}


@dataclass(frozen=True, slots=True)
class Succession:
    """What a new log's first entry says.

    `kept`: the closed log as it was found; `fits`: the largest checkpoint that it signed and that `kept` begins with;
    `published`: the largest that it ever published, as far as its signer remembers. What lies between the two is lost.
    """

    closed: str
    kept: TreeHead
    fits: TreeHead | None
    published: TreeHead | None
    carried: Carried

    def data(self) -> dict[str, object]:
        """The members of the entry's data that this is about."""
        closed: dict[str, object] = {"kept": self.kept.data(), "origin": self.closed}
        if self.fits:
            closed["fits"] = self.fits.data()
        if self.published:
            closed["published"] = self.published.data()
        return {"carried": self.carried.data(), "closed": closed}


def read_succession(entry: SystemEntry) -> Succession | None:
    """What this entry says of a log before its own; None for one that speaks of none. Raises MalformedEntry."""
    if entry.type != "incident" or "closed" not in entry.data:
        return None
    closed, carried = entry.data["closed"], entry.data.get("carried")
    if not isinstance(closed, dict) or not isinstance(carried, dict) or not isinstance(closed.get("origin"), str):
        raise MalformedEntry("closed and carried must be objects, and the closed log has a name")
    if set(carried) != {"exhibits", "root"}:
        raise MalformedEntry("carried has exhibits and root, and nothing else")
    kept = _head(closed.get("kept"))
    if kept is None:
        raise MalformedEntry("the closed log's size and root are missing")
    return Succession(
        closed["origin"],
        kept,
        _head(closed.get("fits")),
        _head(closed.get("published")),
        Carried(_count(carried["exhibits"]), _root(carried["root"])),
    )


def _head(given: object) -> TreeHead | None:
    if given is None:
        return None
    if not isinstance(given, Mapping) or set(given) != {"root", "size"}:
        raise MalformedEntry("a tree head has size and root, and nothing else")
    return TreeHead(_count(given["size"]), _root(given["root"]))


def _root(given: object) -> bytes:
    if not isinstance(given, str) or not _HASH.fullmatch(given):
        raise MalformedEntry("a root is not a hash")
    return bytes.fromhex(given)


def _count(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise MalformedEntry("a number is not a count")
    return given
