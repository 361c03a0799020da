"""Loading PostgreSQL by COPY, from every worker at once; what indexes and references cost is paid once at the end."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from sqlalchemy import make_url

from benchmarks.force.block import COLUMNS, TABLES, Rows
from exhibits_app.domain.tiles import TileAddress

_NAMES = [table.name for table in TABLES]
_INDEXES = """
    SELECT pg_class.relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
"""
_REFERENCES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))
"""


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that commits each statement, and waits for no flush of the disk."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True, options="-c synchronous_commit=off")


def copy(connection: psycopg.Connection[tuple[object, ...]], rows: Mapping[str, Rows]) -> None:
    """Keep these rows, in one transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        for table, some in rows.items():
            with cursor.copy(f"COPY {table} ({', '.join(COLUMNS[table])}) FROM STDIN") as copied:  # type: ignore[arg-type]
                for row in some:
                    copied.write_row(row)


class IntoPostgresql:
    """The parent's connection; the workers have their own and copy the rows themselves."""

    def __init__(self, url: str) -> None:
        self._connection = connect(url)
        self._indexes = self._connection.execute(_INDEXES, [_NAMES]).fetchall()
        self._references = self._connection.execute(_REFERENCES, [_NAMES, _NAMES]).fetchall()
        for table, name, _definition in self._references:
            self.run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in self._indexes:
            self.run(f'DROP INDEX "{name}"')

    def take(self, _rows: Mapping[str, Rows], tiles: Mapping[TileAddress, bytes]) -> None:
        """Keep the tiles that a block changed; its rows are there."""
        text = "INSERT INTO tile VALUES (%s, %s, %s) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes"
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(text, [(*address, hashes) for address, hashes in tiles.items()])

    def finish(self) -> list[str]:
        """What is left to do, one statement each."""
        return [
            "SET maintenance_work_mem = '512MB'",
            *(str(definition) for _name, definition in self._indexes),
            *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}' for table, name, text in self._references),
            *(f"SELECT setval(pg_get_serial_sequence('{one}', 'id'), max(id)) FROM {one}" for one in _NUMBERED),  # noqa: S608
            *(f"VACUUM ANALYZE {name}" for name in (*_NAMES, "tile")),
        ]

    def run(self, statement: str) -> None:
        """One of those."""
        self._connection.execute(statement)  # type: ignore[call-overload]

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


_NUMBERED = ("case_file", "entry")
