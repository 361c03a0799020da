"""The words of items, in the full-text index of either database: FTS5 in SQLite, a tsvector in PostgreSQL.

Which words they are we decide ourselves (`domain.words`), so that the same search finds the same items in both. A
search gives the newest first and ranks nothing: to rank, a database reads everything that fits.
"""

from collections.abc import Sequence

from sqlalchemy import String, bindparam, text
from sqlalchemy.sql.base import Executable

from ...domain.exhibit import Exhibit
from ...domain.words import WHOLE, wanted, words_of
from ..sql import POSTGRESQL, Session, Statement

KEEP_FTS5 = "INSERT OR REPLACE INTO item_words (rowid, words) VALUES (:number, :words)"
KEEP_TSVECTOR = (
    "INSERT INTO item_words (number, words) VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"
    " ON CONFLICT (number) DO UPDATE SET words = excluded.words"
)
_KEEP = Statement(lambda database: text(KEEP_TSVECTOR if database == POSTGRESQL else KEEP_FTS5))
_KEPT = Statement(
    lambda database: text(
        "SELECT array_to_string(tsvector_to_array(words), ' ') FROM item_words WHERE number = :number"
        if database == POSTGRESQL
        else "SELECT words FROM item_words WHERE rowid = :number"
    )
)
_FIND_FTS5 = text(
    "SELECT rowid FROM item_words WHERE item_words MATCH :asked AND rowid < :before ORDER BY rowid DESC LIMIT :limit"
)
# The words stand in the statement itself, so that PostgreSQL plans each search by how common they are: for a rare
# word it asks the index of words, for a common one it walks back from the newest item.
_FIND_TSVECTOR = text(
    "SELECT number FROM item_words WHERE words @@ CAST(:asked AS tsquery) AND number < :before"
    " ORDER BY number DESC LIMIT :limit"
).bindparams(bindparam("asked", type_=String(), literal_execute=True))


def told_of(exhibit: Exhibit) -> tuple[str, ...]:
    """The texts that an item is found by. The seals it ever had are looked up as they are, not as words."""
    numbers = (alias.number for alias in exhibit.aliases)
    return (exhibit.description, exhibit.reference, exhibit.case.reference, *numbers)


def keep(session: Session, exhibits: Sequence[Exhibit]) -> None:
    """Write these items' words anew."""
    session.many(_KEEP, [{"number": one.register_no, "words": _row(session.database, one)} for one in exhibits])


def differ(session: Session, exhibit: Exhibit) -> bool:
    """Whether the words that are kept are not those of this state."""
    kept = session.value(_KEPT, number=exhibit.register_no)
    return kept is None or sorted(kept.split()) != words_of(told_of(exhibit))


def find(session: Session, asked: str, before: int, limit: int) -> list[int]:
    """Register numbers below `before` of items with all of these words or beginnings of words, the newest first."""
    said = wanted(asked)
    if not said:
        return []
    rows = session.query(
        _query(session.database), {"asked": _match(session.database, said), "before": before, "limit": limit}
    )
    return [row[0] for row in rows]


def _query(database: str) -> Executable:
    return _FIND_TSVECTOR if database == POSTGRESQL else _FIND_FTS5


def _row(database: str, exhibit: Exhibit) -> list[str] | str:
    words = words_of(told_of(exhibit))
    return words if database == POSTGRESQL else " ".join(words)


def _match(database: str, said: list[list[list[str]]]) -> str:
    """The question in the words of this database; every word in it is letters and digits alone."""
    quote, begins, both, either = ("'", ":*", " & ", " | ") if database == POSTGRESQL else ('"', "*", " AND ", " OR ")

    def one(word: str) -> str:
        return f"{quote}{word}{quote}{begins if len(word) >= WHOLE else ''}"

    ways = [[f"({both.join(map(one, words))})" for words in chunk] for chunk in said]
    return both.join(f"({either.join(chunk)})" for chunk in ways)
