"""Evidence, erasing and the ledger in Chromium: without accessibility faults, and no wider than a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from exhibits_app.services.ports.ledger_tree import Alarm
from tests.support.force import START
from tests.support.ledger import SigningForce, a_signing_force
from tests.support.looks import faults_of
from tests.support.serving import served, sign_in_at

PATHS = ["/ledger", "/items/1", "/items/1/evidence", "/items/1/erase", "/cases/1/evidence"]


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    """A force with checkpoints, and an item with long texts."""
    made = a_signing_force(tmp_path)
    made.case = made.force.case()
    made.force.items(made.case, 1, description="Knotted wrap of white powder, " * 12)
    made.force.items(made.case, 1, description="Sheet" + "e" * 90)
    for _ in range(3):
        made.items(1)
        made.checkpoint()
    yield made
    made.services.store.close()


def test_the_pages_have_no_accessibility_fault_and_fit_the_screen(
    new_page: Callable[..., Page], signing: SigningForce
) -> None:
    with served(signing.force) as address:
        page = sign_in_at(new_page(), address, "supervisor")

        assert faults_of(page, address, PATHS) == []


def test_the_alarm_says_what_to_do_on_any_screen(new_page: Callable[..., Page], signing: SigningForce) -> None:
    alarm = Alarm("state_differs", "At size 3 the root kept is another than the one that the tiles give.", START)
    signing.services.store.write(lambda work: work.checkpoints.raise_alarm(alarm))
    with served(signing.force) as address:
        page = sign_in_at(new_page(), address, "auditor")

        assert faults_of(page, address, ["/ledger"]) == []
        assert page.locator("[role=alert] li").count() == 4
