"""The generator of force-size data: what it loads is what the store would hold, and the same for the same seed."""

from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.force.load import AlreadyFilled, load
from benchmarks.force.plan import Plan
from exhibits_app.bootstrap import build_services
from exhibits_app.services import ledger_keeper, ledger_levels, rebuild
from exhibits_app.settings import Settings
from exhibits_app.store.engine import reading_engine

PLAN = Plan(30, seed=7, open_share=0.5, long=20)
TABLES = {
    "item": "register_no", "entry": "id", "disclosure": "entry_id", "leaf": "leaf_index", "tile": "level, number",
    "label": "code", "seal_use": "seal", "case_file": "id", "person": "id", "place": "id", "turn": "id",
    "decision_made": "event_id",
}  # fmt: skip


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the force's tables, and its indexes."""
    engine = reading_engine(url)
    with engine.connect() as connection:
        found = {
            table: [
                tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
                for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))  # noqa: S608
            ]
            for table, order in TABLES.items()
        }
    engine.dispose()
    return found


def indexes(url: str) -> set[str]:
    """The names of the database's own indexes."""
    engine = reading_engine(url)
    catalogue = "sqlite_master WHERE type = 'index'" if "sqlite" in url else "pg_indexes WHERE schemaname = 'public'"
    column = "name" if "sqlite" in url else "indexname"
    with engine.connect() as connection:
        found = {row[0] for row in connection.execute(text(f"SELECT {column} FROM {catalogue}"))}  # noqa: S608
    engine.dispose()
    return found


def quiet(_what: str, _done: int) -> None:
    """No progress."""


def sound(folder: Path, url: str) -> None:
    """The ledger holds, every state is the fold of its entries, and numbers go on where the load ended."""
    settings = Settings(instance=folder, database_url=url, secret_key="a test's")
    services = build_services(settings)
    assert ledger_keeper.start(services)
    report = ledger_levels.verify(services)
    assert rebuild.rebuild(services, write=False).faults == []
    assert (report.faults, report.items, report.entries) == ({}, PLAN.items, PLAN.entries)
    services.store.close()


def test_a_loaded_force_is_what_its_ledger_says_and_the_same_on_both_databases(
    tmp_path: Path, sqlite_url: str, postgresql_database: str
):
    without = indexes(sqlite_url)
    for url in (sqlite_url, postgresql_database):
        load(url, PLAN, lambda _what, _done: None, 1)

    kept, copied = rows(sqlite_url), rows(postgresql_database)

    assert [len(kept[table]) for table in ("item", "entry", "disclosure")] == [30, 310, 310]
    assert kept == copied
    assert indexes(sqlite_url) == without
    for number, url in enumerate((sqlite_url, postgresql_database)):
        sound(tmp_path / str(number), url)


def test_a_force_is_made_in_an_empty_database_alone(sqlite_url: str):
    load(sqlite_url, Plan(2, long=10), lambda _what, _done: None, 1)

    with pytest.raises(AlreadyFilled):
        load(sqlite_url, PLAN, lambda _what, _done: None, 1)
