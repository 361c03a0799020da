"""Closing a database for good, by triggers of its own: whatever process still has its address writes no more into it.

A row that every transaction looked at would cost each act a question; a trigger costs nothing until it is there, and
keeps out programs of an earlier version too.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, inspect, text

from .refusals import CLOSED, CLOSED_STATE
from .rows import metadata
from .sql import POSTGRESQL

_VERSIONS: Final = "alembic_version"  # So that no version migrates it either.
_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION store_is_closed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{CLOSED}' USING ERRCODE = '{CLOSED_STATE}'; END $$"
)


def close(connection: Connection) -> None:
    """Let nothing be written into any table from the end of this transaction on; nothing when it is so already."""
    if is_closed(connection):
        return
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text(_FUNCTION))
    for trigger, table, when in _triggers(connection):
        connection.execute(text(_made(connection, trigger, table, when)))


def open_again(connection: Connection) -> None:
    """Let it be written again."""
    on_table = connection.dialect.name == POSTGRESQL
    for trigger, table, _ in _triggers(connection):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}" + (f' ON "{table}"' if on_table else "")))
    if on_table:
        connection.execute(text("DROP FUNCTION store_is_closed()"))


def is_closed(connection: Connection) -> bool:
    """Whether it was closed."""
    names = {
        POSTGRESQL: "SELECT 1 FROM pg_trigger WHERE tgname = 'closed_setting'",
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'closed_setting_insert'",
    }
    return connection.execute(text(names[connection.dialect.name])).first() is not None


def _triggers(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """For each trigger its name, its table, and what it is fired by."""
    there = set(inspect(connection).get_table_names())
    for table in (*(each.name for each in metadata.sorted_tables), _VERSIONS):
        if table not in there:
            continue
        if connection.dialect.name == POSTGRESQL:
            yield f"closed_{table}", table, "INSERT OR UPDATE OR DELETE OR TRUNCATE"
        else:
            yield from ((f"closed_{table}_{what}", table, what) for what in ("insert", "update", "delete"))


def _made(connection: Connection, trigger: str, table: str, when: str) -> str:
    if connection.dialect.name == POSTGRESQL:
        return f'CREATE TRIGGER {trigger} BEFORE {when} ON "{table}" EXECUTE FUNCTION store_is_closed()'
    return f"CREATE TRIGGER {trigger} BEFORE {when} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
