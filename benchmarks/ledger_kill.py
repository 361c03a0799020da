"""Kill -9 at random points in writing, integrating, signing: nothing answered is lost, nothing signed taken back."""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from exhibits_app.bootstrap import build_services
from exhibits_app.domain import merkle
from exhibits_app.domain.entry import build_system_entry, leaf_hash
from exhibits_app.domain.show import iso
from exhibits_app.services import ledger_keeper, ledger_levels, ledger_sign, ledger_tree
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Work
from exhibits_app.services.ports.ledger_tree import SystemBody
from exhibits_app.settings import Settings

KILLS = 200
LONGEST_LIFE = 1.2  # Seconds after its first answer until a worker is killed, at most.


@dataclass
class Found:
    """What the drive left behind."""

    kills: int
    answered: int
    published: int
    size: int


def work(folder: str) -> None:
    """What the victim does: note entries, integrate and sign in turns, and say on standard output what is durable."""
    services = services_of(Path(folder))
    if not ledger_keeper.start(services):
        raise SystemExit("the check at start failed")
    random.seed(os.getpid())
    number = 0
    print("up", flush=True)
    while True:
        for _ in range(random.randrange(1, 6)):
            number += 1
            mark = f"{time.time_ns()}-{number}"
            services.store.write(lambda work, mark=mark: note_down(services, work, mark))
            print(mark, flush=True)
        ledger_tree.integrate(services, batch=random.randrange(1, 5))
        if random.random() < 0.7:
            ledger_sign.sign(services)


def note_down(services: Services, work: Work, mark: str) -> None:
    """An entry that can be found again."""
    now = services.clock.now()
    body = build_system_entry(at=iso(now), data={"mark": mark}, log=work.ledger.origin(), type="incident")
    work.tree.append(SystemBody("incident", now, leaf_hash(body), body))


def services_of(folder: Path, url: str = "") -> Services:
    return build_services(Settings(instance=folder, database_url=url))


def drive(folder: Path, kills: int, chance: random.Random) -> Found:
    """Start the victim and kill it, again and again, then check everything. Raises AssertionError."""
    services = services_of(folder)
    services.store.migrate()
    services.store.close()
    answered: list[str] = []
    for _ in range(kills):
        answered += one_life(folder, chance.uniform(0, LONGEST_LIFE))
    return check(folder, answered, kills)


def one_life(folder: Path, seconds: float) -> list[str]:
    """Let a child live for so long after it is up, then kill it; what it said was durable."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        try:
            work(str(folder))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as said:
        first = said.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        lines = said.read().splitlines(keepends=True)
    os.waitpid(child, 0)
    assert first == "up\n", "the victim did not start: its ledger was not what was signed"
    return [line.strip() for line in lines if line.endswith("\n")]


def check(folder: Path, answered: list[str], kills: int) -> Found:
    """Every answered entry is in the log once; every checkpoint ever published is a prefix of the final tree."""
    services = services_of(folder)
    assert ledger_keeper.start(services), "the ledger is read-only after the drive"
    signed = ledger_keeper.checkpoint(services)
    assert signed is not None
    with services.store.read() as view:
        logged = list(ledger_tree.log(view, 0, signed.size))
        assert view.tree.faults() == []
    assert [one.index for one in logged] == list(range(signed.size)), "the indices are not dense"
    bodies = b"\n".join(one.body for one in logged)
    lost = [mark for mark in answered if bodies.count(f'"mark":"{mark}"'.encode()) != 1]
    assert not lost, f"{len(lost)} answered entries are lost or twice in the log"
    roots, edge = {0: merkle.EMPTY_ROOT}, merkle.CompactRange()
    for one in logged:
        edge.append(leaf_hash(one.body))
        roots[edge.size] = edge.root()
    assert services.signing is not None
    published = [ledger_sign.read(one) for one in services.signing.records.published()]
    assert all(roots.get(one.size) == one.root for one in published), "a published checkpoint is not a prefix"
    assert not ledger_levels.verify(services).failed
    services.store.close()
    return Found(kills, len(answered), len(published), signed.size)


def soak(kills: int = KILLS) -> None:
    """Two hundred kills on SQLite."""
    with tempfile.TemporaryDirectory(prefix="exhibits-kill-") as name:
        found = drive(Path(name), kills, random.Random())
    print(f"{found.kills} kills: {found.answered} answered entries, none lost;", end=" ")
    print(f"{found.published} checkpoints published,")
    print(f"every one a prefix of the final tree of {found.size} entries; the ledger verifies.")


if __name__ == "__main__":
    soak(int(sys.argv[1]))
