"""A force and its people's browsers, for tests of pages without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.force import Force, a_force, sign_in


@pytest.fixture
def force(tmp_path: Path) -> Iterator[Force]:
    """A small invented force, closed at the end."""
    made = a_force(tmp_path)
    yield made
    made.services.store.close()


@pytest.fixture
def client_of(force: Force) -> Callable[[str], Any]:
    """`client_of("supervisor")`: a test client signed in as this person."""
    app = force.app()

    def open_client(name: str) -> Any:
        client = app.test_client()
        sign_in(client, name)
        return client

    return open_client


@pytest.fixture
def officer(client_of: Callable[[str], Any]) -> Any:
    """The officer's client."""
    return client_of("officer")
