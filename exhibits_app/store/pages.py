"""Reading every page of the database, so that a damaged one is found before somebody needs it, and named."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from sqlalchemy import Engine, inspect, text

from .refusals import DATABASE_ERRORS, is_damage
from .sql import POSTGRESQL

_TREE: Final = re.compile(r"[Tt]ree (\d+)")
_PAGE: Final = re.compile(r"page (\d+)")
_BLOCK: Final = re.compile(r"block (\d+)")


def damaged(engine: Engine) -> Iterator[str]:
    """A sentence for each damaged page that is found, and for what keeps damage from being noticed."""
    return _of_postgresql(engine) if engine.dialect.name == POSTGRESQL else _of_sqlite(engine)


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


def _of_postgresql(engine: Engine) -> Iterator[str]:
    """PostgreSQL compares each page that it reads with its checksum; indexes are for its own pg_amcheck."""
    with engine.connect() as connection, connection.begin():
        if connection.execute(text("SHOW data_checksums")).scalar() != "on":
            yield "The cluster was made without data checksums, so that a damaged page can pass for a whole one."
        tables = sorted(inspect(connection).get_table_names())
    for table in tables:
        try:
            with engine.connect() as connection, connection.begin():
                # As text, so that long values are read too, which lie in pages of their own.
                connection.execute(text(f'SELECT count(t::text) FROM "{table}" t'))  # noqa: S608 - the database's names
        except DATABASE_ERRORS as error:
            if not is_damage(error):
                raise
            said = str(getattr(error, "orig", error)).splitlines()[0]
            block = _BLOCK.search(said)
            yield f"{f'Page {block[1]}' if block else 'A page'} of {table} is damaged: {said}."
