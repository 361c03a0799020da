"""Kill -9 at random points in moving items, integrating, mirroring, signing: nothing answered is lost or taken back."""

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.fill import TOKEN, Filled, fill
from exhibits_app.bootstrap import build_services
from exhibits_app.domain import merkle
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.services import acts, devices, ledger_keeper, ledger_levels, ledger_sign, ledger_tree, rebuild
from exhibits_app.services.act_shapes import Act, ScannedItem
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Device
from exhibits_app.settings import Settings
from exhibits_app.store.mirror import FolderMirror
from tests.support.machine import postgresql_programs
from tests.support.postgresql import running_cluster

KILLS = {"SQLite": 140, "PostgreSQL": 80}
WORKERS = {"SQLite": 1, "PostgreSQL": 2}  # That live and are killed together.
ITEMS = 12
# Seconds after its first answer until a worker is killed, at most; on PostgreSQL the first act takes longer.
LONGEST_LIFE = {1: 0.8, 2: 2.5}


@dataclass
class Found:
    """What the drive left behind."""

    kills: int
    answered: int
    published: int
    size: int


def services_of(folder: Path, url: str) -> Services:
    """The service over this database, with a mirror beside it."""
    return build_services(Settings(instance=folder, database_url=url, ledger_mirror=folder / "mirror"))


def work(folder: Path, url: str, filled: Filled, number: int) -> None:
    """What the victim does: move items, integrate and sign in turns, and say on standard output what is durable."""
    services = services_of(folder, url)
    if not ledger_keeper.start(services):
        raise SystemExit("the check at start failed")
    with services.store.read() as view:
        device = devices.by_token(view, TOKEN)
    chance = random.Random(os.getpid())
    mine = filled.codes[number :: max(WORKERS.values())]
    print("up", flush=True)
    while True:
        for _ in range(chance.randrange(1, 4)):
            for scan in move(services, device, filled, chance.sample(mine, chance.randrange(1, 4))):
                print(scan, flush=True)
        ledger_tree.integrate(services, batch=chance.randrange(1, 5))
        if chance.random() < 0.7:
            ledger_sign.sign(services)


def move(services: Services, device: Device, filled: Filled, codes: list[str]) -> list[str]:
    """One act, as a terminal sends it: move these items to some shelf. The ids of the scans that were recorded."""
    ids = [str(UUID(services.ids.event_id())) for _ in range(len(codes) + 1)]
    items = tuple(ScannedItem(scan, code) for scan, code in zip(ids[1:], codes, strict=True))
    now = services.clock.now()
    to = random.choice(filled.shelves)
    act = Act(ids[0], "MOVE", 1, now, items, {"id": ids[0]}, operator=filled.operator, to=to)
    verdict = acts.perform(services, device, [act])[0]
    if verdict["error"] is not None:
        raise SystemExit(f"the act was refused: {verdict['error']}")
    return [item["scan"] for item in verdict["items"] if item["verdict"].startswith("recorded")]


def drive(folder: Path, url: str, kills: int, workers: int, chance: random.Random) -> Found:
    """Start the victims and kill them, again and again, then check everything. Raises AssertionError."""
    filled = fill(folder, ITEMS, days=0, url=url)
    filled.services.store.close()
    answered: list[str] = []
    for _ in range(-(-kills // workers)):
        answered += one_life(folder, url, filled, workers, chance.uniform(0, LONGEST_LIFE[workers]))
    return check(services_of(folder, url), answered, kills)


def one_life(folder: Path, url: str, filled: Filled, workers: int, seconds: float) -> list[str]:
    """Let children live for so long after they are up, then kill them; what they said was durable."""
    children = [born(folder, url, filled, number) for number in range(workers)]
    said: list[str] = []
    with ExitStack() as stack:
        readers = [stack.enter_context(os.fdopen(reading)) for _, reading in children]
        first = [reader.readline() for reader in readers]
        time.sleep(seconds)
        for child, _ in children:
            os.kill(child, signal.SIGKILL)
        for reader in readers:
            said += [line.strip() for line in reader.read().splitlines(keepends=True) if line.endswith("\n")]
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
    assert ends == [-signal.SIGKILL] * workers, "a victim gave up by itself before it was killed"
    assert first == ["up\n"] * workers, "a victim did not start: its ledger was not what was signed"
    return said


def born(folder: Path, url: str, filled: Filled, number: int) -> tuple[int, int]:
    """A child that works, and where to read what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        try:
            work(folder, url, filled, number)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    return child, reading


def check(services: Services, answered: list[str], kills: int) -> Found:
    """Every answered scan is in the log once; every checkpoint ever published is a prefix of the final tree."""
    assert ledger_keeper.start(services), "the ledger is read-only after the drive"
    signed = ledger_keeper.checkpoint(services)
    assert signed is not None
    with services.store.read() as view:
        logged = list(ledger_tree.log(view, 0, signed.size))
        assert view.tree.faults() == []
        known = view.ledger.known_events(answered)
    assert [one.index for one in logged] == list(range(signed.size)), "the indices are not dense"
    lost = set(answered) - set(known)
    assert not lost, f"{len(lost)} answered scans are lost"
    assert len(answered) == len(set(answered)), "a scan was answered twice"
    published = _published(services, [leaf_hash(one.body) for one in logged])
    assert not ledger_levels.verify(services).failed
    outcome = rebuild.rebuild(services, write=False)
    assert outcome.faults == [], outcome.faults[:3]
    services.store.close()
    return Found(kills, len(answered), published, signed.size)


def _published(services: Services, leaves: list[bytes]) -> int:
    """How many checkpoints were ever published, each of them a prefix of the tree over these leaves and mirrored."""
    roots, edge = {0: merkle.EMPTY_ROOT}, merkle.CompactRange()
    for leaf in leaves:
        edge.append(leaf)
        roots[edge.size] = edge.root()
    signing = services.signing
    assert signing is not None
    assert isinstance(signing.mirror, FolderMirror)
    published = [ledger_sign.read(one) for one in signing.records.published()]
    assert all(roots.get(one.size) == one.root for one in published), "a published checkpoint is not a prefix"
    with services.store.read() as view:
        mirrored = signing.mirror.edge(view.ledger.origin())
    assert roots.get(mirrored.size) == mirrored.root(), "the mirror is not a prefix"
    assert mirrored.size >= max(one.size for one in published), "something was published that the mirror has not"
    return len(published)


def soak(sqlite: int = KILLS["SQLite"], postgresql: int = KILLS["PostgreSQL"]) -> None:
    """More than two hundred kills, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="exhibits-kill-") as name:
        _tell("SQLite", drive(Path(name), "", sqlite, WORKERS["SQLite"], random.Random()))
    programs = postgresql_programs()
    if programs is None:
        print("PostgreSQL: not run, its server programs are not on this machine.")
        return
    with running_cluster(programs) as cluster, tempfile.TemporaryDirectory(prefix="exhibits-kill-") as name:
        url = cluster.url(cluster.create())
        _tell("PostgreSQL", drive(Path(name), url, postgresql, WORKERS["PostgreSQL"], random.Random()))


def _tell(database: str, found: Found) -> None:
    print(f"{database}, {found.kills} kills: {found.answered} answered scans, none lost;", end=" ")
    print(f"{found.published} checkpoints published,")
    print(f"  every one a prefix of the final tree of {found.size} entries and in the mirror; the ledger verifies.")


if __name__ == "__main__":
    soak(*map(int, sys.argv[1:]))
