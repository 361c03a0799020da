"""A register of an earlier version is brought up whole or not at all, killed or with another start beside it."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text

from exhibits_app.clock import FixedClock, SystemIds
from exhibits_app.domain.errors import StoreTooOld
from exhibits_app.services import deadlines, deciding, demonstration, rebuild
from exhibits_app.services.context import Services
from exhibits_app.store import SqlStore
from exhibits_app.store.files import FolderFiles
from tests.support.force import QUICK_HASHER, Postbag
from tests.support.older import leave_as_it_was

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
# Before every step that computes from rows, and before the one that makes an index anew.
EARLIER = "0017_scan_pictures"
STEPS = (
    "0018_advised", "0022_decision_made", "0023_item_words", "0024_submissions", "0025_away", "0026_also_due",
    "0028_legacy_stock", "0032_notices",
)  # fmt: skip
# What the steps computed from rows, and so must find again.
COMPUTED = (
    "SELECT register_no, advised_at, away_at FROM item ORDER BY 1",
    "SELECT event_id, register_no, at, decision, category, actor, due_at FROM decision_made ORDER BY 1",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A register of this version with something of every kind in it. Its store is closed."""
    folder = tmp_path_factory.mktemp("whole")
    store = SqlStore(f"sqlite:///{folder / 'whole.db'}")
    store.migrate("exhibits.invalid/whole")
    files = FolderFiles(folder / "files")
    services = Services(store, FixedClock(NOW), SystemIds(), files, Postbag(), QUICK_HASHER, demonstration=True)
    demonstration.fill(services, 40)
    with store.read() as work:
        coroners_officer = work.accounts.by_name("coroners-officer")
    assert coroners_officer is not None
    advice = deciding.Advice("coroner", "Ms Quint", "Toxicology", 1)
    deciding.recommend(services, coroners_officer.person, 1, advice)
    store.close()
    return services


@pytest.fixture(params=["sqlite", "postgresql"])
def earlier(request: pytest.FixtureRequest, tmp_path: Path, whole: Services) -> Iterator[SqlStore]:
    """The same register as an earlier version left it, on either database."""
    url = f"sqlite:///{tmp_path / 'earlier.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database")
    leave_as_it_was(url, EARLIER, whole.store.url)  # type: ignore[attr-defined]  # it is an SqlStore
    store = SqlStore(url)
    yield store
    store.close()


def in_a_child(do: Callable[[], None]) -> int:
    """Do it in a process of its own, which ends with 0 once it is done."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            do()
            status = 0
        finally:
            os._exit(status)
    return child


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_after(step: str, bring_up: Callable[[], None]) -> None:
    """Do it in a child that is killed when this step has done all its work and nothing is kept yet."""

    def look(_one: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("UPDATE alembic_version") and step in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def killed() -> None:
        event.listen(Engine, "before_cursor_execute", look)
        bring_up()

    assert ended(in_a_child(killed)) == -signal.SIGKILL


def told(url: str, questions: Sequence[str] = COMPUTED) -> list[list[tuple[Any, ...]]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        answers = [[tuple(row) for row in connection.execute(text(question))] for question in questions]
    engine.dispose()
    return answers


def test_an_upgrade_killed_at_any_step_leaves_the_earlier_register_and_is_done_by_the_next_start(
    earlier: SqlStore, whole: Services
):
    for step in STEPS:
        killed_after(step, earlier.migrate)
    assert told(earlier.url, ["SELECT version_num FROM alembic_version"]) == [[(EARLIER,)]]
    with pytest.raises(StoreTooOld, match=EARLIER):
        earlier.refuse_older()

    earlier.migrate()

    assert earlier.is_current()
    computed = told(earlier.url)
    assert computed == told(whole.store.url)  # type: ignore[attr-defined]  # it is an SqlStore
    assert all(any(row[at] for row in computed[0]) for at in (1, 2)), "nothing was recommended, or nothing is away"
    assert computed[1]
    services = replace(whole, store=earlier)
    deadlines.bring_up(services)
    # The entries tell of an authorised form, which a register of that version had no table for.
    faults = rebuild.rebuild(services, write=False).faults
    assert [one for one in faults if "of submission FS-" not in one] == []
    assert rebuild.verify_chains(services).faults == []


def test_two_that_start_at_once_bring_the_register_up_once(earlier: SqlStore):
    children = [in_a_child(earlier.migrate) for _ in range(2)]

    assert [ended(child) for child in children] == [0, 0]
    assert earlier.is_current()
