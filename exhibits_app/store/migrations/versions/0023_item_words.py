"""Items are found by the words of their description and by their other numbers."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from exhibits_app.domain.words import words_of

revision = "0023_item_words"
down_revision = "0022_decision_made"
branch_labels = None
depends_on = None

TOGETHER = 2_000
NEXT = sa.text("SELECT register_no, state FROM item WHERE register_no > :after ORDER BY register_no LIMIT :limit")


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE TABLE item_words (number BIGINT PRIMARY KEY REFERENCES item (register_no), words TSVECTOR NOT NULL)"
        )
        # How common a word is decides how it is looked for.
        op.execute("ALTER TABLE item_words ALTER COLUMN words SET STATISTICS 1000")
    else:
        op.execute("CREATE VIRTUAL TABLE item_words USING fts5(words, tokenize='unicode61', prefix='3')")
    _fill(postgresql)
    if postgresql:
        op.execute("CREATE INDEX item_words_words ON item_words USING gin (words) WITH (fastupdate = off)")


def _fill(postgresql: bool) -> None:
    """The words follow from the states that are there."""
    add = (
        "INSERT INTO item_words (number, words) VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"
        if postgresql
        else "INSERT INTO item_words (rowid, words) VALUES (:number, :words)"
    )
    connection, after = op.get_bind(), 0
    while rows := connection.execute(NEXT, {"after": after, "limit": TOGETHER}).all():
        found = [(number, words_of(_told(json.loads(state)))) for number, state in rows]
        values = [{"number": number, "words": words if postgresql else " ".join(words)} for number, words in found]
        connection.execute(sa.text(add), values)
        after = rows[-1][0]


def _told(state: dict[str, Any]) -> list[str]:
    aliases = [one["number"] for one in state.get("aliases", [])]
    return [state["description"], state["reference"], state["case"]["reference"], *aliases]
