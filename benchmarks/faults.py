"""Web, worker and database killed at random under load, and a disk that is full for a while: nothing acknowledged goes.

Clients ask again with the same ids until they are answered. Afterwards every acknowledged act is on record once, the
ledger verifies, and the projections are what a rebuild makes them.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import chown, rmtree
from typing import Protocol

import httpx
from uuid_utils import uuid7

from benchmarks.acts import answers, free_port
from benchmarks.failover import Load, check, client
from benchmarks.fill import TOKEN, Filled, fill
from exhibits_app.bootstrap import build_services
from exhibits_app.clock import SystemClock
from exhibits_app.domain.show import iso
from exhibits_app.settings import Settings
from tests.support.machine import postgresql_programs
from tests.support.postgresql import INITDB, OWNER, QUICK, run_as, unprivileged_user
from tests.support.replication import Server, wait_until

KILLS = 60  # Of each kind of service, in the soak.
ITEMS = 24
CLIENTS = 6
BETWEEN = (1, 25)  # Acts that are acknowledged between two kills.
ROOM = 96 * 1024  # Bytes that files may still grow before the disk counts as full.
FULL_ROUNDS = 8
UNABLE = 503


class Victim(Protocol):
    """Something that can be killed and started again."""

    def start(self) -> None: ...

    def kill(self) -> None: ...


@dataclass
class Program:
    """One of ours in a process group of its own; `port` is where it answers, when it does."""

    words: list[str]
    environment: dict[str, str]
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(Path(sys.executable).with_name("exhibits")), *self.words]
        self._process = subprocess.Popen(
            command, env=os.environ | self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        if self.port:
            wait_until(lambda: answers(self.port) or self._process.poll() is not None, "the service answers")  # type: ignore[union-attr]
        assert self._process.poll() is None, f"exhibits {self.words[0]} did not start"

    def kill(self) -> None:
        """End it and every process of it without a chance to finish anything."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def processes(self) -> list[int]:
        """It and its children."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [self._process.pid, *map(int, children)]


@dataclass
class Database(Server):
    """A PostgreSQL server that comes back at the same address."""

    def make(self) -> None:
        """Make its folder; a killed process loses nothing that it was told to keep, a flush would only cost time."""
        run_as(self.user, self.programs / "initdb", "-D", self.data, *INITDB)
        own = QUICK | {"synchronous_commit": "on", "port": str(self.port)}
        with (self.data / "postgresql.conf").open("a") as written:
            written.writelines(f"{name} = '{value}'\n" for name, value in own.items())

    def start(self) -> None:
        """Start, after whatever recovery is needed."""
        run_as(self.user, self.programs / "pg_ctl", "-D", self.data, "-l", self.data / "log", "-w", "start")


@contextmanager
def loaded(filled: Filled, ports: list[int]) -> Iterator[tuple[Load, list[Future[None]]]]:
    """Clients that move items as fast as they are answered, until the end; then they have had their last answers."""
    load = Load()
    with ExitStack() as stack:
        ways = [stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)) for port in ports]
        pool = stack.enter_context(ThreadPoolExecutor(CLIENTS))
        running = [
            pool.submit(client, ways[number % len(ways)], filled, filled.codes[number::CLIENTS], load)
            for number in range(CLIENTS)
        ]
        try:
            yield load, running
        finally:
            load.stop.set()
        for one in running:
            one.result()


def kill(victims: Sequence[Victim], load: Load, clients: list[Future[None]], kills: int, chance: random.Random) -> None:
    """Kill one of these after another under load, and start it again."""
    for _ in range(kills):
        load.await_more(chance.randint(*BETWEEN), clients)
        victim = chance.choice(victims)
        victim.kill()
        time.sleep(chance.uniform(0, 0.1))
        victim.start()
    load.await_more(BETWEEN[1], clients)


def on_sqlite(folder: Path, kills: int, rounds: int, chance: random.Random) -> str:
    """One service with its jobs, killed so often; then so many times files cannot grow for a while.

    What cannot be kept is refused with a sentence, and kept when there is room again. What there is to tell; raises
    AssertionError.
    """
    filled = fill(folder, ITEMS, days=0)
    filled.services.store.close()
    port = free_port()
    service = Program(["serve", "--port", str(port)], {"EXHIBITS_INSTANCE": str(folder)}, port)
    with running([service]), loaded(filled, [port]) as (load, clients):
        kill([service], load, clients, kills, chance)
        for _ in range(rounds):
            largest = max(path.stat().st_size for path in folder.glob("exhibits.db*"))
            _limit(service, largest + ROOM)
            wait_until(lambda: _refuses(port, filled), "the disk is full")
            _limit(service, resource.RLIM_INFINITY)
            load.await_more(BETWEEN[1], clients)
    return _sound(Settings(instance=folder), load, f"SQLite, {kills} kills of the service, {rounds} times a full disk")


def on_postgresql(folder: Path, programs: Path, kills: int, chance: random.Random) -> str:
    """Two web processes, a worker, and the database itself. What there is to tell; raises AssertionError."""
    user = unprivileged_user()
    at = Path(tempfile.mkdtemp(prefix="exhibits-killed-"))
    if user:
        chown(at, user)
    database = Database(programs, at / "data", user, free_port())
    with ExitStack() as stack:
        stack.callback(rmtree, at)
        database.make()
        database.start()
        stack.callback(database.stop)
        database.say("CREATE DATABASE force")
        url = f"postgresql+psycopg://{OWNER}@127.0.0.1:{database.port}/force"
        filled = fill(folder, ITEMS, days=0, url=url)
        filled.services.store.close()
        ours = {"EXHIBITS_INSTANCE": str(folder), "EXHIBITS_DATABASE_URL": url}
        ports = [free_port(), free_port()]
        parts = [*(Program(["serve", "--port", str(port)], ours, port) for port in ports), Program(["worker"], ours)]
        with running(parts), loaded(filled, ports) as (load, clients):
            kill([*parts, database], load, clients, kills, chance)
        told = f"PostgreSQL, {kills} kills of two web processes, a worker and the database"
        return _sound(Settings(instance=folder, database_url=url), load, told)


@contextmanager
def running(parts: list[Program]) -> Iterator[None]:
    """These while it lasts; at the end they are killed as well."""
    with ExitStack() as stack:
        for part in parts:
            stack.callback(part.kill)
            part.start()
        yield


def _limit(service: Program, size: float) -> None:
    for process in service.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))


def _refuses(port: int, filled: Filled) -> bool:
    """Whether an act is refused because it cannot be kept; it is never sent again. Pages are still read."""
    act = {
        "id": str(uuid7()), "kind": "MOVE", "device_seq": 1, "occurred_at": iso(SystemClock().now()),
        "operator": filled.operator, "to": filled.codes[0], "items": [{"scan": str(uuid7()), "code": filled.codes[1]}],
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/v1/acts", json={"acts": [act]}, headers=headers, timeout=20)
    if answer.status_code != UNABLE:
        return False
    assert answer.json()["code"] == "store_unwritable", answer.text
    page = httpx.get(f"http://127.0.0.1:{port}/api/v1/codes/{filled.codes[1]}", headers=headers, timeout=20)
    assert page.status_code == httpx.codes.OK, page.text
    return True


def _sound(settings: Settings, load: Load, what: str) -> str:
    services = build_services(settings)
    size = check(services, load.acknowledged)
    services.store.close()
    again = f"{len(load.acknowledged)} acts acknowledged, {len(load.asked_again)} of them asked for again"
    return f"{what}:\n  {again}, none lost, none doubled;\n  the ledger of {size} entries verifies, states equal it."


def each(kills: int, rounds: int, on_a_server: int) -> None:
    """So many kills and full disks on SQLite, and so many kills with PostgreSQL. Raises AssertionError."""
    chance = random.Random()
    with tempfile.TemporaryDirectory(prefix="exhibits-faults-") as name:
        print(on_sqlite(Path(name), kills, rounds, chance), flush=True)
    programs = postgresql_programs()
    if on_a_server and programs is None:
        print("PostgreSQL: not run, its server programs are not on this machine.")
    elif on_a_server and programs is not None:
        with tempfile.TemporaryDirectory(prefix="exhibits-faults-") as name:
            print(on_postgresql(Path(name), programs, on_a_server, chance), flush=True)


def soak() -> None:
    """Many of each."""
    each(KILLS, FULL_ROUNDS, KILLS)


if __name__ == "__main__":
    each(*map(int, sys.argv[1:]))
