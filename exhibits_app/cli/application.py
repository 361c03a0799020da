"""What the command line needs of the application; bootstrap hands it over, so that no command knows the parts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ..services.backup import Parts
from ..services.context import Services
from ..services.ports.copies import Mirror
from ..services.ports.moving import Mover
from ..services.ports.outside import WitnessMemory
from ..services.restore import Target
from ..services.witness import Witness
from ..settings import Settings


class Application(Protocol):
    """The assembled service, as the commands use it."""

    settings: Settings

    def services(self, as_at: datetime | None = None) -> Services:
        """The services, at the present or as at another time. The store is opened when it is first used."""

    def is_initialised(self) -> bool:
        """Whether the database has its tables. Raises StoreTooNew, MoveUnfinished, StoreRefusal."""

    def refuse_older(self) -> None:
        """Say nothing unless the tables have yet to be brought to this version. Raises StoreTooOld."""

    def migrate(self) -> None:
        """Bring the database's tables to this version."""

    def mover(self) -> Mover:
        """What moves this database's content to another one."""

    def mark_demonstration(self) -> None:
        """Remember in the database that it holds invented data alone."""

    def serve(self, host: str, port: int, *, jobs: bool, processes: int = 1) -> None:
        """Run the web service, with its jobs or without, until it is stopped, in several processes on PostgreSQL."""

    def work(self, once: bool, report: Callable[[str], None]) -> None:
        """Run the jobs, once or until stopped."""

    def backup_parts(self, recipients: str | None, identity: Path | None, passphrase_file: Path | None) -> Parts:
        """What a backup is made from; `recipients` in place of those of the settings. Raises BackupKeyRefused."""

    def restore_target(self, identity: Path | None, passphrase_file: Path | None) -> Target:
        """What a backup is restored into. Raises BackupKeyRefused."""

    def make_backup_key(self, path: Path, passphrase_file: Path | None) -> str:
        """Write a new secret key for backups to this file; gives its public key. Raises BackupKeyRefused."""

    def mirror(self, folder: Path) -> Mirror:
        """The ledger's mirror in this folder."""

    def witness_memory(self, folder: Path) -> WitnessMemory:
        """What a witness keeps in this folder. Nothing is opened or made."""

    def witness(self, folder: Path) -> Witness:
        """The witness of this folder."""

    def serve_witness(self, folder: Path, host: str, port: int) -> None:
        """Run the witness until it is stopped."""
