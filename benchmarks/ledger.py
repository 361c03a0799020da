"""The ledger: an integration batch of 1,000, cold root and proofs, a full audit, the register tree, at full size."""

import contextlib
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from exhibits_app.bootstrap import build_services
from exhibits_app.domain import tiles
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.entry import ZERO, build_entry, build_system_entry, leaf_hash
from exhibits_app.domain.merkle import CompactRange
from exhibits_app.domain.register_tree import Heads, RegisterTree
from exhibits_app.services import ledger_audit, ledger_keeper, ledger_tree
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Work
from exhibits_app.services.ports.ledger_tree import SystemBody
from exhibits_app.settings import Settings

LEAVES = int(os.environ.get("LEDGER_LEAVES", "1000000"))
AUDITED = int(os.environ.get("LEDGER_AUDITED", "1000000"))
BATCHES = 10
ENTRIES_EACH = 10  # Entries of one exhibit in the audited log.
ORIGIN = "exhibits.example/bench"
AT = "2026-11-21T10:11:12.123456Z"


def run() -> None:
    """The sizes are LEDGER_LEAVES and LEDGER_AUDITED, a million each unless told: nothing is extrapolated."""
    with tempfile.TemporaryDirectory(prefix="exhibits-bench-") as name:
        services = build_services(Settings(instance=Path(name), database_url=""))
        services.store.migrate()
        ledger_keeper.start(services)
        _integration(services)
        _proofs(services)
        services.store.close()
    _register()
    _audit()


def _say(what: str, figure: str) -> None:
    print(f"{what:<66} {figure:>16}", flush=True)


