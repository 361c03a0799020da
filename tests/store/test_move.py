"""A register moves between the databases unchanged, or not at all: to PostgreSQL and back, killed, damaged, in use."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from exhibits_app.bootstrap import build_signing
from exhibits_app.domain.errors import (
    CannotBeKept,
    CopyDiffers,
    MoveUnfinished,
    NotWhatWasPublished,
    SourceBusy,
    SourceNotCurrent,
    StoreMoved,
    TargetUnusable,
)
from exhibits_app.services import ledger_keeper, ledger_levels, moving, rebuild
from exhibits_app.services.context import Services
from exhibits_app.store import SqlStore, closing
from exhibits_app.store.move import DatabaseMove, DatabaseMover
from tests.support.force import Force, a_force

Target = Callable[[], str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Force:
    """A force of three labelled items on SQLite, whose ledger is signed. Tests are given copies of it."""
    force = a_force(tmp_path_factory.mktemp("made"))
    force.services = replace(force.services, signing=build_signing(force.settings))
    ledger_keeper.start(force.services)
    force.labels(force.items(force.case(), 3))
    force.turn(force.device()[0], "property_officer")
    ledger_keeper.run(force.services)
    force.services.store.close()
    return force


@pytest.fixture
def force(made: Force, tmp_path: Path) -> Iterator[Force]:
    """A copy of the force, in a folder of the test's own."""
    folder = shutil.copytree(made.settings.instance, tmp_path / "instance")
    settings = made.settings.model_copy(update={"instance": folder})
    store = SqlStore(settings.address)
    services = replace(made.services, store=store, signing=build_signing(settings))
    yield replace(made, settings=settings, services=services)
    store.close()


@pytest.fixture
def new(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'moved.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, new: str) -> str:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        return new
    return str(request.getfixturevalue("postgresql_database"))


def mover(store: SqlStore) -> DatabaseMover:
    return DatabaseMover(store.url, patience=0.05)


def move(force: Force, to: str, progress: moving.Progress = lambda *_: None) -> moving.Moved:
    return moving.move(force.services, mover(force.services.store), to, progress)


@contextmanager
def over(force: Force, url: str) -> Iterator[Services]:
    """The force's services over another database."""
    store = SqlStore(url)
    try:
        yield replace(force.services, store=store)
    finally:
        store.close()


def sound(services: Services) -> bool:
    return not ledger_levels.verify(services).failed and not rebuild.rebuild(services, write=False).faults


def tables_in(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = inspect(connection).get_table_names()
    engine.dispose()
    return found


@contextmanager
def somebody_writing(url: str) -> Iterator[None]:
    """Another process with a change that it has not committed."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO team (name) VALUES ('CID')"))
        yield
    engine.dispose()


@contextmanager
def closed(url: str) -> Iterator[None]:
    """A database that a move has closed."""
    engine = create_engine(url)
    with engine.begin() as connection:
        closing.close(connection)
    engine.dispose()
    yield


def alter(store: SqlStore, *statements: str) -> None:
    """Change the SQLite file behind the service's back."""
    store.close()
    with sqlite3.connect(store.url.removeprefix("sqlite:///")) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_register_moves_to_postgresql_and_back_and_goes_on(force: Force, postgresql_database: str, tmp_path: Path):
    back = f"sqlite:///{tmp_path / 'back.db'}"

    there = move(force, postgresql_database)
    with over(force, postgresql_database) as services:
        assert sound(services)
        goes_on = replace(force, services=services)
        assert goes_on.items(goes_on.case(reference="01AB/2/26"), seal="S500") == [4]
        assert ledger_keeper.run(services).refused == ""
        with somebody_writing(postgresql_database), pytest.raises(SourceBusy):
            moving.move(services, mover(services.store), back)
        returned = moving.move(services, mover(services.store), back)
        with pytest.raises(StoreMoved):
            goes_on.case(reference="01AB/3/26")

    assert there.tree.size > 5
    assert returned.tree.size > there.tree.size
    with over(force, back) as services:
        assert sound(services)
        with services.store.read() as work:
            assert moving.recomputed(work, there.tree.size) == there.tree
        goes_on = replace(force, services=services)
        assert goes_on.items(goes_on.case(reference="01AB/3/26"), seal="S501") == [5]


def test_a_move_killed_on_the_way_leaves_the_register_as_it_was_and_is_done_again(force: Force, target: str):
    force.services.store.close()
    child = os.fork()
    if child == 0:
        try:
            move(
                force,
                target,
                lambda stage, *_: os.kill(os.getpid(), signal.SIGKILL) if stage == "Reading back" else None,
            )
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    if target.startswith("sqlite"):
        with pytest.raises(MoveUnfinished), over(force, target) as services:
            services.store.is_initialised()
    else:
        assert tables_in(target) == []
    force.case(reference="01AB/2/26")
    move(force, target)
    with over(force, target) as services:
        assert sound(services)


def test_a_move_cut_off_between_closing_the_old_and_opening_the_new_is_finished_by_another(force: Force, new: str):
    with closed(force.services.store.url):
        move(force, new)

    with over(force, new) as services:
        assert sound(services)


def test_a_place_that_is_taken_at_the_last_moment_is_left_alone_and_the_register_stays_open(
    force: Force, tmp_path: Path
):
    path = tmp_path / "moved.db"

    with pytest.raises(TargetUnusable):
        move(force, f"sqlite:///{path}", lambda stage, *_: path.write_text("mine") if "new one" in stage else None)

    assert path.read_text() == "mine"
    force.case(reference="01AB/2/26")


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("what", "cannot be read as an address"),
        ("mysql://nobody@127.0.0.1/x", "neither"),
        ("sqlite://", "neither"),
        ("sqlite:////nowhere/at/all.db", "no such file"),
        ("postgresql://nobody:secret@127.0.0.1:1/x", "refused"),
        ("sqlite:///{folder}/exhibits.db", "a file already"),
    ],
)
def test_a_place_where_nothing_can_be_moved_is_refused_with_its_reason(force: Force, to: str, says: str):
    with pytest.raises(TargetUnusable, match=says) as refused:
        move(force, to.format(folder=force.settings.instance))

    assert "secret" not in str(refused.value)
    force.case(reference="01AB/2/26")


