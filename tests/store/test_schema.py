"""The database's form: what the steps build is what the rows say, and the ledger cannot be altered by accident."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from exhibits_app.domain.errors import StoreTooNew
from exhibits_app.store import SqlStore, rows, schema

from .parts import a_world, register


@pytest.fixture
def connection(store: SqlStore) -> Iterator[Connection]:
    """A connection of the test's own, round the store."""
    world = a_world(store)
    store.write(lambda work: register(work, world))
    engine = create_engine(store.url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_the_steps_build_what_the_rows_say(connection: Connection):
    # The indexes of words are each database's own and have no row of ours.
    opts = {
        "compare_type": True,
        "include_name": lambda name, kind, _parents: kind != "table" or "_words" not in name,
    }
    context = MigrationContext.configure(connection, opts=opts)

    assert compare_metadata(context, rows.metadata) == []


@pytest.mark.parametrize("change", ["UPDATE entry SET type = 'move'", "DELETE FROM entry"])
def test_an_entry_cannot_be_changed_or_removed(connection: Connection, change: str):
    with pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(change))


def test_the_ledger_cannot_be_emptied(postgresql_store: SqlStore):
    engine = create_engine(postgresql_store.url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("TRUNCATE entry CASCADE"))
    engine.dispose()


def test_migrating_again_changes_nothing_and_keeps_the_origin(store: SqlStore):
    with store.read() as work:
        before = work.ledger.origin()

    store.migrate("another.example/log")

    assert store.is_current()
    other = SqlStore(store.url)
    with other.read() as work:
        assert work.ledger.origin() == before
    other.close()


def test_a_program_older_than_the_tables_refuses_them(store: SqlStore):
    engine = create_engine(store.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_later'"))
    engine.dispose()

    for ask in (store.migrate, store.is_initialised):
        with pytest.raises(StoreTooNew, match="9999_later"):
            ask()


def test_an_empty_database_is_not_initialised(tmp_path):
    store = SqlStore(f"sqlite:///{tmp_path}/new.db")

    assert not store.is_initialised()
    assert not store.is_current()
    assert not store.is_demonstration()
    store.close()


def test_two_ledgers_never_get_the_same_origin(tmp_path):
    origins = set()
    for name in ("one", "two"):
        store = SqlStore(f"sqlite:///{tmp_path}/{name}.db")
        store.migrate()
        with store.read() as work:
            origins.add(work.ledger.origin())
        store.close()

    assert len(origins) == 2


def test_a_demonstration_says_so_for_ever(store: SqlStore):
    assert not store.is_demonstration()

    store.mark_demonstration()
    store.mark_demonstration()

    assert store.is_demonstration()


def test_the_newest_form_is_the_one_that_alembic_ends_with() -> None:
    scripts = ScriptDirectory.from_config(schema._config())

    assert schema.newest() == scripts.get_current_head()
    assert {one.revision for one in scripts.walk_revisions()} == set(schema._forms())
