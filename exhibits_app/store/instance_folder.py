"""The instance's files beside the database, as a backup takes them and a restore puts them back."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..services.ports.backups import Source
from .backup_file import full_or_unusable
from .files import flush_folder

FILES, LEDGER, SECRETS, PRINTERS = "files", "ledger", "secrets", "printers.toml"
_NOT_KEPT: Final = frozenset({"lock"})
_NEXT: Final = ".next"
_OWNER_ALONE: Final = 0o600


def free_bytes(folder: Path) -> int:
    """What the folder's disk has left for us."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class Folder:
    """Implements the InstanceFolder port."""

    instance: Path
    files: Path
    ledger: Path
    printers: Path
    signing_key: Path
    free: Callable[[Path], int] = free_bytes

    def photographs(self) -> Iterator[Source]:
        """By their hash. What is being written has another name yet."""
        for path in sorted(self.files.glob("??/??/*")):
            if len(path.name) == 64:
                yield Source(f"{FILES}/{path.name}", path)

    def records(self) -> Iterator[Source]:
        for path in sorted(self.ledger.rglob("*")):
            if path.is_file() and path.name not in _NOT_KEPT and not path.name.startswith("."):
                yield Source(f"{LEDGER}/{path.relative_to(self.ledger)}", path)
        if self.printers.exists():
            yield Source(PRINTERS, self.printers)

    def secrets(self) -> Iterator[Source]:
        for name, path in self._secrets().items():
            if path.exists():
                yield Source(f"{SECRETS}/{name}", path)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        try:
            self.instance.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=self.instance))
        except OSError as error:
            raise full_or_unusable(error, self.instance) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, name: str, path: Path) -> bool:
        """See the port. It comes from the instance's own disk, so that it is moved whole or not at all."""
        place = self._place(name)
        if place.exists():
            return False
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(_OWNER_ALONE)
            shutil.move(path, place)
            flush_folder(place.parent)
        except OSError as error:
            raise full_or_unusable(error, place) from error
        return True

    def _place(self, name: str) -> Path:
        kind, _, rest = name.partition("/")
        if kind == FILES:
            return self.files / rest[:2] / rest[2:4] / rest
        if kind == SECRETS:
            return self._secrets()[rest]
        return self.printers if kind == PRINTERS else self.ledger / rest

    def _secrets(self) -> dict[str, Path]:
        key = self.signing_key
        return {
            "signing.key": key,
            "signing.key.next": key.with_name(key.name + _NEXT),
            "webhook_secret": self.instance / "webhook_secret",
        }