def test_a_postgresql_database_with_a_table_in_it_is_refused(force: Force, postgresql_database: str):
    with psycopg.connect(postgresql_database.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE somebodys (id int)")
    connection.close()

    with pytest.raises(TargetUnusable, match="somebodys"):
        move(force, postgresql_database)


def test_a_register_that_somebody_writes_is_not_moved(force: Force, new: str):
    with somebody_writing(force.services.store.url), pytest.raises(SourceBusy):
        move(force, new)
    move(force, new)


def test_a_ledger_whose_entries_were_changed_is_not_moved(force: Force, new: str):
    longer = "UPDATE entry SET body = CAST(body || X'20' AS BLOB) WHERE id = 3"
    alter(force.services.store, "DROP TRIGGER entry_no_update", longer)

    with pytest.raises(NotWhatWasPublished):
        move(force, new)


def test_a_row_that_the_new_database_does_not_take_is_named_by_its_table(force: Force, postgresql_database: str):
    alter(force.services.store, "UPDATE seal_use SET used_at = 'yesterday'")

    with pytest.raises(CannotBeKept, match="seal_use"):
        move(force, postgresql_database)
    assert tables_in(postgresql_database) == []


class Spoiling(DatabaseMover):
    """Over a disk that changes a row after it was written."""

    @contextmanager
    def begin(self, to: str) -> Iterator[DatabaseMove]:
        with super().begin(to) as moving:
            complete = moving.complete

            def spoil() -> None:
                complete()
                moving._to.connection.execute(text("UPDATE item SET description = 'Bed sheat' WHERE register_no = 2"))

            moving.complete = spoil  # type: ignore[method-assign]  # the fault of a disk, which has no other way in
            yield moving


def test_a_copy_that_reads_back_otherwise_is_thrown_away(force: Force, new: str):
    with pytest.raises(CopyDiffers, match="item"):
        moving.move(force.services, Spoiling(force.services.store.url), new)

    force.case(reference="01AB/2/26")


def test_a_closed_register_is_read_and_opened_again_only_while_nothing_was_signed_elsewhere(force: Force, new: str):
    case = force.case(reference="01AB/2/26")
    store = force.services.store
    move(force, new)
    with pytest.raises(StoreMoved):
        force.case(reference="01AB/3/26")
    with pytest.raises(StoreMoved):
        store.migrate()
    assert force.person("officer").name == "Officer"
    assert moving.open_again(force.services, mover(store))
    assert not moving.open_again(force.services, mover(store))
    force.case(reference="01AB/3/26")

    with over(force, new) as services:
        replace(force, services=services).items(case, seal="S500")
        ledger_keeper.run(services)
    with closed(store.url), pytest.raises(NotWhatWasPublished):
        moving.open_again(force.services, mover(store))


def test_a_register_of_another_version_is_not_moved(force: Force, new: str):
    alter(force.services.store, "UPDATE alembic_version SET version_num = 'another'")
    with pytest.raises(SourceNotCurrent):
        move(force, new)
