"""Durable commits of one row each, in SQLite as the store sets it: the most this disk can keep a second."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

COMMITS = 4_000
LONGEST = 10.0  # Seconds; a slow disk stops here.


def single_row_commits(folder: Path, count: int) -> float:
    """Commits a second over at most `count` inserts of 500 bytes, each its own transaction (WAL, synchronous=FULL)."""
    connection = sqlite3.connect(folder / "durable.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    body = bytes(500)
    begun = time.perf_counter()
    done = 0
    while done < count and time.perf_counter() - begun < LONGEST:
        connection.execute("INSERT INTO line (body) VALUES (?)", (body,))
        done += 1
    seconds = time.perf_counter() - begun
    connection.close()
    return done / seconds


def run() -> None:
    """Print the commits a second."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{COMMITS:,} durable single-row commits: {single_row_commits(Path(folder), COMMITS):,.0f} a second")


if __name__ == "__main__":
    run()
