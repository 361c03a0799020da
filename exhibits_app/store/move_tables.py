"""What a move takes along: every table row by row, and words in the form that each database indexes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, collate, select, text
from sqlalchemy.types import Text

from .rows import metadata
from .sql import POSTGRESQL, Statement

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A table to move. `read` gives rows the one form that is digested, `written` that in which they are loaded."""

    name: str
    rows: Statement
    columns: Callable[[str], Sequence[str]]
    read: Callable[[Rows], Rows] = lambda rows: rows
    written: Callable[[str, Rows], Rows] = lambda _database, rows: rows


def _of(table: Table) -> Moved:
    """Every row in the order of its key; text byte by byte, as SQLite does, whatever the other's language is."""
    names = [column.name for column in table.columns if column.computed is None]

    def build(database: str) -> Any:
        as_bytes = database == POSTGRESQL
        key = [collate(one, "C") if as_bytes and isinstance(one.type, Text) else one for one in table.primary_key]
        return select(*(table.c[name] for name in names)).order_by(*key)

    return Moved(table.name, Statement(build), lambda _database: names)


def _words(name: str) -> Moved:
    """The words of each thing by its number, which is the row's in SQLite."""
    own = f"SELECT number, array_to_string(tsvector_to_array(words), ' ') FROM {name} ORDER BY number"  # noqa: S608
    fts5 = f"SELECT rowid, words FROM {name} ORDER BY rowid"  # noqa: S608
    return Moved(
        name,
        Statement(lambda database: text(own if database == POSTGRESQL else fts5)),
        lambda database: ("number" if database == POSTGRESQL else "rowid", "words"),
        _in_order,
        _indexed,
    )


def _in_order(rows: Rows) -> Rows:
    return [(number, " ".join(sorted(words.split()))) for number, words in rows]


def _indexed(database: str, rows: Rows) -> Rows:
    """A word is letters and digits alone, so that quotes are all it takes."""
    if database != POSTGRESQL:
        return rows
    return [(number, " ".join(f"'{word}'" for word in words.split())) for number, words in rows]


# Those that others refer to come first.
MOVED: Final = {
    moved.name: moved for moved in (*map(_of, metadata.sorted_tables), _words("item_words"), _words("case_words"))
}
