"""Pages and look-ups at 10,000 items and at many times as many, on both databases: what a larger register costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from flask.testing import FlaskClient

from benchmarks.force.plan import Plan, code_of
from benchmarks.force.standing import SECRET, TOKEN
from benchmarks.forces import Made, forces, sizes
from exhibits_app import collecting
from exhibits_app.bootstrap import build_services, create_app
from exhibits_app.settings import Settings
from exhibits_app.web.security import SESSION_COOKIE

TIMES = 120
LONGEST = 4.0  # Seconds for one page; it stops early rather than outstay.
Figures = dict[str, tuple[float, float, float]]
Address = Callable[[], str]


def run() -> None:
    """At 10,000 and 100,000 items, or at BENCH_SIZES."""
    compare(sizes(10_000, 100_000), "pages")


def soak() -> None:
    """At a million too; making it takes most of an hour, and 60 GB of disk."""
    compare(sizes(10_000, 100_000, 1_000_000), "pages")


def compare(items: tuple[int, ...], which: str) -> None:
    """Measure each force in a process of its own, and print its figures beside those of the smallest."""
    with forces(*items) as made:
        first: Figures = {}
        for one in made:
            figures, memory = _apart(one, which)
            if one.items == items[0]:
                first = figures
            _show(one, figures, first, memory)


def _apart(one: Made, which: str) -> tuple[Figures, dict[str, float]]:
    settings = [str(one.settings.instance), one.settings.database_url, str(one.items)]
    command = [sys.executable, "-m", "benchmarks.pages", which, *settings]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    told = json.loads(said.splitlines()[-1])
    return {name: tuple(figure) for name, figure in told["figures"].items()}, told["memory"]


def _show(one: Made, figures: Figures, first: Figures, memory: dict[str, float]) -> None:
    print(f"\n{one.database}, {one.items:,} items")
    print(f"{'milliseconds':<42}{'p50':>8}{'p95':>8}{'CPU':>8}{'p95 ratio':>11}{'CPU ratio':>11}")
    for name, (p50, p95, cpu) in figures.items():
        ratios = f"{p95 / first[name][1]:>11.2f}{cpu / first[name][2]:>11.2f}"
        print(f"{name:<42}{p50:>8.1f}{p95:>8.1f}{cpu:>8.1f}{ratios}")
    told = ", ".join(f"{name} {size:,.0f} MB" for name, size in memory.items())
    print(f"memory of the process: {told}", flush=True)


def addresses(plan: Plan, chance: Random) -> Iterator[tuple[str, Address]]:
    """What is asked for, and where: another item, case or page each time."""
    items, cases = plan.items, plan.cases
    yield "code, over the API", lambda: f"/api/v1/codes/{code_of(chance.randint(1, items))}"
    yield "item", lambda: f"/items/{chance.randint(2, items)}"
    yield "item with a history of 1,000 events", lambda: "/items/1"
    yield "gaps of an item", lambda: f"/items/{chance.randint(2, items)}/gaps"
    yield "case", lambda: f"/cases/{chance.randint(1, cases)}"
    yield "cases, newest first", lambda: "/cases?whose=all"
    yield "cases with a word", lambda: f"/cases?q=01B/{chance.randint(1, cases)}/26"
    yield "a large store", lambda: f"/stores/1?after={chance.randint(0, items)}"
    yield "a bay of it", lambda: f"/stores/1?place={chance.randint(2, 13)}"
    yield "search: property reference", lambda: f"/search?q={chance.randint(1, items)}"
    yield "search: seal", lambda: f"/search?q=S{chance.randint(1, items):08}"
    yield "search: exhibit reference", lambda: f"/search?q={chance.randint(10, 99)}/{chance.randint(1, items)}"
    yield "search: beginning of a reference", lambda: f"/search?q={chance.randint(10, 99)}/{chance.randint(1, 9)}"
    yield "search: word of a description", lambda: "/search?q=duvet"
    yield "discrepancies", lambda: "/discrepancies"
    yield "handovers", lambda: "/handovers"
    yield "people who left", lambda: "/leavers"
    yield "scan log", lambda: "/logs/scans"
    yield "printing", lambda: "/printing"
    yield "start page", lambda: "/"


def boards(plan: Plan, chance: Random) -> Iterator[tuple[str, Address]]:
    """The board with every filter, and from the middle on."""
    middle = plan.seized(plan.items // 2)
    after = f"{int(middle.timestamp() * 1_000_000)}-{plan.items // 2}"
    yield "board, overdue", lambda: "/board"
    yield "board, due soon", lambda: "/board/soon"
    yield "board, from the middle on", lambda: f"/board?after={after}"
    yield "board, one category", lambda: f"/board?category={chance.choice(('DRUG', 'DIG', 'UNK'))}"
    yield "board, a category that nothing has", lambda: "/board?category=VEH"
    yield "board, one team", lambda: f"/board?team={chance.randint(1, 20)}"
    yield "board, one officer", lambda: f"/board?oic={chance.randint(3, 1_002)}"
    yield "board, a store", lambda: f"/board?store={1 + 13 * chance.randrange(18)}"
    yield "board, team and category", lambda: f"/board?team={chance.randint(1, 20)}&category=KNF"
    yield "board, reviews", lambda: "/board?owed=review"
    yield "board, steps of custody", lambda: "/board?owed=custody"
    yield "board, returns", lambda: "/board?owed=return"
    yield "board, labs' results", lambda: "/board?owed=result"
    yield "board, unanswered recommendations", lambda: "/board/recommendations"
    yield "board, their team and category", lambda: f"/board/recommendations?team={chance.randint(1, 20)}&category=KNF"


ASKED = {"pages": (addresses, boards), "board": (boards,)}


def timed(client: FlaskClient, address: Address) -> tuple[float, float, float]:
    """The median, the 95th percentile and the mean of processor time, in milliseconds. Raises RuntimeError."""
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    taken: list[float] = []
    for _ in range(3):
        client.get(address(), headers=bearer)
    begun, used = time.perf_counter(), time.process_time()
    while len(taken) < TIMES and (len(taken) < 10 or time.perf_counter() - begun < LONGEST):
        where = address()
        start = time.perf_counter()
        answer = client.get(where, headers=bearer)
        taken.append((time.perf_counter() - start) * 1000)
        if answer.status_code >= 400:
            raise RuntimeError(f"{where} answered {answer.status_code}")
    cpu = (time.process_time() - used) * 1000 / len(taken)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)], cpu


def measured(settings: Settings, plan: Plan, which: str) -> Figures:
    """Everything at one size."""
    services = build_services(settings, plan.now)
    chance = Random(26)
    with create_app(services, settings).test_client() as client:
        client.set_cookie(SESSION_COOKIE, SECRET)
        collecting.settle()  # As a serving process does.
        figures = {name: timed(client, address) for asked in ASKED[which] for name, address in asked(plan, chance)}
    services.store.close()
    return figures


def memory() -> dict[str, float]:
    """What this process holds now, and the most it ever held, in MB."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(lines[key].split()[0]) / 1024 for name, key in (("now", "VmRSS"), ("most", "VmHWM"))}


def main(which: str, instance: str, url: str, items: str) -> None:
    """In a process of its own: measure, and print the figures as JSON."""
    settings = Settings(instance=Path(instance), database_url=url, secret_key="benchmark", jobs=False)  # noqa: S106
    print(json.dumps({"figures": measured(settings, Plan(int(items), open_share=1), which), "memory": memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
