"""What a move does in PostgreSQL: keep writers out of the source; load the target in one transaction.

The target's tables, rows and indexes become visible together at its commit. Cut off anywhere before, it is empty.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, inspect, text

from ..domain.errors import SourceBusy, TargetUnusable
from . import schema
from .rows import metadata

_INDEXES: Final = text(
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT IN "
    "(SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x')) ORDER BY indexname"
)
_REFERENCES: Final = text(
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
)


def keep_writers_out(connection: Connection, patience: float) -> None:
    """Begin a transaction in which others read and nobody else writes. Raises SourceBusy after so many seconds."""
    connection.begin()
    quoted = connection.dialect.identifier_preparer
    connection.execute(text(f"SET LOCAL lock_timeout = {max(1, int(patience * 1000))}"))
    there = set(inspect(connection).get_table_names())
    names = ", ".join(quoted.format_table(table) for table in metadata.sorted_tables if table.name in there)
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    except psycopg.errors.LockNotAvailable as error:
        raise SourceBusy from error


def require_empty(connection: Connection, where: str) -> None:
    """Say nothing if there is no table. Whoever makes tables here, waits for us. Raises TargetUnusable."""
    schema.take_turns(connection)
    if tables := inspect(connection).get_table_names():
        raise TargetUnusable(where, f"it is not empty (it has the table {tables[0]})")


class LoadingPostgreSQL:
    """Loads one database in the connection's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._set_aside: list[str] = []

    def set_rules_aside(self) -> None:
        """Without indexes and references rows are loaded much faster; `complete` makes the very same ones again."""
        references = [tuple(row) for row in self._connection.execute(_REFERENCES)]
        for table, name, made in references:
            self._connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
            self._set_aside.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}')
        indexes = [tuple(row) for row in self._connection.execute(_INDEXES)]
        for name, _ in indexes:
            self._connection.execute(text(f'DROP INDEX "{name}"'))
        self._set_aside[:0] = [made for _, made in indexes]

    def load(self, table: str, columns: Sequence[str], chunks: Iterable[Sequence[tuple[Any, ...]]]) -> None:
        """Copy rows into the table."""
        quoted = self._connection.dialect.identifier_preparer
        names = ", ".join(map(quoted.quote, columns))
        driver: Any = self._connection.connection.dbapi_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {quoted.quote(table)} ({names}) FROM STDIN") as copy:
            for rows in chunks:
                for row in rows:
                    copy.write_row(row)

    def complete(self) -> None:
        """Make indexes and references, which the database checks over all rows; go on numbering after the last row."""
        driver: Any = self._connection.connection.dbapi_connection
        for made in self._set_aside:
            driver.execute(made)  # As it is: SQLAlchemy would take a colon in it for a parameter.
        for table in metadata.sorted_tables:
            for column in table.primary_key:
                series = "pg_get_serial_sequence(:table, :column)"
                names = {"table": f'"{table.name}"', "column": column.name}
                if self._connection.execute(text(f"SELECT {series}"), names).scalar() is not None:
                    last = f'(SELECT max("{column.name}") FROM "{table.name}")'  # noqa: S608 - names of our own tables
                    self._connection.execute(text(f"SELECT setval({series}, {last}) WHERE {last} IS NOT NULL"), names)
        self._connection.execute(text("ANALYZE"))
