"""PostgreSQL's primary is killed under load and its standby promoted: no acknowledged act is lost, none doubled."""

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from uuid_utils import uuid7

from benchmarks.acts import free_port, serving
from benchmarks.fill import TOKEN, Filled, fill
from exhibits_app.bootstrap import build_services, create_app
from exhibits_app.clock import SystemClock
from exhibits_app.domain.show import iso
from exhibits_app.jobs.worker import jobs_worker
from exhibits_app.services import ledger_keeper, ledger_levels, ledger_tree, rebuild
from exhibits_app.services.context import Services
from exhibits_app.settings import Settings
from tests.support.machine import postgresql_programs
from tests.support.replication import Pair, running_pair, wait_until

ITEMS = 24
CLIENTS = 4
# Acts that are acknowledged before the primary is killed, and again after the standby was promoted.
ACTS, MANY = 20, 300
ROUNDS = 4
AGAIN = 0.02  # Seconds until a client asks again after an answer that was none.
BAD_GATEWAY = 500


@dataclass
class Load:
    """What the clients had acknowledged, and how often they had to ask again."""

    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    asked_again: list[int] = field(default_factory=list)

    def await_more(self, count: int, running: list[Future[None]]) -> None:
        """Wait until so many acts more than now are acknowledged, or a client has given up."""
        wanted = len(self.acknowledged) + count
        wait_until(
            lambda: len(self.acknowledged) >= wanted or any(one.done() for one in running), "acts are acknowledged"
        )


def client(http: httpx.Client, filled: Filled, codes: list[str], load: Load) -> None:
    """Moves its own items from shelf to shelf; asks again with the same ids until each act is answered.

    Raises AssertionError for an answer other than that the act was recorded.
    """
    while not load.stop.is_set():
        scan = str(uuid7())
        act = {
            "id": str(uuid7()), "kind": "MOVE", "device_seq": 1, "occurred_at": iso(SystemClock().now()),
            "operator": filled.operator, "to": random.choice(filled.shelves),
            "items": [{"scan": scan, "code": random.choice(codes)}],
        }  # fmt: skip
        said = until_answered(http, {"acts": [act]}, load)
        verdict = said["acts"][0]["items"][0]
        if verdict["error_code"] == "already_there":
            continue
        assert verdict["verdict"] in {"recorded", "already_recorded"}, verdict
        load.acknowledged.append(scan)


def until_answered(http: httpx.Client, body: dict[str, Any], load: Load) -> dict[str, Any]:
    """The first answer that is one."""
    for tries in range(10_000):
        try:
            answer = http.post("/api/v1/acts", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code < BAD_GATEWAY:
            assert answer.status_code == httpx.codes.OK, answer.text
            load.asked_again += [tries] if tries else []
            said: dict[str, Any] = answer.json()
            return said
        assert answer is None or answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
        time.sleep(AGAIN)
    raise AssertionError("no answer for minutes")


@contextmanager
def within(settings: Settings) -> Iterator[list[httpx.Client]]:
    """The application and its jobs in this process, twice, each with connections of its own."""
    with ExitStack() as stack:
        clients = []
        for _ in range(2):
            services = build_services(settings)
            stack.callback(services.store.close)
            stack.callback(jobs_worker(services, 1, 0.05).start().stop)
            transport = httpx.WSGITransport(create_app(services, settings))  # type: ignore[arg-type]
            clients.append(stack.enter_context(httpx.Client(transport=transport, base_url="http://service")))
        yield clients


@contextmanager
def processes(settings: Settings) -> Iterator[list[httpx.Client]]:
    """Two web processes with their jobs, as a force runs them, and a worker."""
    command = str(Path(sys.executable).with_name("exhibits"))
    environment = {"EXHIBITS_INSTANCE": str(settings.instance), "EXHIBITS_DATABASE_URL": settings.database_url}
    with ExitStack() as stack:
        clients = []
        for _ in range(2):
            port = free_port()
            stack.enter_context(serving([command, "serve", "--port", str(port)], port, **environment))
            clients.append(stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)))
        yield clients


@contextmanager
def under_load(filled: Filled, services: list[httpx.Client]) -> Iterator[tuple[Load, list[Future[None]]]]:
    """Clients at work while it lasts. Raises what one of them met."""
    load = Load()
    with ThreadPoolExecutor(CLIENTS) as pool:
        running: list[Future[None]] = [
            pool.submit(client, services[number % len(services)], filled, filled.codes[number::CLIENTS], load)
            for number in range(CLIENTS)
        ]
        try:
            yield load, running
        finally:
            load.stop.set()
        for one in running:
            one.result()


def one_round(pair: Pair, settings: Settings, filled: Filled, serve: Callable[[Settings], Any], acts: int) -> Load:
    """Load, kill, promote, load on; what the clients were told."""
    with serve(settings) as services, under_load(filled, services) as (load, running):
        load.await_more(acts, running)
        pair.fail_over()
        load.await_more(acts, running)
    return load


def check(services: Services, acknowledged: list[str]) -> int:
    """Everything acknowledged is on record once, and nothing else; the ledger and the projections hold. Its size."""
    assert ledger_keeper.start(services), "the ledger is read-only after the drive"
    signed = ledger_keeper.checkpoint(services)
    assert signed is not None
    with services.store.read() as view:
        known = view.ledger.known_events(acknowledged)
        bodies = [one.body for one in ledger_tree.log(view, 0, signed.size)]
    assert len(set(acknowledged)) == len(acknowledged), "an act was acknowledged twice"
    assert not set(acknowledged) - set(known), f"{len(set(acknowledged) - set(known))} acknowledged acts are lost"
    moves = sum(b'"type":"move"' in body for body in bodies)
    assert moves == len(acknowledged), f"{moves} moves are on record, {len(acknowledged)} were acknowledged"
    assert not ledger_levels.verify(services).failed
    outcome = rebuild.rebuild(services, write=False)
    assert outcome.faults == [], outcome.faults[:3]
    return signed.size


def drive(rounds: int, serve: Callable[[Settings], Any], acts: int) -> None:
    """Raises AssertionError when anything was lost or doubled."""
    programs = postgresql_programs()
    if programs is None:
        print("Not run: PostgreSQL's server programs are not on this machine.")
        return
    with running_pair(programs) as pair, tempfile.TemporaryDirectory(prefix="exhibits-failover-") as name:
        pair.primary.say("CREATE DATABASE force")
        folder = Path(name)
        filled = fill(folder, ITEMS, days=0, url=pair.url("force"))
        filled.services.store.close()
        acknowledged: list[str] = []
        again: list[int] = []
        for _ in range(rounds):
            pair.follow()
            settings = Settings(instance=folder, database_url=pair.url("force"))
            load = one_round(pair, settings, filled, serve, acts)
            acknowledged += load.acknowledged
            again += load.asked_again
        services = build_services(Settings(instance=folder, database_url=pair.url("force")))
        size = check(services, acknowledged)
        services.store.close()
    print(f"{rounds} failovers: {len(acknowledged)} acts acknowledged, {len(again)} of them asked for again,")
    print(f"  none lost, none doubled; the ledger of {size} entries verifies, states equal their rebuild.")


def soak() -> None:
    """Several failovers under two web processes with their jobs."""
    drive(ROUNDS, processes, MANY)


if __name__ == "__main__":
    os.environ.setdefault("EXHIBITS_SECRET_KEY", "failover")
    drive(int(sys.argv[1]), within, ACTS)
