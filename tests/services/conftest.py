"""A small invented force for tests of services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.late import Bench
from tests.support.force import Force, a_force
from tests.support.mail import PostOffice, post_office


@pytest.fixture
def force(tmp_path: Path) -> Iterator[Force]:
    """A small invented force on SQLite, closed at the end."""
    made = a_force(tmp_path)
    yield made
    made.services.store.close()


@pytest.fixture
def items(force: Force) -> list[int]:
    return force.items(force.case(), 2, category="KNF")


@pytest.fixture
def codes(force: Force, items: list[int]) -> list[str]:
    return force.labels(items)


@pytest.fixture
def shelf(force: Force) -> str:
    return force.place_code(force.shelf)


@pytest.fixture
def safe(force: Force) -> str:
    return force.place_code(force.safe)


@pytest.fixture
def bench(force: Force, codes: list[str]) -> Bench:
    return Bench.of(force)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Force]:
    """A force for all the tests of a module, which must not mind what the others did."""
    made = a_force(tmp_path_factory.mktemp("shared"))
    yield made
    made.services.store.close()


@pytest.fixture(scope="module")
def case_id(shared: Force) -> int:
    """A case of the shared force."""
    return shared.case().id


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office
