"""What a backup says of itself, and whether what it holds is that."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..domain.errors import BackupDamaged
from ..domain.show import iso
from ..domain.text import instant
from .ports.backups import BackupFile, DatabaseCopies, Digest, Progress

FORMAT: Final = "exhibits-backup/1"
DATABASES: Final = {"SQLite": "database.sqlite", "PostgreSQL": "database.pgdump"}
MANIFEST: Final = "manifest.json"
_FILES: Final = "files/"
# Every name that a backup may hold: nothing else is ever written anywhere.
_NAMES: Final = re.compile(
    r"database\.(sqlite|pgdump)|manifest\.json|printers\.toml|files/[0-9a-f]{64}|"
    r"ledger/(closed-[0-9a-f]{16}/)?(high-water|published\.jsonl|erased\.jsonl)|"
    r"secrets/(signing\.key|signing\.key\.next|webhook_secret)"
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup says that it holds. `files` says how many, how many bytes, and a digest over their names.

    `missing` are files that the database names and the instance had not, `damaged` those whose bytes were not what
    their names say. `left_out` are sentences; `settings` those that were set and are no secrets.
    """

    made_at: datetime
    version: str
    kind: str
    origin: str
    revision: str
    entries: int
    items: int
    first: int
    tree_size: int
    tree_root: str
    checkpoint: str
    encrypted: bool
    files: tuple[int, int, str]
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    left_out: tuple[str, ...]
    settings: dict[str, str]
    members: dict[str, Digest] = field(default_factory=dict)

    def written(self) -> bytes:
        """As JSON."""
        told = {"format": FORMAT} | asdict(self) | {"made_at": iso(self.made_at)}
        return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()

    @classmethod
    def read(cls, data: bytes) -> "Manifest":
        """Raises BackupDamaged for what is no manifest of ours."""
        try:
            said: dict[str, Any] = json.loads(data)
            if said.pop("format") != FORMAT:
                raise BackupDamaged(f"its format is not {FORMAT}")
            said["made_at"] = instant(said["made_at"], "made_at", "a time")
            said["members"] = {name: Digest(**one) for name, one in said["members"].items()}
            for name in ("files", "missing", "damaged", "left_out"):
                said[name] = tuple(said[name])
            return cls(**said)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupDamaged("its manifest cannot be read") from error


def digests_of_files(digests: Mapping[str, Digest]) -> tuple[int, int, str]:
    """How many files, how many bytes, and the SHA-256 over their sorted names."""
    files = {name: one.size for name, one in digests.items() if name.startswith(_FILES)}
    return len(files), sum(files.values()), sha256("\n".join(sorted(files)).encode()).hexdigest()


def damaged(digests: Mapping[str, Digest]) -> tuple[str, ...]:
    """Files whose bytes are not what their name says."""
    named = ((name.removeprefix(_FILES), one) for name, one in digests.items() if name.startswith(_FILES))
    return tuple(name for name, one in named if one.sha256 != name)


def others(digests: Mapping[str, Digest]) -> dict[str, Digest]:
    """What is in the backup besides files by their hash and the manifest."""
    return {name: one for name, one in digests.items() if not name.startswith(_FILES) and name != MANIFEST}


def check(
    backup: BackupFile,
    copies: Mapping[str, DatabaseCopies],
    path: Path,
    staging: Path,
    tell: Progress,
    *,
    unpack_all: bool = False,
) -> Manifest:
    """Read all of the backup, compare every byte with the manifest, let the database check itself, and compute the
    ledger's root from its entries. The database is left in `staging`, or with `unpack_all` everything.

    Raises BackupDamaged and what BackupFile.read raises.
    """

    def sink(name: str, _size: int) -> BinaryIO | None:
        if not _NAMES.fullmatch(name):
            raise BackupDamaged(f"{name!r} does not belong in it")
        if not unpack_all and name != MANIFEST and name not in DATABASES.values():
            return None
        target = staging / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return target.open("wb")

    digests = backup.read(path, sink, tell)
    manifest = Manifest.read((staging / MANIFEST).read_bytes())
    if others(digests) != manifest.members or digests_of_files(digests) != tuple(manifest.files):
        raise BackupDamaged("it does not hold what its manifest says")
    if set(damaged(digests)) != set(manifest.damaged):
        raise BackupDamaged("the bytes of a file are not what its name says")
    database = staging / DATABASES.get(manifest.kind, "")
    if not database.is_file():
        raise BackupDamaged("there is no database in it")
    _check_database(copies[manifest.kind], database, manifest, tell)
    return manifest


def _check_database(copies: DatabaseCopies, database: Path, manifest: Manifest, tell: Progress) -> None:
    tell("Checking the database", 0, 0)
    copies.check(database)
    tell("Computing the ledger's root", 0, 0)
    size, root = copies.ledger(database, manifest.first)
    if (size, root) != (manifest.tree_size, manifest.tree_root):
        raise BackupDamaged(
            f"the root over the {size:,} entries in it is not the one that the ledger had (of {manifest.tree_size:,}); "
            "see what `exhibits ledger verify` says of the instance"
        )
