"""Durable commits of one row each, as the store sets its databases: the most this disk can keep a second."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from pathlib import Path

import psycopg

COMMITS = 4_000
LONGEST = 10.0  # Seconds; a slow disk stops here.
BODY = bytes(500)


def single_row_commits(folder: Path, count: int) -> float:
    """Commits a second over at most `count` inserts of 500 bytes, each its own transaction (WAL, synchronous=FULL)."""
    connection = sqlite3.connect(folder / "durable.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    begun = time.perf_counter()
    done = 0
    while done < count and time.perf_counter() - begun < LONGEST:
        connection.execute("INSERT INTO line (body) VALUES (?)", (BODY,))
        done += 1
    seconds = time.perf_counter() - begun
    connection.close()
    return done / seconds


def postgresql_commits(address: str, clients: int, count: int) -> float:
    """The same in PostgreSQL over so many connections at once. The table is removed afterwards."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS durable_line")
        connection.execute("CREATE TABLE durable_line (id serial PRIMARY KEY, body bytea NOT NULL)")
    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(_insert(address, count // clients))) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE durable_line")
    return sum(done) / seconds


def _insert(address: str, count: int) -> int:
    begun = time.perf_counter()
    done = 0
    with psycopg.connect(address, autocommit=True) as connection:
        while done < count and time.perf_counter() - begun < LONGEST:
            connection.execute("INSERT INTO durable_line (body) VALUES (%s)", (BODY,))
            done += 1
    return done


def run() -> None:
    """Print the commits a second."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{COMMITS:,} durable single-row commits: {single_row_commits(Path(folder), COMMITS):,.0f} a second")


if __name__ == "__main__":
    run()
