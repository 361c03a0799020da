"""What whoever owns the database, or holds the key as well, can do to a ledger: the triggers included."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, text

from exhibits_app.domain import merkle, note, tiles
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.note import VerifierKey
from exhibits_app.services import ledger_heads
from tests.support.ledger import SigningForce


@contextmanager
def owning(signing: SigningForce) -> Iterator[Connection]:
    """A connection of the database's owner, who has put the triggers out of the way and puts them back."""
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE leaf DISABLE TRIGGER USER"))
            yield connection
            connection.execute(text("ALTER TABLE entry ENABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE leaf ENABLE TRIGGER USER"))
        else:
            triggers = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('entry', 'leaf')")
            ).all()
            for name, _ in triggers:
                connection.execute(text(f"DROP TRIGGER {name}"))
            yield connection
            for _, sql in triggers:
                connection.exec_driver_sql(sql)
    engine.dispose()


def run(connection: Connection, sql: str, **values: Any) -> None:
    connection.execute(text(sql), values)


def body_of(connection: Connection, ex: int, seq: int) -> tuple[int, bytes]:
    row = connection.execute(
        text("SELECT id, body FROM entry WHERE register_no = :ex AND seq = :seq"), {"ex": ex, "seq": seq}
    ).one()
    return row[0], bytes(row[1])


def a_signed_checkpoint(signing: SigningForce, size: int, root: bytes) -> bytes:
    """A checkpoint of another history, signed with the log's own key."""
    assert signing.services.signing is not None
    said = Checkpoint(signing.origin(), size, root).text()
    line = note.sign(said, VerifierKey.parse(signing.key()), signing.services.signing.keys.sign)
    return note.join(said, line)


def rewrite_everything(signing: SigningForce, entry_id: int | None = None) -> None:
    """Change an entry that nothing follows (that of exhibit 2, unless told), and make all anew that is derived from it:
    hashes, tiles, state, heads, checkpoints and the signer's own files, signed with the real key."""
    with owning(signing) as owner:
        if entry_id is None:
            entry_id, _ = body_of(owner, 2, 0)
            remove(owner, owner.execute(text("SELECT id FROM entry WHERE type = 'heads'")).scalar_one())
        body = bytes(owner.execute(text("SELECT body FROM entry WHERE id = :id"), {"id": entry_id}).scalar_one())
        other = body.replace(b":00.0", b":01.0", 1)
        assert other != body
        alter(owner, entry_id, other)
        ends = {"new": leaf_hash(other).hex(), "old": leaf_hash(body).hex()}
        run(owner, "UPDATE item SET head = :new WHERE head = :old", **ends)
        make_the_tree_anew(owner)
        run(owner, "DELETE FROM checkpoint")
    shutil.rmtree(signing.folder / "ledger")
    ledger_heads.log_heads(signing.services)
    signing.checkpoint()


def alter(owner: Connection, entry_id: int, body: bytes) -> None:
    new = {"id": entry_id, "body": body, "leaf": leaf_hash(body)}
    run(owner, "UPDATE entry SET body = :body, leaf_hash = :leaf WHERE id = :id", **new)


def remove(owner: Connection, entry_id: int) -> None:
    run(owner, "DELETE FROM leaf WHERE entry_id = :id", id=entry_id)
    run(owner, "DELETE FROM disclosure WHERE entry_id = :id", id=entry_id)
    run(owner, "DELETE FROM entry WHERE id = :id", id=entry_id)


def make_the_tree_anew(owner: Connection) -> None:
    rows = owner.execute(text("SELECT leaf_hash FROM entry JOIN leaf ON entry_id = id ORDER BY leaf_index")).all()
    leaves = [bytes(row[0]) for row in rows]
    places = owner.execute(text("SELECT entry_id FROM leaf ORDER BY leaf_index")).scalars().all()
    run(owner, "DELETE FROM leaf")
    for index, entry_id in enumerate(places):
        run(owner, "INSERT INTO leaf (leaf_index, entry_id) VALUES (:index, :id)", index=index, id=entry_id)
    run(owner, "DELETE FROM tile")
    for (level, number), hashes in tiles.append(lambda _level, _number: None, 0, leaves).items():
        run(owner, "INSERT INTO tile VALUES (:l, :n, :h)", l=level, n=number, h=hashes)
    run(owner, "UPDATE tree_state SET size = :size, root = :root", size=len(leaves), root=merkle.tree_hash(leaves))
