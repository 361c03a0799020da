"""Reading every page of the database, so that a damaged one is found before somebody needs it, and named."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from sqlalchemy import Connection, Engine, inspect, text

from ..services.ports.machine import PagesRead
from .refusals import DATABASE_ERRORS, is_damage
from .sql import POSTGRESQL

_TREE: Final = re.compile(r"[Tt]ree (\d+)")
_PAGE: Final = re.compile(r"page (\d+)")
_BLOCK: Final = re.compile(r"block (\d+)")


# B-trees, which all of ours are but the one of words.
_INDEXES: Final = text(
    "SELECT i.indexrelid AS number, c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indisvalid"
    " AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname"
)
_AMCHECK: Final = text("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'amcheck'")
_MAY_CHECK: Final = text("SELECT has_function_privilege(:function, 'EXECUTE')")
_NO_CHECKSUMS: Final = "The cluster was made without data checksums, so that a damaged page can pass for a whole one."
_NO_AMCHECK: Final = (
    "Indexes were not read: as a superuser, run CREATE EXTENSION amcheck; in this database (it comes with PostgreSQL's "
    "contrib), and GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO the service's role."
)


def read(engine: Engine) -> PagesRead:
    """Read all of them; what is damaged, and what keeps damage from being noticed."""
    if engine.dialect.name == POSTGRESQL:
        unseen: list[str] = []
        return PagesRead(list(_of_postgresql(engine, unseen)), unseen)
    return PagesRead(list(_of_sqlite(engine)))


def _of_sqlite(engine: Engine) -> Iterator[str]:
    """SQLite checks the form of every page itself, and that each index holds what its table does."""
    with closing(engine.raw_connection()) as connection:
        driver: Any = connection.dbapi_connection
        try:
            tables = dict(
                driver.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0 AND type = 'table'")
            )
            names = dict(driver.execute("SELECT rootpage, name FROM sqlite_master WHERE rootpage > 0"))
        except DATABASE_ERRORS as error:
            yield f"The database cannot be read at all: {error}."
            return
        for table, root in tables.items():
            yield from (_named(line, names) for line in _said_of(driver, table, root))


def _said_of(driver: Any, table: str, root: int) -> Iterator[str]:
    """What SQLite says of one table and its indexes. It just gives up where a tree's first page is wrong."""
    try:
        for (said,) in driver.execute(f"PRAGMA integrity_check({table})"):
            yield from (line for line in said.splitlines() if line != "ok" and not line.startswith("***"))
    except DATABASE_ERRORS as error:
        yield f"Tree {root} page {root}, or one below it: {error}"


def _named(line: str, names: dict[int, str]) -> str:
    """SQLite's own words, with the name of the table or index in place of the number of its tree."""
    tree, page = _TREE.search(line), _PAGE.search(line)
    if tree is None:
        return f"{line}."
    where = f"Page {page[1]}" if page else "A page"
    return f"{where} of {names.get(int(tree[1]), 'a table')} is damaged: {line}."


def _of_postgresql(engine: Engine, unseen: list[str]) -> Iterator[str]:
    """PostgreSQL compares each page that it reads with its checksum; amcheck holds indexes against their tables."""
    with engine.connect() as connection, connection.begin():
        if connection.execute(text("SHOW data_checksums")).scalar() != "on":
            unseen.append(_NO_CHECKSUMS)
        tables = sorted(inspect(connection).get_table_names())
        indexes = [(row.number, row.name) for row in connection.execute(_INDEXES)]
        check = _checker(connection)
    for table in tables:
        # As text, so that long values are read too, which lie in pages of their own.
        yield from _tried(engine, table, f'SELECT count(t::text) FROM "{table}" t')  # noqa: S608 - the database's names
    if check is None:
        unseen.append(_NO_AMCHECK)
        return
    for number, name in indexes:
        yield from _tried(engine, name, f"SELECT {check}({number}, true)")


def _checker(connection: Connection) -> str | None:
    """The function that checks an index, or None where it is not there or not ours to call."""
    schema = connection.execute(_AMCHECK).scalar()
    if schema is None:
        return None
    function = f"{schema}.bt_index_check"
    allowed = connection.execute(_MAY_CHECK, {"function": f"{function}(regclass, boolean)"}).scalar()
    return function if allowed else None


def _tried(engine: Engine, name: str, statement: str) -> Iterator[str]:
    """A sentence when reading this table or index comes upon damage."""
    try:
        with engine.connect() as connection, connection.begin():
            connection.execute(text(statement))
    except DATABASE_ERRORS as error:
        if not is_damage(error):
            raise
        said = str(getattr(error, "orig", error)).splitlines()[0]
        block = _BLOCK.search(said)
        yield f"{f'Page {block[1]}' if block else 'A page'} of {name} is damaged: {said}."
