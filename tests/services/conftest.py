"""A small invented force for tests of services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.force import Force, a_force


@pytest.fixture
def force(tmp_path: Path) -> Iterator[Force]:
    """A small invented force on SQLite, closed at the end."""
    made = a_force(tmp_path)
    yield made
    made.services.store.close()
