"""Cases are found by the words of their reference and title."""

import sqlalchemy as sa
from alembic import op

from exhibits_app.domain.words import words_of

revision = "0034_case_words"
down_revision = "0033_decision_cost"
branch_labels = None
depends_on = None

TOGETHER = 2_000
NEXT = sa.text("SELECT id, reference, title FROM case_file WHERE id > :after ORDER BY id LIMIT :limit")


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute("CREATE TABLE case_words (number BIGINT PRIMARY KEY REFERENCES case_file (id), words TSVECTOR NOT NULL)")
        # How common a word is decides how it is looked for.
        op.execute("ALTER TABLE case_words ALTER COLUMN words SET STATISTICS 1000")
    else:
        op.execute("CREATE VIRTUAL TABLE case_words USING fts5(words, tokenize='unicode61', prefix='3')")
    add = (
        "INSERT INTO case_words (number, words) VALUES (:number, array_to_tsvector(CAST(:words AS text[])))"
        if postgresql
        else "INSERT INTO case_words (rowid, words) VALUES (:number, :words)"
    )
    connection, after = op.get_bind(), 0
    while rows := connection.execute(NEXT, {"after": after, "limit": TOGETHER}).all():
        found = [(id_, words_of(told)) for id_, *told in rows]
        values = [{"number": id_, "words": words if postgresql else " ".join(words)} for id_, words in found]
        connection.execute(sa.text(add), values)
        after = rows[-1][0]
    if postgresql:
        op.execute("CREATE INDEX case_words_words ON case_words USING gin (words) WITH (fastupdate = off)")
