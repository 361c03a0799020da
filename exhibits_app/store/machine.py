"""The machine below the service: room on disks, versions, and how busy the store is."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile

from ..services.ports.machine import Disk, PagesRead, Version, Vitals
from . import schema
from .database import SqlStore


@dataclass(frozen=True, slots=True)
class LocalMachine:
    """Implements the Machine port. `folders` are those that are written to, by what they are called."""

    store: SqlStore
    folders: Mapping[str, Path]

    def disks(self) -> list[Disk]:
        return [_disk(called, folder) for called, folder in self.folders.items()]

    def version(self) -> Version:
        with self.store.moment() as (_, connection):
            kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
            return Version(version("exhibits"), kind, schema.revision(connection), schema.newest())

    def vitals(self) -> Vitals:
        return self.store.vitals()

    def pages(self) -> PagesRead:
        return self.store.pages()


def _disk(called: str, folder: Path) -> Disk:
    try:
        room = shutil.disk_usage(folder)
    except OSError:
        return Disk(called, 0, 0)
    return Disk(called, room.free, room.total, _writable(folder))


def _writable(folder: Path) -> bool:
    """Whether a file can be made there, which is tried: a file system that gave up after errors has no other sign."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"?")
    except OSError:
        return False
    return True
