"""The service of a test module's own force as browsers reach it, and the store room with its page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.chromium import Visit
from tests.support.force import Force
from tests.support.serving import running
from tests.support.store_room import PIN_ASKED, StoreRoom, a_store_room, refused_on_purpose


@pytest.fixture
def url(force: Force) -> Iterator[str]:
    """The address of the service of the module's `force`, at the force's own time."""
    with running(force.app()) as address:
        yield address


@pytest.fixture
def room(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StoreRoom]:
    """A store room of the test's own, with as many labelled items as its module's ITEMS says, or three."""
    with a_store_room(tmp_path, items=getattr(request.module, "ITEMS", 3)) as room:
        yield room


@pytest.fixture
def visit(new_visit: Callable[..., Visit], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A browser for the store room; what its console says besides, the module's EXPECTED names."""
    visit = new_visit()
    yield visit
    for page in visit.context.pages:  # What a page still asks for is not refused after the list below was looked at.
        page.close()
    refused_on_purpose(visit, PIN_ASKED, *getattr(request.module, "EXPECTED", ()))


@pytest.fixture
def bench(room: StoreRoom, visit: Visit) -> Page:
    """The store-room page with the property officer signed in."""
    page = room.open(visit)
    room.sign_in(page)
    return page
