"""A fresh, initialised store over each database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exhibits_app.store import SqlStore

ORIGIN = "exhibits.test/log"


def prepare(url: str) -> None:
    """Migrate and initialise the database at this address."""
    store = SqlStore(url)
    store.migrate(ORIGIN)
    store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a SQLite database that is migrated and initialised, and otherwise empty."""
    path = tmp_path_factory.mktemp("template") / "exhibits.db"
    prepare(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture
def sqlite_url(sqlite_template: bytes, tmp_path: Path) -> str:
    """The address of a SQLite database of this test's own."""
    path = tmp_path / "exhibits.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[SqlStore]:
    """A store over SQLite."""
    store = SqlStore(sqlite_url)
    yield store
    store.close()


@pytest.fixture
def postgresql_store(postgresql_copy: Callable[[str, Callable[[str], None]], str]) -> Iterator[SqlStore]:
    """A store over PostgreSQL."""
    store = SqlStore(postgresql_copy("store", prepare))
    yield store
    store.close()


@pytest.fixture(params=["sqlite_store", "postgresql_store"], ids=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> SqlStore:
    """A store over each database in turn."""
    found: SqlStore = request.getfixturevalue(request.param)
    return found