def _timed(do: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def _integration(services: Services) -> None:
    times = []
    for batch in range(BATCHES):
        services.store.write(lambda work, n=batch: _thousand(services, work, n))
        times.append(_timed(lambda: ledger_tree.integrate(services)))
    _say("integration of 1,000 waiting entries, SQLite on disk, median", f"{statistics.median(times):.1f} ms")


def _thousand(services: Services, work: Work, batch: int) -> None:
    for number in range(1_000):
        body = build_system_entry(at=AT, data={"n": batch * 1_000 + number}, log=ORIGIN, type="incident")
        work.tree.append(SystemBody("incident", services.clock.now(), leaf_hash(body), body))


def _proofs(services: Services) -> None:
    """Tiles of so many leaves straight into the store; each figure with a reader that holds no tile yet."""
    leaves = [hashlib.sha256(number.to_bytes(8)).digest() for number in range(LEAVES)]
    made: dict[tuple[int, int], bytes] = {}
    took = _timed(lambda: made.update(tiles.append(lambda _level, _number: None, 0, leaves)))
    _say(f"tiles over {LEAVES:,} leaves, in memory", f"{took / 1000:.1f} s")
    old = services.store.write(lambda work: _replace_tiles(work, made))
    with services.store.read() as work:
        _say("  stored", f"{sum(map(len, made.values())) / 2**20:.0f} MB, {old:,} tiles")
        root = CompactRange()
        for leaf in leaves:
            root.append(leaf)
        assert tiles.root(work.tree.tile, LEAVES) == root.root()
        asked = range(7, LEAVES, max(1, LEAVES // 50))
        _say("root from the right edge, cold", _median(lambda _n: tiles.root(work.tree.tile, LEAVES), asked))
        _say("inclusion proof, cold", _median(lambda n: tiles.inclusion_proof(work.tree.tile, n, LEAVES), asked))
        _say("consistency proof, cold", _median(lambda n: tiles.consistency_proof(work.tree.tile, n, LEAVES), asked))


def _replace_tiles(work: Work, made: dict[tuple[int, int], bytes]) -> int:
    work.tree.grow([], made, work.tree.state(), datetime.now(UTC))
    return len(made)


def _median(do: Callable[[int], object], asked: range) -> str:
    return f"{statistics.median(_timed(lambda n=number: do(n)) for number in asked):.2f} ms"


def _register() -> None:
    heads = [(ex, 3, hashlib.sha256(ex.to_bytes(8)).digest(), ex * 3) for ex in range(1, LEAVES + 1)]
    began = time.perf_counter()
    tree = RegisterTree(heads)
    tree.root()
    _say(f"register tree of {LEAVES:,} exhibits, from heads in memory", f"{time.perf_counter() - began:.2f} s")
    _say("  proof of one exhibit", f"{_timed(lambda: tree.proof(LEAVES // 2)):.2f} ms")


def _audit() -> None:
    """An archive on disk, audited as the command does it, with two heads entries and a signed root."""
    with tempfile.TemporaryDirectory(prefix="exhibits-bench-") as name:
        archive = Path(name) / "log.jsonl"
        edge = CompactRange()
        with archive.open("wb") as file:
            for body in _history(AUDITED):
                edge.append(leaf_hash(body))
                file.write(body + b"\n")
        size = archive.stat().st_size
        command = [sys.executable, "-m", "benchmarks.ledger", str(archive), edge.root().hex()]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert told["faults"] == []
    assert (told["heads"], told["roots"]) == (2, 1)
    _say(f"full audit of {edge.size:,} entries ({size / 2**20:.0f} MB)", f"{told['seconds']:.1f} s")
    _say("  processor time of it, all its processes together", f"{told['processor']:.1f} s")
    _say("  peak memory, all its processes together", f"{told['peak']:.0f} MB")


def _audited(archive: str, root: str) -> None:
    """The audit alone, told as JSON: how long, how much memory, and what it found."""
    with Path(archive).open("rb") as lines:
        signed = Checkpoint(ORIGIN, sum(1 for _ in lines), bytes.fromhex(root))
    began, before, memory = time.perf_counter(), sum(os.times()[:4]), _Memory()
    memory.start()
    found = ledger_audit.audit(ledger_audit.Source(ORIGIN, lambda: _blocks(archive), [signed]))
    seconds = time.perf_counter() - began
    times = {"seconds": seconds, "processor": sum(os.times()[:4]) - before, "peak": memory.peak}
    print(json.dumps(times | {"heads": found.heads, "roots": found.roots, "faults": found.faults}))


class _Memory(threading.Thread):
    """Looks again and again at what this process and its children hold, in MB; what they share counts once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self) -> None:
        while True:
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
            held = 0
            for pid in [str(os.getpid()), *children]:
                with contextlib.suppress(OSError):  # It has just ended.
                    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
                    held += int(rollup.split("Pss:")[1].split()[0])
            self.peak = max(self.peak, held / 1024)
            time.sleep(0.1)


def _blocks(archive: str) -> Iterator[bytes]:
    with Path(archive).open("rb") as lines:
        yield from ledger_audit.blocks_of(lines)


def _history(count: int) -> Iterator[bytes]:
    """So many entries: exhibits in turns, each entry with five digests, and two heads entries."""
    exhibits = max(1, count // ENTRIES_EACH)
    ends: list[tuple[int, int, bytes, int]] = [(ex, 0, bytes(32), 0) for ex in range(1, exhibits + 1)]
    index = 0
    for turn in range(ENTRIES_EACH):
        for number in range(exhibits):
            ex, seq, prev, _ = ends[number]
            det = [hashlib.sha256(f"{ex}/{seq}/{each}".encode()).hexdigest() for each in range(5)]
            before = prev.hex() if seq else ZERO
            body = build_entry(at=AT, det=det, ex=ex, log=ORIGIN, prev=before, seq=seq, type="move")
            ends[number] = (ex, seq + 1, leaf_hash(body), index)
            index += 1
            yield body
        if turn in (ENTRIES_EACH // 2, ENTRIES_EACH - 1):
            said = Heads(exhibits, RegisterTree(ends).root(), index).data()
            yield build_system_entry(at=AT, data=said, log=ORIGIN, type="heads")
            index += 1


if __name__ == "__main__":
    _audited(*sys.argv[1:])
