"""Copies of a SQLite database while it is in use, by SQLite's own backup, and putting one back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url

from ..domain.entry import leaf_hash
from ..domain.errors import BackupDamaged, BackupTooNew, BackupUnusable, InstanceNotEmpty, NoSpaceForBackup
from ..domain.merkle import CompactRange
from ..services.ports.backups import DatabaseFacts, Progress
from . import schema
from .backup_facts import SQLITE, facts
from .backup_file import full_or_unusable
from .database import SqlStore
from .files import flush_folder

# Pages copied between two words about how far it is.
_STEP: Final = 4_096
_ENTRIES: Final = (
    "SELECT leaf.leaf_index, CAST(entry.body AS BLOB) FROM leaf JOIN entry ON entry.id = leaf.entry_id "
    "WHERE leaf.leaf_index >= ? ORDER BY leaf.leaf_index"
)


class SqliteCopies:
    """Implements the DatabaseCopies port."""

    kind = SQLITE

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def size(self) -> int:
        """That of the file and of its log."""
        path = _file_of(self._store.url)
        return sum(each.stat().st_size for each in (path, path.with_name(path.name + "-wal")) if each.exists())

    def copy(self, to: Path, progress: Progress) -> DatabaseFacts:
        """See the port. The view holds one moment, so that the copy is of that, however much is written meanwhile:
        without it SQLite begins anew after every commit of another connection."""

        def told(_status: int, remaining: int, total: int) -> None:
            progress("Copying the database", total - remaining, total)

        with self._store.moment() as (work, connection):
            known = facts(SQLITE, work, connection)
            source: Any = connection.connection.dbapi_connection
            with _spoken(to), closing(sqlite3.connect(to)) as target:
                source.backup(target, pages=_STEP, progress=told, sleep=0)
                target.execute("PRAGMA journal_mode = DELETE")
        return known

    def check(self, copy: Path) -> None:
        """SQLite's integrity check and that of references. Raises BackupDamaged."""
        with _opened(copy) as database:
            (says,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
        if says != "ok" or broken is not None:
            raise BackupDamaged("the database in it does not pass SQLite's own check")

    def ledger(self, copy: Path, first: int) -> tuple[int, str]:
        """See the port."""
        tree = CompactRange()
        with _opened(copy) as database:
            for index, body in database.execute(_ENTRIES, (first,)):
                if index != first + tree.size:
                    break
                tree.append(leaf_hash(body))
        return tree.size, tree.root().hex()


class SqlitePlace:
    """Implements the DatabasePlace port over the file of this address."""

    kind = SQLITE

    def __init__(self, url: str) -> None:
        self._path = _file_of(url)
        self._loading = self._path.with_name(self._path.name + ".restoring")

    @property
    def loading(self) -> str:
        """The address of what is loaded and not finished."""
        return f"sqlite:///{self._loading}"

    def refuse_unless_empty(self) -> None:
        """See the port. Logs that a database left behind would be taken for those of the new one."""
        for ending in ("", "-wal", "-shm", "-journal"):
            path = self._path.with_name(self._path.name + ending)
            if path.exists():
                raise InstanceNotEmpty(str(path))

    def refuse_unless_known(self, revision: str) -> None:
        """See the port."""
        if not schema.knows(revision):
            raise BackupTooNew(revision)

    def load(self, copy: Path) -> None:
        """Take the copy, which is on the same disk, beside its place."""
        try:
            self.abandon()
            copy.replace(self._loading)
        except OSError as error:
            raise full_or_unusable(error, self._loading) from error
        store = SqlStore(self.loading)
        try:
            store.migrate()
        finally:
            store.close()

    def finish(self) -> None:
        """Give it its name."""
        self.refuse_unless_empty()
        with closing(sqlite3.connect(self._loading)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        handle = os.open(self._loading, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        self._loading.replace(self._path)
        flush_folder(self._path.parent)

    def abandon(self) -> None:
        """Take away what was loaded."""
        for ending in ("", "-wal", "-shm", "-journal"):
            self._loading.with_name(self._loading.name + ending).unlink(missing_ok=True)


def _file_of(url: str) -> Path:
    return Path(str(make_url(url).database))


@contextmanager
def _spoken(to: Path) -> Iterator[None]:
    """Raises a refusal in place of what SQLite says of a copy that cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        if error.sqlite_errorname in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}:
            raise NoSpaceForBackup(str(to.parent)) from error
        raise BackupUnusable(str(to), str(error)) from error


@contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    """The copy, to be read alone. Raises BackupDamaged for what is no database, or one with a torn page."""
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(f"the database in it cannot be read ({error})") from error
