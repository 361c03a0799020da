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

from benchmarks.durable import single_row_commits
from benchmarks.fill import TOKEN, fill
from benchmarks.load import Answers, Moves, apart, hellos

SECONDS = 4.0
WARM_UP = 1.0
CLIENTS = (1, 8, 32)
MOST_CLIENTS = max(CLIENTS)
ITEMS = 3_200  # So that each of 32 clients has two boxes of fifty to move to and fro.
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


def acts(folder: Path) -> list[Line]:
    """The service's lines: one item at each number of clients, then fifty."""
    filled = fill(folder, ITEMS, days=0)
    filled.services.store.close()
    port = free_port()
    command = [str(Path(sys.executable).with_name("exhibits")), "serve", "--port", str(port)]
    # Every run moves between two shelves of its own, so that no move meets an item that is there already.
    pairs = zip(filled.shelves[1::2], filled.shelves[2::2], strict=False)
    lines = []

    def moves(each: int) -> Moves:
        return Moves(TOKEN, filled.codes, next(pairs), filled.operator, each, MOST_CLIENTS)

    with serving(command, port, EXHIBITS_INSTANCE=str(folder)) as server:
        apart(port, moves(1), 8, WARM_UP)
        for clients in CLIENTS:
            lines.append(measure(server.pid, port, "act, one item", clients, moves(1)))
        for clients in (1, 8):
            lines.append(measure(server.pid, port, "act, fifty items", clients, moves(50), 50))
    for line in lines:
        _recorded(line)
    return lines


def hello() -> list[Line]:
    """Flask's hello at each number of clients."""
    port = free_port()
    with serving([sys.executable, "-m", "benchmarks.hello", str(port)], port) as server:
        apart(port, hellos, 8, WARM_UP)
        return [measure(server.pid, port, "Flask hello", clients, hellos) for clients in CLIENTS]


def run() -> None:
    """Print acts a second, items a second, milliseconds of waiting, and the server's CPU for each, with the ratios."""
    print(
        f"{'':<22}{'clients':>8}{'a second':>10}{'items':>9}{'p50 ms':>9}{'p95':>8}{'p99':>8}{'CPU ms':>9}", flush=True
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recorded = acts(folder)
        greeted = hello()
        commits = single_row_commits(folder, COMMITS)
    print(f"{COMMITS:,} durable single-row commits on the same disk: {commits:,.0f} a second")
    for act, greeting in zip(recorded, greeted, strict=False):
        print(
            f"{act.clients} clients, one item: {act.answers.rate / greeting.answers.rate:.2f} of hello, "
            f"{act.answers.rate / commits:.2f} of the commits; "
            f"p99 is {act.answers.percentile(0.99) / act.answers.percentile(0.5):.1f} times p50"
        )
    print(f"fifty items: {max(line.answers.rate * line.each for line in recorded):,.0f} entries a second")


if __name__ == "__main__":
    run()
