"""A force whose ledger signs, over each database in turn."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exhibits_app.store import SqlStore
from exhibits_app.store.mirror import FolderMirror
from tests.support.authority import Authority
from tests.support.backed_up import SECRET_WORDS, made
from tests.support.ledger import SigningForce, a_signing_force


def migrated(url: str) -> None:
    store = SqlStore(url)
    store.migrate("exhibits.test/log")
    store.close()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[SigningForce]:
    """Over SQLite."""
    made = a_signing_force(tmp_path)
    yield made
    made.services.store.close()


@pytest.fixture
def on_postgresql(tmp_path: Path, postgresql_copy: Callable[..., str]) -> Iterator[SigningForce]:
    """Over PostgreSQL."""
    made = a_signing_force(tmp_path, postgresql_copy("services", migrated))
    yield made
    made.services.store.close()


@pytest.fixture(params=["on_sqlite", "on_postgresql"], ids=["sqlite", "postgresql"])
def signing(request: pytest.FixtureRequest) -> SigningForce:
    """Over each database in turn."""
    found: SigningForce = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A time-stamp authority with a root of its own."""
    return Authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture(scope="session")
def another(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Another one, under another root."""
    return Authority(tmp_path_factory.mktemp("authority") / "another", "Another")


@pytest.fixture
def mirror(tmp_path: Path) -> FolderMirror:
    """A mirror beside the database."""
    return FolderMirror(tmp_path / "mirror")


@pytest.fixture
def mirrored(signing: SigningForce, mirror: FolderMirror) -> SigningForce:
    """A ledger that signs nothing its mirror does not hold."""
    assert signing.services.signing is not None
    signing.services = replace(signing.services, signing=replace(signing.services.signing, mirror=mirror))
    signing.force.services = signing.services
    return signing


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[tuple[SigningForce, Path]]:
    """A force on SQLite with one item and a backup without a key."""
    (tmp_path / "instance").mkdir()
    signing = a_signing_force(tmp_path / "instance")
    signing.case = signing.force.case()
    signing.force.items(signing.case, 1, description=SECRET_WORDS)
    signing.checkpoint()
    made(signing, tmp_path / "one.backup")
    yield signing, tmp_path / "one.backup"
    signing.services.store.close()
