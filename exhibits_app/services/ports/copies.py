"""The ledger's entries together with their disclosures: read to be copied elsewhere, or put back from a copy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.events import CaseRef
from ...domain.merkle import CompactRange
from ...domain.places import PlaceRef
from .ledger_tree import Waiting


@dataclass(frozen=True, slots=True)
class Copy:
    """An entry at its place in the log, with the disclosures that were kept; "" where one was erased."""

    index: int
    body: bytes
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PutBack:
    """An entry about to be put back. Those about the log itself have no number, position, event or act."""

    copy: Copy
    leaf_hash: bytes
    type: str
    at: datetime
    register_no: int | None = None
    seq: int | None = None
    event_id: str | None = None
    act_id: str | None = None


@dataclass(frozen=True, slots=True)
class WasRestored:
    """When the register was put back last, and as of when: what came in between may not be in it."""

    at: datetime
    as_of: datetime


class Copies(Protocol):
    """Writing goes round the alarm: it is for a ledger that is read-only."""

    def page(self, start: int, limit: int) -> list[Copy]:
        """Entries of the open log from index `start` on, with their disclosures."""

    def waiting(self) -> dict[bytes, int]:
        """The ids of the entries that wait for the tree, by leaf hash."""

    def put_back(self, entries: Sequence[PutBack]) -> list[Waiting]:
        """Keep these entries, waiting for the tree. Raises ChangedMeanwhile where another stands in the same place."""

    def raise_register(self, register_no: int) -> None:
        """The series of register numbers goes on after this one at the earliest."""

    def restore_case(self, case: CaseRef, at: datetime) -> bool:
        """Put back a case of which only its entries tell; whether it was missing."""

    def note_restored(self, what: WasRestored) -> None:
        """Remember it, in place of an earlier time."""

    def restored(self) -> WasRestored | None:
        """The last time that the register was put back, or None."""

    def restore_place(self, place: PlaceRef) -> bool:
        """Put back a place of which only entries tell; whether it was missing."""


class Mirror(Protocol):
    """A copy of the log outside the database, to which entries are only ever added, and which is durable.

    Every method raises MirrorUnusable for files that cannot be read or written.
    """

    def where(self) -> str:
        """Where it is, for people."""

    def edge(self, origin: str) -> CompactRange:
        """The right edge of the tree over the copied entries of this log; empty before the first."""

    def append(self, origin: str, copies: Sequence[Copy]) -> None:
        """Add the next entries and flush them to the disk. `copies` follow on what is there."""

    def bodies(self, origin: str) -> Iterator[bytes]:
        """Every copied entry, in order."""

    def copies(self, origin: str, start: int) -> Iterator[Copy]:
        """The copied entries from index `start` on, with their disclosures."""

    def thin(self, origin: str, erased: Mapping[int, frozenset[str]]) -> None:
        """Drop the disclosures with these digests from the entries with these indices: they were erased."""

    def keep_checkpoints(self, origin: str, notes: Sequence[bytes]) -> None:
        """Add signed checkpoints and flush them to the disk."""

    def last_checkpoint(self, origin: str) -> bytes | None:
        """The one that came last."""

    def checkpoints(self, origin: str) -> Iterator[bytes]:
        """The signed checkpoints, in the order in which they came."""
