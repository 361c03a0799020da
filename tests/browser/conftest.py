"""The service of a test module's own force, at an address that a browser reaches."""

from collections.abc import Iterator

import pytest

from tests.support.force import Force
from tests.support.serving import running


@pytest.fixture
def url(force: Force) -> Iterator[str]:
    """The address of the service of the module's `force`, at the force's own time."""
    with running(force.app()) as address:
        yield address
