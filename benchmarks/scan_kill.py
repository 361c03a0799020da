"""Kill -9 of the scan client at random points: what was told to be recorded or kept is on record once, in order."""

import random
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.scan_drive import Store, a_client, a_store, acts

KILLS = 100
ACTS_A_LIFE = 6
TOGETHER = 2
LONGEST_LIFE = 1.2  # seconds until a client is killed, at most: from its start to some time after its last scan
SERVER_KILLS = 8  # one life in so many meets a service that is dead


@dataclass
class Found:
    """What the drive left behind."""

    kills: int
    scanned: int
    promised: int
    recorded: int


def drive(store: Store, codes: list[str], kills: int, chance: random.Random) -> Found:
    """Start a client and kill it, again and again, then let one send what is left. Raises AssertionError."""
    scans = iter(acts(store, codes, TOGETHER))
    promised: list[str] = []
    for life in range(kills):
        dead = life % SERVER_KILLS == SERVER_KILLS - 1
        promised += one_life(store, list(islice(scans, ACTS_A_LIFE)), dead, chance)
    if store.server is None:
        store.start()
    a_client(store).finish()
    return check(store, codes, kills, promised)


def one_life(store: Store, scanned: list[list[str]], dead: bool, chance: random.Random) -> list[str]:
    """A client lives for some time over a living or a dead service, and is killed; what it promised."""
    if dead:
        store.kill()
    elif store.server is None:
        store.start()
    client = a_client(store)
    ends = time.monotonic() + chance.uniform(0, LONGEST_LIFE)
    for act in scanned:
        client.scan(act)
        time.sleep(chance.uniform(0, max(ends - time.monotonic(), 0) / ACTS_A_LIFE))
    time.sleep(max(ends - time.monotonic(), 0))
    return client.kill()


def check(store: Store, scanned: list[str], kills: int, promised: list[str]) -> Found:
    """Everything promised is on record, nothing twice, and all in the order in which it was scanned."""
    recorded = store.moved(scanned)
    codes = [code for _, code in recorded]
    lost = set(promised) - set(codes)
    assert not lost, f"{len(lost)} items that were promised are not on record"
    assert len(codes) == len(set(codes)), "an item was recorded twice"
    place = {code: number for number, code in enumerate(scanned)}
    assert codes == sorted(codes, key=place.__getitem__), "not in the order of scanning"
    assert [seq for seq, _ in recorded] == sorted(seq for seq, _ in recorded), "not in the device's order"
    return Found(kills, len(scanned), len(set(promised)), len(codes))


def soak(kills: int = KILLS) -> None:
    """A hundred kills."""
    items = kills * ACTS_A_LIFE * TOGETHER
    with tempfile.TemporaryDirectory(prefix="exhibits-scan-kill-") as name, a_store(Path(name), items) as store:
        found = drive(store, store.filled.codes, kills, random.Random())
    print(f"{found.kills} kills of the client, the service dead in one of {SERVER_KILLS} lives.")
    print(f"Of {found.scanned} items scanned {found.promised} were promised, and all of these are on record;")
    print(f"  {found.recorded} are on record, each once and in order.")


if __name__ == "__main__":
    soak(*map(int, sys.argv[1:]))
