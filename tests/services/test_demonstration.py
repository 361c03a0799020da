"""The invented force is the same every time, and has something to show on every page."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exhibits_app.clock import FixedClock, SystemIds
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.services import board, demonstration, rebuild, signin
from exhibits_app.services.context import Services
from exhibits_app.services.ports import ItemLine
from exhibits_app.store.database import SqlStore
from exhibits_app.store.files import FolderFiles
from tests.support.force import QUICK_HASHER, Postbag

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
ITEMS = 80


def filled(folder: Path) -> Services:
    folder.mkdir()
    store = SqlStore(f"sqlite:///{folder / 'demo.db'}")
    store.migrate("exhibits.invalid/demonstration")
    files = FolderFiles(folder / "files")
    services = Services(store, FixedClock(NOW), SystemIds(), files, Postbag(), QUICK_HASHER, demonstration=True)
    assert demonstration.fill(services, ITEMS) == ITEMS
    return services


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Services]:
    """The demonstration, made twice as at the same time. Its stores are closed: each test opens its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    both = [filled(folder / name) for name in ("one", "other")]
    for services in both:
        services.store.close()
    return both


@pytest.fixture
def demo(made: list[Services]):
    store = SqlStore(made[0].store.url)  # type: ignore[attr-defined]
    yield replace(made[0], store=store)
    store.close()


def states(services: Services) -> list[Exhibit]:
    store = SqlStore(services.store.url)  # type: ignore[attr-defined]
    with store.read() as work:
        numbers = work.items.register_numbers(0, 10_000)
        found = [work.items.find(number).exhibit for number in numbers]
    store.close()
    return found


def test_nothing_of_it_lies_in_the_future(made: list[Services]) -> None:
    assert max(one.last_event_at for one in states(made[0])) <= NOW


def test_two_demonstrations_as_at_the_same_time_are_the_same(made: list[Services]) -> None:
    one, other = (states(services) for services in made)

    assert len(one) == ITEMS
    assert one == other


def test_some_exhibits_are_overdue_and_most_are_not(demo: Services) -> None:
    overdue = len(board.overdue_lines(demo, ItemLine()))

    assert ITEMS * 0.05 < overdue < ITEMS * 0.7


def test_exhibits_are_in_stores_with_people_and_at_laboratories(made: list[Services]) -> None:
    kinds = Counter(exhibit.custody.kind.value for exhibit in states(made[0]))

    assert kinds["store"] > ITEMS * 0.4
    assert kinds["external"] + kinds["carrier"] > 0


def test_few_of_its_scans_are_refused(demo: Services) -> None:
    with demo.store.read() as work:
        lines = work.scans.latest(0, 10_000)
    refused = Counter(line.code for line in lines if line.verdict == "refused")

    assert len(lines) > ITEMS
    assert sum(refused.values()) < len(lines) * 0.2, refused
    assert set(refused) <= {
        "not_in_a_store",
        "already_there",
        "already_in_store",
        "decided_otherwise",
        "another_way_in",
    }


def test_its_ledger_verifies_and_its_register_agrees(demo: Services) -> None:
    assert rebuild.verify_chains(demo).faults == []
    assert rebuild.rebuild(demo, write=False).faults == []


@pytest.mark.parametrize("name", [name for name, _what in demonstration.NAMES])
def test_everyone_it_names_can_sign_in(demo: Services, name: str) -> None:
    person, _secret = signin.sign_in(demo, name, demonstration.PASSWORD)

    assert person.active


def test_nothing_in_it_happens_in_the_future(made: list[Services]) -> None:
    assert all(exhibit.last_event_at <= NOW for exhibit in states(made[0]))
