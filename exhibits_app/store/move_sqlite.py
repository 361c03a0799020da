"""What a move does in SQLite: load a file beside its final place, and give it its name when it is whole.

A file with the final name is always complete. What an interrupted move left beside it is thrown away by the next.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from ..domain.errors import CopyDiffers, MoveUnfinished, SourceBusy, TargetUnusable
from .files import flush_folder

MOVING: Final = ".moving"
_INDEXES: Final = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")


def path_of(url: str) -> Path:
    """The file that the address names."""
    return Path(make_url(url).database or "")


def unfinished(url: str) -> Path:
    """The file beside it that a move fills."""
    path = path_of(url)
    return path.with_name(path.name + MOVING)


def refuse_unfinished(url: str) -> None:
    """Say nothing unless the file is still being made by a move, or never was finished. Raises MoveUnfinished."""
    if not path_of(url).exists() and unfinished(url).exists():
        raise MoveUnfinished(str(path_of(url)))


def keep_writers_out(connection: Connection, patience: float) -> None:
    """Begin a transaction in which others read and nobody else writes. Raises SourceBusy after so many seconds."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        connection.begin()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise SourceBusy from error
        raise


@contextmanager
def making(url: str) -> Iterator[str]:
    """The address of an empty file to fill, which is gone at the end unless it was given its name.

    Raises TargetUnusable where there is a file, or another move is at work.
    """
    path, beside = path_of(url), unfinished(url)
    with _alone(path):
        if path.exists():
            raise TargetUnusable(str(path), "there is a file already")
        try:
            _drop(beside)
            yield f"sqlite:///{beside}"
        finally:
            _drop(beside)


def give_name(url: str) -> None:
    """Flush the finished file and give it its name, never over another. Raises TargetUnusable."""
    path, beside = path_of(url), unfinished(url)
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except OSError as error:
        raise TargetUnusable(str(path), _reason(error)) from error
    beside.unlink()
    flush_folder(path.parent)


class LoadingSQLite:
    """Loads one file in the connection's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._set_aside: list[str] = []

    def set_rules_aside(self) -> None:
        """Without indexes rows are loaded much faster; `complete` makes the very same ones again."""
        indexes = [tuple(row) for row in self._connection.execute(_INDEXES)]
        for name, made in indexes:
            self._connection.execute(text(f'DROP INDEX "{name}"'))
            self._set_aside.append(made)

    def load(self, table: str, columns: Sequence[str], chunks: Iterable[Sequence[tuple[Any, ...]]]) -> None:
        """Insert rows into the table."""
        quoted = self._connection.dialect.identifier_preparer
        names, marks = ", ".join(map(quoted.quote, columns)), ", ".join("?" * len(columns))
        driver: Any = self._connection.connection.dbapi_connection
        for rows in chunks:
            driver.executemany(f"INSERT INTO {quoted.quote(table)} ({names}) VALUES ({marks})", rows)  # noqa: S608

    def complete(self) -> None:
        """Make the indexes, and look at every reference. SQLite numbers rows after the last by itself."""
        driver: Any = self._connection.connection.dbapi_connection
        for made in self._set_aside:
            driver.execute(made)
        broken = driver.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise CopyDiffers(f"a reference of the table {broken[0]}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other moves out of the folder. Raises TargetUnusable."""
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise TargetUnusable(str(path), _reason(error)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise TargetUnusable(str(path), "another move is at work there") from error
    finally:
        os.close(handle)


def _drop(beside: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        beside.with_name(beside.name + end).unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
