"""One scan client on an outbox at a time: two would show each other's verdicts as nobody's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scanner.errors import OutboxInUse, OutboxUnusable


@contextmanager
def alone_with(outbox: Path) -> Iterator[None]:
    """Have the outbox to ourselves until the end, however that comes. Raises OutboxInUse, OutboxUnusable.

    The lock is SQLite's own on a file beside it: it is there on every system, and goes with the process that had it.
    """
    lock = outbox.with_name(f"{outbox.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch(mode=0o600)
        database = sqlite3.connect(lock, isolation_level=None, timeout=0)
    except (sqlite3.Error, OSError) as problem:
        raise OutboxUnusable(str(lock), str(problem)) from problem
    with closing(database):
        _take(database, outbox, lock)
        yield


def _take(database: sqlite3.Connection, outbox: Path, lock: Path) -> None:
    try:
        database.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise OutboxInUse(str(outbox)) from problem
        raise OutboxUnusable(str(lock), str(problem)) from problem
