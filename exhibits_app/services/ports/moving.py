"""Moving everything that the store keeps into another database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from .store import Work

# Takes how many rows of the table at hand are done.
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows a table has, and the SHA-256 (hex) over all of them in the order of their key."""

    rows: int
    sha256: str


class Move(Protocol):
    """One move at work: nobody writes into the source, and nobody else sees the target before `finish`."""

    @property
    def tables(self) -> Sequence[str]:
        """Every table, those that others refer to first."""

    @property
    def source(self) -> Work:
        """A view of the database that is moved."""

    @property
    def target(self) -> Work:
        """A view of the copy. Of use after `complete`."""

    def count(self, table: str) -> int:
        """How many rows of the table there are to move."""

    def copy(self, table: str, told: Told) -> Digest:
        """Move the table's rows and digest what was read of the source. Raises CannotBeKept."""

    def complete(self) -> None:
        """Give the copy its indexes, its rules and the numbers that its next rows go on from. Raises CopyDiffers."""

    def read_back(self, table: str, told: Told) -> Digest:
        """Digest what the copy holds."""

    def finish(self) -> None:
        """Close the source for good, then let the target be used. Cut off between the two, a new move does it anew."""


class Mover(Protocol):
    """Moves the register's database."""

    def begin(self, to: str) -> AbstractContextManager[Move]:
        """Keep writers out of the source, and begin with an empty target at this address.

        What was not finished by the end of the context leaves the source as it was and the target empty. Raises
        SourceBusy, SourceNotCurrent, TargetUnusable.
        """

    def open_again(self, check: Callable[[Work], object]) -> bool:
        """Let a closed source be written again unless `check` raises; False where it was not closed."""
