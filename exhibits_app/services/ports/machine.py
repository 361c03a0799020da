"""The machine that the service runs on, as far as its health depends on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder that is written to, the room on its disk in bytes, and whether this process may write there."""

    called: str
    free: int
    total: int
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """The program's version, the database's kind, the form of its tables, and the form that the program wants."""

    program: str
    database: str
    tables: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Vitals:
    """Of this process: connections in use and at most, changes that wait for the writer, and how many commits had
    how many changes (the index is the number of changes; empty where nobody writes in groups)."""

    in_use: int = 0
    most: int = 0
    queued: int = 0
    groups: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class PagesRead:
    """What reading every page of the database brought to light: a sentence for each page or index that is damaged,
    and one for each reason why damage could have been there and not been noticed."""

    damaged: Sequence[str] = ()
    unseen: Sequence[str] = ()


class Machine(Protocol):
    """What only the machine can tell."""

    def disks(self) -> list[Disk]:
        """The disks of the folders that are written to; a folder that is not there has none left."""

    def version(self) -> Version:
        """Which version runs on which tables."""

    def vitals(self) -> Vitals:
        """How busy this process is."""

    def pages(self) -> PagesRead:
        """Read every page of the database, its indexes too, and hold indexes against their tables."""


class UnknownMachine:
    """Implements Machine for services that run nowhere in particular."""

    def disks(self) -> list[Disk]:
        """None."""
        return []

    def version(self) -> Version:
        """Nothing is known."""
        return Version("", "", "", "")

    def vitals(self) -> Vitals:
        """Nothing is known."""
        return Vitals()

    def pages(self) -> PagesRead:
        """Nothing is known."""
        return PagesRead()
