"""Acts over HTTP through the real service, beside durable commits and Flask's hello under the same server."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.acting import Acting, acting
from benchmarks.durable import postgresql_commits, single_row_commits
from benchmarks.floor import floors
from benchmarks.forces import Made, forces, sizes
from benchmarks.load import Answers, Moves, apart, hellos

SECONDS = 4.0
WARM_UP = 1.0
CLIENTS = (1, 8, 32)
MOST_CLIENTS = max(CLIENTS)
ITEMS = 1_600  # So that each of 32 clients has a box of fifty to move to and fro.
PROCESSES = 2  # Of the web service on PostgreSQL; SQLite has one.
COMMITS = 4_000
_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: list[str], port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """This command while it answers on the port. Raises RuntimeError with its last words when it ends before."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=said, stderr=said)
        try:
            while not answers(port):
                if process.poll() is not None:
                    said.seek(0)
                    raise RuntimeError(said.read()[-2_000:].decode(errors="replace"))
                time.sleep(0.1)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A loopback port that nobody uses now, below those from which connections set out: one could meet itself."""
    ports = (random.randrange(10_000, 32_000) for _ in itertools.count())
    return next(port for port in ports if not answers(port))


def cpu_seconds(process: int) -> float:
    """Processor time of this process and its children so far."""
    total = 0.0
    family = {process}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It ended while we looked.
        number = int(stat.parent.name)
        if number in family or int(fields[1]) in family:
            family.add(number)
            total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


@dataclass
class Line:
    """One measurement: `each` items a request, and the server's processor milliseconds for each request."""

    name: str
    clients: int
    each: int
    answers: Answers
    cpu: float

    def show(self) -> None:
        """Print it."""
        each = f"{self.answers.rate * self.each:>9,.0f}" if self.each > 1 else " " * 9
        p50, p95, p99 = (self.answers.percentile(share) for share in (0.5, 0.95, 0.99))
        print(
            f"{self.name:<22}{self.clients:>8}{self.answers.rate:>10,.0f}{each}"
            f"{p50:>9.1f}{p95:>8.1f}{p99:>8.1f}{self.cpu:>9.2f}",
            flush=True,
        )


def measure(process: int, port: int, name: str, clients: int, make: object, each: int = 1) -> Line:
    """Drive the server for SECONDS. Raises RuntimeError when an answer is not what it should be."""
    before = cpu_seconds(process)
    answers = apart(port, make, clients, SECONDS)  # type: ignore[arg-type]  # a callable from a client's number
    cpu = (cpu_seconds(process) - before) / len(answers.waits) * 1000
    if answers.bad:
        raise RuntimeError(f"{name}: {len(answers.bad)} answers were not 200 but {sorted(set(answers.bad))}")
    line = Line(name, clients, each, answers, cpu)
    line.show()
    return line


def _recorded(line: Line) -> None:
    for body in line.answers.bodies:
        act = json.loads(body.partition(b"\r\n\r\n")[2])["acts"][0]
        if act["status"] != "recorded":
            raise RuntimeError(f"an act was not recorded: {act}")


def acts(made: Made, chosen: Acting, processes: int) -> list[Line]:
    """The service's lines over this force: one item at each number of clients, then fifty."""
    port = free_port()
    program = str(Path(sys.executable).with_name("exhibits"))
    command = [program, "serve", "--port", str(port), "--processes", str(processes)]
    environment = {"EXHIBITS_INSTANCE": str(made.settings.instance), "EXHIBITS_DATABASE_URL": made.settings.address}
    # A force that was just made has everything to be told: that is done before, as it was in a force at work.
    subprocess.run([program, "worker", "--once"], env=os.environ | environment, check=True, capture_output=True)
    pairs = iter(chosen.pairs)
    lines = []

    def moves(each: int) -> Moves:
        return Moves(chosen.tokens, chosen.codes, next(pairs), chosen.operators, each, MOST_CLIENTS)

    with serving(command, port, **environment) as server:
        apart(port, moves(1), 8, WARM_UP)
        for clients in CLIENTS:
            lines.append(measure(server.pid, port, "act, one item", clients, moves(1)))
        for clients in (1, 8):
            lines.append(measure(server.pid, port, "act, fifty items", clients, moves(50), 50))
        print(f"memory of the web process after that: {largest(server.pid):,.0f} MB")
    for line in lines:
        _recorded(line)
    return lines


def hello(processes: int) -> list[Line]:
    """Flask's hello at each number of clients, under the same server with as many processes."""
    port = free_port()
    with serving([sys.executable, "-m", "benchmarks.hello", str(port), str(processes)], port) as server:
        apart(port, hellos, 8, WARM_UP)
        return [measure(server.pid, port, "Flask hello", clients, hellos) for clients in CLIENTS]


def run() -> None:
    """At 10,000 and 100,000 items, or at BENCH_SIZES, on either database."""
    compare(sizes(10_000, 100_000))


def soak() -> None:
    """At a million too."""
    compare(sizes(10_000, 100_000, 1_000_000))


def compare(items: tuple[int, ...]) -> None:
    """Print acts a second, items a second, milliseconds of waiting, and the server's CPU for each, with the ratios."""
    greeted: dict[int, list[Line]] = {}
    with forces(*items, durable=True) as made:
        for one in made:
            processes = 1 if one.database == "SQLite" else PROCESSES
            print(f"\n{one.database}, {one.items:,} items, {processes} web process{'es' if processes > 1 else ''}")
            print(f"{'':<22}{'clients':>8}{'a second':>10}{'items':>9}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'CPU ms':>9}")
            chosen = acting(one, ITEMS, MOST_CLIENTS)
            recorded = acts(one, chosen, processes)
            if processes not in greeted:
                greeted[processes] = hello(processes)
            _relate(recorded, greeted[processes], _commits(one))
            if one.database == "SQLite":
                _least(one, chosen, greeted[processes][-1].cpu)


def _commits(made: Made) -> list[float]:
    """Durable one-row commits a second on the same database, at each number of clients; SQLite has one writer."""
    if made.database == "SQLite":
        with tempfile.TemporaryDirectory(dir=made.settings.instance) as folder:
            return [single_row_commits(Path(folder), COMMITS)] * len(CLIENTS)
    address = made.settings.address.replace("+psycopg", "")
    return [postgresql_commits(address, clients, COMMITS) for clients in CLIENTS]


def _relate(recorded: list[Line], greeted: list[Line], commits: list[float]) -> None:
    for act, greeting, most in zip(recorded, greeted, commits, strict=False):
        print(
            f"{act.clients} clients, one item: {act.answers.rate / greeting.answers.rate:.2f} of hello "
            f"({greeting.answers.rate:,.0f} a second), {act.answers.rate / most:.2f} of {most:,.0f} durable commits; "
            f"p99 is {act.answers.percentile(0.99) / act.answers.percentile(0.5):.1f} times p50"
        )
    print(f"fifty items: {max(line.answers.rate * line.each for line in recorded):,.0f} entries a second")


def _least(made: Made, chosen: Acting, hello: float) -> None:
    """What none of our Python could take away."""
    print(f"{'CPU ms that an act needs':<30}{'hello':>8}{'statements':>12}{'hashes':>8}{'commit':>8}{'together':>10}")
    for floor in floors(made, chosen):
        floor.show(hello)


def largest(process: int) -> float:
    """Megabytes of memory in use by the largest of this process and its children."""
    found = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # It ended while we looked.
        if process in (int(told["Pid"]), int(told["PPid"])):
            found.append(int(told.get("VmRSS", "0").split()[0]))
    return max(found) / 1024


if __name__ == "__main__":
    run()
