"""What a backup is made of and restored into: copies of the database, one file, and the instance's folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

# What is being done, how many bytes of it are, and of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What a copy of the database holds, as of the one moment that it shows.

    `kind` is SQLite or PostgreSQL; `first` is the place, among all entries ever integrated, of the open log's first;
    `tree_root` is hex; `files` are the SHA-256 of the files that it refers to.
    """

    kind: str
    origin: str
    revision: str
    entries: int
    items: int
    first: int
    tree_size: int
    tree_root: str
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that goes into the backup under this name."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Digest:
    """How many bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


class DatabaseCopies(Protocol):
    """Copies of the database, taken while it is in use."""

    @property
    def kind(self) -> str:
        """SQLite or PostgreSQL."""

    def size(self) -> int:
        """About how many bytes a copy takes; 0 where that is not known."""

    def copy(self, to: Path, progress: Progress) -> DatabaseFacts:
        """Write a copy of one moment. Raises NoSpaceForBackup, DatabaseProgramFailed."""

    def check(self, copy: Path) -> None:
        """Say nothing if the database's own checks find the copy whole. Raises BackupDamaged."""

    def ledger(self, copy: Path, first: int) -> tuple[int, str]:
        """The open log's size and root in hex, computed from the bytes of every entry in the copy."""


class DatabasePlace(Protocol):
    """Where a copy is put back: an address at which there is nothing yet."""

    @property
    def kind(self) -> str:
        """SQLite or PostgreSQL."""

    def refuse_unless_empty(self) -> None:
        """Raises InstanceNotEmpty, StoreRefusal."""

    def refuse_unless_known(self, revision: str) -> None:
        """Raises BackupTooNew for tables that this version does not know."""

    def load(self, copy: Path) -> None:
        """Put the copy where services can open it, and bring its tables to this version. All of it or nothing."""

    def finish(self) -> None:
        """Give it its own name, durably. Nothing is open of it any more."""

    def abandon(self) -> None:
        """Take away what was loaded and not finished. Nothing is open of it any more."""


class BackupFile(Protocol):
    """One file that holds others, encrypted where there is a key."""

    @property
    def encrypted(self) -> bool:
        """Whether what is written is encrypted."""

    def write(
        self, out: Path, sources: Sequence[Source], manifest: Callable[[Mapping[str, Digest]], bytes], tell: Progress
    ) -> None:
        """Write the sources, then the manifest over what was written, durably. Sources that are gone are left out.

        Raises NoSpaceForBackup, BackupUnusable.
        """

    def read(self, path: Path, sink: Callable[[str, int], BinaryIO | None], tell: Progress) -> Mapping[str, Digest]:
        """Read all of it; each file goes to its sink (by name and size), and is closed, or is only hashed.

        Raises BackupDamaged, BackupNeedsKey, BackupKeyRefused, BackupUnusable.
        """


class InstanceFolder(Protocol):
    """The files of the instance beside the database."""

    def photographs(self) -> Iterator[Source]:
        """Everything that is kept by its hash."""

    def records(self) -> Iterator[Source]:
        """The signer's own memory, what was erased, and where printers are: nothing secret."""

    def secrets(self) -> Iterator[Source]:
        """The signing key and what signs posts."""

    def staging(self) -> AbstractContextManager[Path]:
        """A folder that only we can read, on the instance's disk, gone at the end."""

    def free(self, folder: Path) -> int:
        """How many bytes the folder's disk has left for us."""

    def keep(self, name: str, path: Path) -> bool:
        """Move a file that was read from a backup to its place, unless there is one; whether it was moved."""
