"""Parts that tests of every layer share: a PostgreSQL cluster, a browser, a watch for what is left behind.

Playwright's loop stays in the main thread for the session, so tests here do not call asyncio.run in it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support import machine
from tests.support.chromium import Visit, running_chromium, visit
from tests.support.leaks import no_thread_left_running
from tests.support.postgresql import Cluster, running_cluster

NEEDS = {"postgresql": "postgresql_cluster", "browser": "chromium"}


def _missing_parts() -> dict[str, str]:
    """For each marker whose part this machine lacks, the sentence that says so."""
    missing = {}
    if machine.postgresql_programs() is None:
        missing["postgresql"] = machine.WITHOUT_POSTGRESQL
    if machine.chromium_program() is None:
        missing["browser"] = machine.WITHOUT_CHROMIUM
    elif not machine.AXE.exists():
        missing["browser"] = machine.WITHOUT_AXE
    return missing


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by the parts they use, and leave out, aloud, those whose part is missing.

    On CI nothing may be missing: there the set-up has the right to install.
    """
    for item in items:
        for marker, fixture in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    missing = _missing_parts()
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    if left_out and os.environ.get("CI") == "true":
        raise pytest.UsageError(f"Nothing may be left out on CI, but {'; '.join(missing.values())}.")
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests did not run, and why, where nobody can overlook it."""
    for reason in _missing_parts().values():
        terminalreporter.write_line(f"NOT RUN: the tests that need it, because {reason}.", red=True)


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """This process's own PostgreSQL cluster (each xdist worker has one: starting takes under two seconds)."""
    programs = machine.postgresql_programs()
    assert programs is not None, machine.WITHOUT_POSTGRESQL
    with running_cluster(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgresql_url(postgresql_cluster: Cluster) -> str:
    """The cluster's maintenance database; tests use `postgresql_database`, which is theirs alone."""
    return postgresql_cluster.url()


@pytest.fixture
def postgresql_database(postgresql_cluster: Cluster) -> Iterator[str]:
    """The address of a new, empty database. The test fails if it leaves a connection open."""
    name = postgresql_cluster.create()
    yield postgresql_cluster.url(name)
    postgresql_cluster.drop(name)


@pytest.fixture
def postgresql_copy(postgresql_cluster: Cluster) -> Iterator[Callable[[str, Callable[[str], None]], str]]:
    """`postgresql_copy("migrated", upgrade)`: a new database like the one `upgrade(url)` prepared once."""
    made: list[str] = []

    def copy(key: str, prepare: Callable[[str], None]) -> str:
        template = postgresql_cluster.template(key)
        if template is None:
            template = postgresql_cluster.create()
            prepare(postgresql_cluster.url(template))
            postgresql_cluster.remember_template(key, template)
        made.append(postgresql_cluster.create(template))
        return postgresql_cluster.url(made[-1])

    yield copy
    for name in made:
        postgresql_cluster.drop(name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once a process."""
    program = machine.chromium_program()
    assert program is not None, machine.WITHOUT_CHROMIUM
    with running_chromium(program) as browser:
        yield browser


# Services that browsers visit begin before them and so end after: a page that still loads is not cut off.
SERVICES = {"url", "address", "room"}


@pytest.fixture
def new_visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """`new_visit(viewport=..., **context_options)`: one more person's browser, with nothing in it.

    The test fails if any page of it logs an error, breaks the content policy, or asks the outside.
    """
    for service in SERVICES & set(request.fixturenames):
        request.getfixturevalue(service)
    with ExitStack() as visits:

        def open_visit(**options: Any) -> Visit:
            return visits.enter_context(visit(chromium, **options))

        yield open_visit


@pytest.fixture
def new_page(new_visit: Callable[..., Visit]) -> Callable[..., Page]:
    """`new_page(width=360)`: an empty page in a browser of its own, 1280 by 800 unless told."""

    def open_page(width: int = 1280, height: int = 800, **options: Any) -> Page:
        return new_visit(viewport={"width": width, "height": height}, **options).page()

    return open_page


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One empty page, 1280 by 800."""
    return new_page()


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail the test that leaves a thread running two seconds after its end."""
    with no_thread_left_running(patience=2):
        yield
