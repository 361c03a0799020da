"""The least that an act could cost on SQLite: its statements, hashes and commit, with no Python of ours."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from benchmarks.acting import Acting
from benchmarks.forces import Made
from benchmarks.load import Moves
from exhibits_app.api.shapes import ActsIn, to_act
from exhibits_app.bootstrap import build_services
from exhibits_app.services.act_shapes import Act
from exhibits_app.services.acts import perform
from exhibits_app.services.context import Services
from exhibits_app.services.devices import by_token
from exhibits_app.services.ports import Device, Store
from exhibits_app.store.caches import Caches
from exhibits_app.store.engine import writing_engine
from exhibits_app.store.sql import Memory, Session
from exhibits_app.store.work import SqlWork

T = TypeVar("T")
ACTS = 640
Said = list[tuple[str, str, Any]]


@dataclass
class Floor:
    """Processor milliseconds of one act: its statements, its hashes, its share of a durable commit."""

    name: str
    statements: float = 0.0
    hashes: float = 0.0
    commit: float = 0.0

    def show(self, hello: float) -> None:
        """Print it beside Flask's hello, which every act costs besides."""
        together = hello + self.statements + self.hashes + self.commit
        print(
            f"{self.name:<30}{hello:>8.2f}{self.statements:>12.2f}{self.hashes:>8.2f}{self.commit:>8.2f}{together:>10.2f}"
        )


def floors(made: Made, chosen: Acting) -> list[Floor]:
    """Of one item alone, of one item where 32 share a commit, and of fifty items. The acts are recorded.

    Raises ValueError for one that is refused.
    """
    services = build_services(made.settings)
    try:
        with services.store.read() as work:
            devices = [by_token(work, token) for token in chosen.tokens]
        one, fifty = (_acts(chosen, devices, each) for each in (1, 50))
        return [
            _floor("one item, a commit each", services, made, islice(one, ACTS), 1),
            _floor("one item, 32 a commit", services, made, islice(one, ACTS), 32),
            _floor("fifty items, a commit each", services, made, islice(fifty, ACTS // 16), 1),
        ]
    finally:
        services.store.close()


def _acts(chosen: Acting, devices: list[Device], each: int) -> Iterator[tuple[Device, Act]]:
    """An act of every device in turn."""
    # Bays that the warm-up and the first run used: everything was moved on from there since.
    pair = chosen.pairs[0 if each == 1 else 1]
    moves = Moves(chosen.tokens, chosen.codes, pair, chosen.operators, each, len(devices))
    clients = [moves(client) for client in range(len(devices))]
    while True:
        for device, requests in zip(devices, clients, strict=True):
            sent = json.loads(next(requests).partition(b"\r\n\r\n")[2])
            yield device, to_act(ActsIn.model_validate(sent).acts[0])


def _floor(name: str, services: Services, made: Made, acts: Iterable[tuple[Device, Act]], together: int) -> Floor:
    found, waiting, done = Floor(name), list(acts), 0
    engine = writing_engine(made.settings.address)
    while done < len(waiting):
        with engine.connect() as connection:
            transaction = connection.begin()
            rehearsal = Rehearsal(connection)
            for device, act in waiting[done : done + together]:
                (answer,) = perform(replace(services, store=cast(Store, rehearsal)), device, [act])
                if answer["status"] != "recorded":
                    raise ValueError(f"an act was not recorded: {answer}")
                found.statements += _seconds(partial(_say, connection, rehearsal.said))
                found.hashes += _hashing(rehearsal.said)
                done += 1
            found.commit += _seconds(transaction.commit)
    engine.dispose()
    each = 1000 / done
    return Floor(name, found.statements * each, found.hashes * each, found.commit * each)


class Rehearsal:
    """A store whose changes are undone, and that remembers what was said to the database: it is then said again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memory: Memory = {}  # As changes that share a commit have it.
        self.said: Said = []

    def write(self, change: Callable[[SqlWork], T]) -> T:
        """Run the change and take it back."""
        driver: Any = self._connection.connection.dbapi_connection
        driver.execute("SAVEPOINT rehearsal")
        session = Session(self._connection, memory=self._memory)
        self.said = []
        session._cursor = _Listening(session._cursor, self.said)
        answer = change(SqlWork(session, Caches()))
        driver.execute("ROLLBACK TO rehearsal")
        driver.execute("RELEASE rehearsal")
        return answer


class _Listening:
    """A cursor that notes what it is told."""

    def __init__(self, cursor: Any, said: Said) -> None:
        self._cursor = cursor
        self._said = said

    def execute(self, text: str, values: Any) -> None:
        self._said.append(("execute", text, values))
        self._cursor.execute(text, values)

    def executemany(self, text: str, rows: Any) -> None:
        self._said.append(("executemany", text, rows))
        self._cursor.executemany(text, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def _say(connection: Connection, said: Said) -> None:
    cursor: Any = connection.connection.cursor()
    for way, text, values in said:
        getattr(cursor, way)(text, values)
        cursor.fetchall()


def _hashing(said: Said) -> float:
    """Seconds for the hashes of the entries and of their disclosures, which are what the ledger stands on."""
    rows = [row for way, _, values in said for row in (values if way == "executemany" else [values])]
    hashed = [b"\0" + row["body"] for row in rows if "body" in row]
    hashed += [line.encode() for row in rows for line in row.get("lines", "").splitlines()]
    return _seconds(lambda: [hashlib.sha256(one).hexdigest() for one in hashed])


def _seconds(action: Callable[[], object]) -> float:
    """Processor time of this thread."""
    before = time.thread_time()
    action()
    return time.thread_time() - before
