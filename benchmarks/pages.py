"""Pages and look-ups at 10,000 items and at many times as many, on both databases: what a larger register costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from string import Formatter

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


PAGES = {
    "code, over the API": "/api/v1/codes/{code}",
    "item": "/items/{item}",
    "item with a history of 1,000 events": "/items/1",
    "the whole of that history": "/items/1?whole=1",
    "gaps of an item": "/items/{item}/gaps",
    "case": "/cases/{case}",
    "cases, newest first": "/cases?whose=all",
    "cases with a word": "/cases?q=01B/{case}/26",
    "cases with a word that all have": "/cases?q=investigation",
    "register items in a case": "/cases/{case}/register",
    "a large store": "/stores/1?after={item}",
    "a bay of it": "/stores/1?place={bay}",
    "stores": "/stores",
    "search: property reference": "/search?q={item}",
    "search: seal": "/search?q=S{item:08}",
    "search: exhibit reference": "/search?q={initials}/{item}",
    "search: beginning of a reference": "/search?q={initials}/{digit}",
    "search: word of a description": "/search?q=duvet",
    "who is meant by a number": "/colleagues?q={number}",
    "discrepancies": "/discrepancies",
    "handovers": "/handovers",
    "people who left": "/leavers",
    "scan log": "/logs/scans",
    "printing": "/printing",
    "labels": "/labels",
    "blank labels": "/blank-labels",
    "submissions": "/submissions",
    "at laboratories": "/laboratories",
    "decisions of a month": "/decisions",
    "refused for cost": "/decisions/cost",
    "decisions by person": "/decisions/people",
    "legacy stock": "/legacy",
    "ages of what is overdue": "/board/ageing",
    "ledger": "/ledger",
    "start page": "/",
}
BOARDS = {
    "board, overdue": "/board",
    "board, due soon": "/board/soon",
    "board, from the middle on": "/board?after={middle}",
    "board, one category": "/board?category={category}",
    "board, a category that nothing has": "/board?category=VEH",
    "board, one team": "/board?team={team}",
    "board, one officer": "/board?oic={officer}",
    "board, a store": "/board?store={store}",
    "board, team and category": "/board?team={team}&category=KNF",
    "board, reviews": "/board?owed=review",
    "board, steps of custody": "/board?owed=custody",
    "board, returns": "/board?owed=return",
    "board, labs' results": "/board?owed=result",
    "board, unanswered recommendations": "/board/recommendations",
    "board, their team and category": "/board/recommendations?team={team}&category=KNF",
}
ASKED = {"pages": PAGES | BOARDS, "board": BOARDS}


def draws(plan: Plan, chance: Random) -> dict[str, Callable[[], object]]:
    """What stands in the addresses: another item, case, place or filter each time."""
    middle = f"{int(plan.seized(plan.items // 2).timestamp() * 1_000_000)}-{plan.items // 2}"
    return {
        "item": lambda: chance.randint(2, plan.items),
        "code": lambda: code_of(chance.randint(1, plan.items)),
        "case": lambda: chance.randint(1, plan.cases),
        "bay": lambda: chance.randint(2, 13),
        "initials": lambda: chance.randint(10, 99),
        "digit": lambda: chance.randint(1, 9),
        "number": lambda: chance.randint(4_002, 5_001),
        "middle": lambda: middle,
        "category": lambda: chance.choice(("DRUG", "DIG", "UNK")),
        "team": lambda: chance.randint(1, 20),
        "officer": lambda: chance.randint(3, 1_002),
        "store": lambda: 1 + 13 * chance.randrange(18),
    }


def asking(plan: Plan, chance: Random, which: str) -> Iterator[tuple[str, Address]]:
    """What is asked for, and where."""
    drawn = draws(plan, chance)
    for name, address in ASKED[which].items():
        fields = [field for _text, field, _spec, _form in Formatter().parse(address) if field]
        yield name, partial(_filled, address, {field: drawn[field] for field in fields})


def _filled(address: str, drawn: dict[str, Callable[[], object]]) -> str:
    return address.format(**{name: draw() for name, draw in drawn.items()})


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
        figures = {name: timed(client, address) for name, address in asking(plan, chance, which)}
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
