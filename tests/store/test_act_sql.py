"""The exact SQL of an act, one statement a line in `act.<database>.sql`: it cannot grow, or change, unnoticed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from benchmarks.fill import TOKEN, Filled, fill
from exhibits_app.domain.show import iso
from exhibits_app.services import acts
from exhibits_app.services.act_shapes import Act, ScannedItem
from exhibits_app.services.devices import by_token
from exhibits_app.store import SqlStore
from exhibits_app.store.sql import Memory, Session, Statement, Values
from exhibits_app.store.work import SqlWork

ITEMS = 4


class Watched(Session):
    """A session that writes down what it runs."""

    __slots__ = ("_said",)

    def __init__(self, connection: Connection, memory: Memory | None, waits: bool, said: list[str]) -> None:
        super().__init__(connection, memory=memory, waits=waits)
        self._said = said

    def _execute(self, statement: Statement, values: Values) -> None:
        self._said.append(" ".join(statement.text(self._dialect)[0].split()))
        super()._execute(statement, values)

    def many(self, statement: Statement, rows: Any) -> None:
        if rows:
            self._said.append(" ".join(statement.text(self._dialect)[0].split()))
        super().many(statement, rows)


class WatchedStore(SqlStore):
    """A store whose changes are written down statement by statement."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.said: list[str] = []

    def _work_over(self, connection: Connection, memory: Memory | None = None, *, waits: bool = False) -> SqlWork:
        return SqlWork(Watched(connection, memory, waits, self.said), self._caches)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql_copy: Callable[[str, Callable[[str], None]], str]
) -> Filled:
    """A device with a person's turn at it, and items on a shelf."""
    url = f"sqlite:///{tmp_path}/exhibits.db"
    if request.param == "postgresql":
        url = postgresql_copy("empty", lambda _url: None)
    force = fill(tmp_path, ITEMS, days=0, url=url)
    force.services.store.close()
    return force


def moved(filled: Filled, items: int, first: int) -> list[str]:
    """The statements of one MOVE of so many items, the second of two that have the sequences from `first` on."""
    store = WatchedStore(filled.settings.address)
    services = replace(filled.services, store=store)
    with store.read() as work:
        device = by_token(work, TOKEN)
    for sequence, shelf in enumerate(filled.shelves[1:3], start=first):
        store.said.clear()
        answer = acts.perform(services, device, [_move(filled, sequence, shelf, filled.codes[:items])])
        assert answer[0]["status"] == "recorded"
    store.close()
    return store.said


def _move(filled: Filled, sequence: int, shelf: str, codes: list[str]) -> Act:
    at, ids = filled.services.clock.now() - timedelta(seconds=1), filled.services.ids
    scans = tuple(ScannedItem(ids.event_id(), code) for code in codes)
    content = {"occurred_at": iso(at), "kind": "MOVE"}
    return Act(ids.event_id(), "MOVE", sequence, at, scans, content, operator=filled.operator, to=shelf)


def test_an_act_runs_these_statements_and_no_others_whatever_the_number_of_its_items(filled: Filled) -> None:
    database = "sqlite" if filled.settings.address.startswith("sqlite") else "postgresql"
    expected = (Path(__file__).parent / f"act.{database}.sql").read_text().splitlines()

    assert moved(filled, 1, 1) == expected
    assert moved(filled, ITEMS, 3) == expected
