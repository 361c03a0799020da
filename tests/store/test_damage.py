"""A damaged page is noticed and named, a folder that cannot be written is told as that, no table stands half made."""

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, inspect

from exhibits_app.domain.errors import StoreDamaged, StoreRefusal
from exhibits_app.services.ports.machine import PagesRead
from exhibits_app.store import SqlStore
from exhibits_app.store.machine import LocalMachine
from tests.support import machine
from tests.support.postgresql import OWNER
from tests.support.replication import running_pair

from .parts import make_teams_alone

NOBODY = 65_534
PAGE = {"sqlite": 4096, "postgresql": 8192}


def flip(path: Path, page: int, size: int) -> None:
    """Turn every bit of a page over, all but its last half."""
    with path.open("r+b") as file:
        file.seek(page * size)
        bytes_there = file.read(size // 2)
        file.seek(page * size)
        file.write(bytes(byte ^ 0xFF for byte in bytes_there))


def add_teams(store: SqlStore) -> None:
    store.write(lambda work: [work.teams.add(f"Team {number}") for number in range(40)])


def names_the_page_of(store: SqlStore, table: str) -> bool:
    return any(said.startswith("Page ") and f" of {table} is damaged" in said for said in store.pages().damaged)


def read_teams(store: SqlStore) -> None:
    with store.read() as work:
        work.teams.all()


def test_a_damaged_page_of_sqlite_is_a_refusal_and_named(sqlite_store: SqlStore):
    add_teams(sqlite_store)
    assert sqlite_store.pages() == PagesRead([])
    path = Path(sqlite_store.url.removeprefix("sqlite:///"))
    engine = create_engine(sqlite_store.url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'team'").scalar_one()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    sqlite_store.close()

    flip(path, found - 1, PAGE["sqlite"])

    with pytest.raises(StoreDamaged):
        read_teams(sqlite_store)
    assert names_the_page_of(sqlite_store, "team")


def test_an_index_of_sqlite_that_lacks_a_row_is_named(sqlite_store: SqlStore):
    path = sqlite_store.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE INDEX team_spare ON team (id)")
        kept = database.execute("SELECT * FROM sqlite_master WHERE name = 'team_spare'").fetchone()
        database.execute("PRAGMA writable_schema = ON")
        database.execute("DELETE FROM sqlite_master WHERE name = 'team_spare'")
    add_teams(sqlite_store)
    sqlite_store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)

    found = sqlite_store.pages().damaged

    assert any("missing from index team_spare" in said for said in found), found


@pytest.mark.postgresql
def test_damaged_pages_of_postgresql_are_a_refusal_and_named_in_tables_and_indexes():
    programs = machine.postgresql_programs()
    assert programs is not None, machine.WITHOUT_POSTGRESQL
    with running_pair(programs) as pair:
        server = pair.primary
        store = SqlStore(pair.url("postgres"))
        make_teams_alone(store.url)
        add_teams(store)
        assert "CREATE EXTENSION amcheck" in " ".join(store.pages().unseen)
        server.say("CREATE EXTENSION amcheck")
        assert store.pages() == PagesRead([], [])
        table, index = (
            server.data / str(server.say(f"SELECT pg_relation_filepath('{name}')")[0][0])
            for name in ("team", "team_pkey")
        )
        server.say("CHECKPOINT")
        store.close()

        server.kill()
        flip(index, 1, PAGE["postgresql"])
        server.start()
        store = SqlStore(f"postgresql+psycopg://{OWNER}@127.0.0.1:{server.port}/postgres")
        assert names_the_page_of(store, "team_pkey")
        assert not names_the_page_of(store, "team")
        store.close()

        server.kill()
        flip(table, 0, PAGE["postgresql"])
        server.start()
        store = SqlStore(f"postgresql+psycopg://{OWNER}@127.0.0.1:{server.port}/postgres")
        with pytest.raises(StoreDamaged):
            read_teams(store)
        assert names_the_page_of(store, "team")
        store.close()


def killed_at(statement: int, make: Callable[[], None]) -> None:
    """Do it in a child that is killed before its statement of this number."""
    child = os.fork()
    if child == 0:
        seen: list[int] = []

        @event.listens_for(Engine, "before_cursor_execute")
        def count(*_: Any) -> None:
            seen.append(1)
            if len(seen) == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            make()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_making_tables_that_was_cut_off_leaves_none_and_is_done_by_the_next_start(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if kind == "postgresql":
        url = request.getfixturevalue("postgresql_database")
    store = SqlStore(url)

    killed_at(120, store.migrate)

    engine = create_engine(url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
    assert not store.is_initialised()
    store.migrate()
    assert store.is_current()
    store.close()


def as_somebody_else(do: Callable[[], object]) -> str:
    """What it says or raises, in a process of an account that may only read here (root may write anywhere)."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writes, "w") as pipe:
            try:
                if os.geteuid() == 0:
                    os.setgroups([])
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                pipe.write(str(do()))
            except StoreRefusal as refusal:
                pipe.write(refusal.code)
            finally:
                pipe.flush()
                os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def test_a_folder_that_cannot_be_written_is_told_as_that_at_the_start_and_by_health(sqlite_template: bytes):
    with TemporaryDirectory(prefix="exhibits-read-only-") as name:
        folder = Path(name)
        path = folder / "exhibits.db"
        path.write_bytes(sqlite_template)
        path.chmod(0o444)
        folder.chmod(0o555)
        store = SqlStore(f"sqlite:///{path}")
        machine = LocalMachine(store, {"instance": folder})

        started = [as_somebody_else(do) for do in (store.is_initialised, store.migrate, lambda: add_teams(store))]
        disk = as_somebody_else(machine.disks)

        folder.chmod(0o755)
    assert started == ["store_unwritable"] * 3
    assert "writable=False" in disk
