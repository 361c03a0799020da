"""Loading a SQLite file: no journal while it lasts, and indexes made once over all rows. Broken off, it is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from benchmarks.force.block import COLUMNS, TABLES, Rows
from exhibits_app.domain.tiles import TileAddress

_FAST = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -256000", "threads = 2")
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
# A table of FTS5 has no key but the number of its row.
_NAMED = dict.fromkeys(("item_words", "case_words"), ("rowid", "words"))


class IntoSqlite:
    """One connection, which makes the rows that workers hand over durable at the end."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _FAST:
            self._connection.execute(f"PRAGMA {pragma}")
        found = [row for table in TABLES for row in self._connection.execute(_INDEXES, (table.name,))]
        for name, _sql in found:
            self._connection.execute(f'DROP INDEX "{name}"')
        self._indexes = [sql for _name, sql in found]

    def take(self, rows: Mapping[str, Rows], tiles: Mapping[TileAddress, bytes]) -> None:
        """Keep the rows of a block and the tiles that it changed."""
        self._connection.execute("BEGIN")
        for table, some in rows.items():
            names = _NAMED.get(table, COLUMNS[table])
            text = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            self._connection.executemany(text, some)
        some = [(*address, hashes) for address, hashes in tiles.items()]
        self._connection.executemany("INSERT OR REPLACE INTO tile (level, number, hashes) VALUES (?, ?, ?)", some)
        self._connection.execute("COMMIT")

    def finish(self) -> list[str]:
        """What is left to do, one statement each."""
        return [*self._indexes, "PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL"]

    def run(self, statement: str) -> None:
        """One of those."""
        self._connection.execute(statement)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
