"""A full-text index of either database: FTS5 in SQLite, a tsvector in PostgreSQL.

Which words there are we decide ourselves (`domain.words`), so that the same search finds the same in both. A search
gives the newest first and ranks nothing: to rank, a database reads everything that fits.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, column, literal_column, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from ...domain.words import WHOLE, alike, wanted, words_of
from ..sql import POSTGRESQL, Session, Statement


class WordIndex:
    """The words of each thing, by its number; in SQLite that is the number of the row."""

    def __init__(self, name: str) -> None:
        self._table = table(name, *map(column, ("rowid", "number", "words", name)))
        tsvector = (
            f"INSERT INTO {name} (number, words) VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"  # noqa: S608
            " ON CONFLICT (number) DO UPDATE SET words = excluded.words"
        )
        fts5 = f"INSERT OR REPLACE INTO {name} (rowid, words) VALUES (:number, :words)"  # noqa: S608
        self._keep = Statement(lambda database: text(tsvector if database == POSTGRESQL else fts5))
        listed = f"SELECT array_to_string(tsvector_to_array(words), ' ') FROM {name} WHERE number = :number"  # noqa: S608
        as_it_is = f"SELECT words FROM {name} WHERE rowid = :number"  # noqa: S608
        self._kept = Statement(lambda database: text(listed if database == POSTGRESQL else as_it_is))

    def keep(self, session: Session, told: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Write these things' words anew: each number with the texts that it is found by."""
        rows = [(number, words_of(texts)) for number, texts in told]
        whole = session.database == POSTGRESQL
        session.many(self._keep, [{"number": one, "words": words if whole else " ".join(words)} for one, words in rows])

    def differ(self, session: Session, number: int, texts: Sequence[str]) -> bool:
        """Whether the words that are kept are not those of these texts."""
        kept = session.value(self._kept, number=number)
        return kept is None or sorted(kept.split()) != words_of(texts)

    def number(self, session: Session) -> ColumnElement[int]:
        """The column of numbers, by which a search goes from the newest back."""
        return self._table.c.number if session.database == POSTGRESQL else self._table.c.rowid

    def found(self, session: Session, asked: str, *, meant: bool = False) -> ColumnElement[bool] | None:
        """The condition that all that is asked for is among the words; None where nothing is asked for.

        With `meant`, other words that mean the same do as well.
        """
        said = wanted(asked)
        if not said:
            return None
        match = _match(session.database, said, meant)
        if session.database != POSTGRESQL:
            return self._table.c[self._table.name].op("MATCH")(match)
        # The words stand in the statement itself, so that PostgreSQL plans each search by how common they are: for a
        # rare word it asks the index of words, for a common one it walks back from the newest.
        words = bindparam("asked", match, type_=String(), literal_execute=True)
        return self._table.c.words.op("@@", is_comparison=True)(cast(words, TSQUERY))


def _match(database: str, said: list[list[list[str]]], meant: bool) -> str:
    """The question in the words of this database; every word in it is letters and digits alone."""
    quote, begins, both, either = ("'", ":*", " & ", " | ") if database == POSTGRESQL else ('"', "*", " AND ", " OR ")

    def one(word: str) -> str:
        return f"{quote}{word}{quote}{begins if len(word) >= WHOLE else ''}"

    ways = [[f"({both.join(map(one, words))})" for words in chunk] for chunk in said]
    others = [[f"{quote}{word}{quote}" for word in alike(chunk)] if meant else [] for chunk in said]
    return both.join(f"({either.join(chunk + more)})" for chunk, more in zip(ways, others, strict=True))


def apart(number: ColumnElement[Any]) -> ColumnElement[Any]:
    """The number as SQLite does not look it up by: the index of words is asked first, and its rows are joined to."""
    return number + literal_column("0")
