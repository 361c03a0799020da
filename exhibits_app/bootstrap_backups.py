"""Puts together what backups are made from and restored into; `bootstrap` hands it to the command line."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from .services.backup import Parts
from .services.context import Services
from .services.ports.backups import DatabaseCopies
from .services.restore import Remembered, Target
from .settings import Settings
from .store.backup_file import AgeTar
from .store.backup_keys import read_identities, read_passphrase, read_recipients
from .store.backup_postgresql import PostgresqlCopies, PostgresqlPlace
from .store.backup_sqlite import SqliteCopies, SqlitePlace
from .store.database import SqlStore
from .store.engine import is_sqlite
from .store.erasure_records import FileErasures
from .store.instance_folder import Folder
from .store.signing import FolderRecords

# What a backup must not tell in clear; `exhibits restore` does not need them.
SECRET_SETTINGS: Final = frozenset({"secret_key", "webhook_secret", "smtp_url", "database_url", "metrics_token"})


def build_parts(
    settings: Settings, store: SqlStore, recipients: str | None, identity: Path | None, passphrase_file: Path | None
) -> Parts:
    """What a backup is made from and checked with. Raises BackupKeyRefused."""
    checks: dict[str, DatabaseCopies] = {one.kind: one for one in (SqliteCopies(store), PostgresqlCopies(store))}
    return Parts(
        copies=checks[SqliteCopies.kind if is_sqlite(settings.address) else PostgresqlCopies.kind],
        checks=checks,
        folder=build_folder(settings),
        file=build_file(settings.backup_recipients if recipients is None else recipients, identity, passphrase_file),
        version=version("exhibits"),
        settings={name: str(getattr(settings, name)) for name in settings.model_fields_set - SECRET_SETTINGS},
    )


def build_target(
    settings: Settings,
    open_services: Callable[[SqlStore], Services],
    identity: Path | None,
    passphrase_file: Path | None,
) -> Target:
    """What a backup is restored into. Raises BackupKeyRefused."""
    on_sqlite = is_sqlite(settings.address)
    path = SqlitePlace(settings.address) if on_sqlite else PostgresqlPlace(settings.address)
    loading = SqlStore(path.loading)
    checks: dict[str, DatabaseCopies] = {one.kind: one for one in (SqliteCopies(loading), PostgresqlCopies(loading))}
    return Target(
        place=path,
        folder=build_folder(settings),
        file=build_file("", identity, passphrase_file),
        checks=checks,
        store=loading,
        open_services=lambda: open_services(loading),
        remembered=_remembered,
        own=_remembered(settings.signer_records),
    )


def build_folder(settings: Settings) -> Folder:
    """The instance's files beside the database."""
    return Folder(
        settings.instance, settings.files, settings.signer_records, settings.printer_file, settings.signing_key
    )


def build_file(recipients: str, identity: Path | None, passphrase_file: Path | None) -> AgeTar:
    """The file, encrypted for these recipients if there are any, and read with this key. Raises BackupKeyRefused."""
    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    keys = read_identities(identity, passphrase) if identity else ()
    return AgeTar(read_recipients(recipients), keys)


def _remembered(folder: Path) -> Remembered:
    return Remembered(FolderRecords(folder), FileErasures(folder / "erased.jsonl"))
