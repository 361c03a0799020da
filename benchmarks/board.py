"""The overdue board, an item and a code at 2,000 items and at 200,000: what a hundred times the data costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from flask.testing import FlaskClient

from benchmarks.fill import SECRET, TOKEN, Filled, fill
from exhibits_app.bootstrap import create_app
from exhibits_app.services import board, exhibits
from exhibits_app.services.ports import ItemLine
from exhibits_app.web.security import SESSION_COOKIE

SIZES = (2_000, 200_000)
WITH_HISTORY = 2_000  # So many items have their entries in the ledger, at either size.
TIMES = 100
LONGEST = 5.0  # Seconds for one measurement; it stops early rather than outstay.

Times = dict[str, tuple[float, float]]


def timed(one: Callable[[], object]) -> tuple[float, float]:
    """The median and the 95th percentile in milliseconds."""
    for _ in range(3):
        one()
    taken: list[float] = []
    begun = time.perf_counter()
    while len(taken) < TIMES and (len(taken) < 10 or time.perf_counter() - begun < LONGEST):
        start = time.perf_counter()
        one()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def page(client: FlaskClient, address: str, **headers: str) -> None:
    """Fetch it. Raises RuntimeError unless it is there."""
    answer = client.get(address, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def measured(filled: Filled, items: int) -> Times:
    """Everything at one size."""
    chance = Random(26)
    services, by = filled.services, filled.supervisor
    app = create_app(services, filled.settings)
    step = max(1, items // WITH_HISTORY)
    bearer = f"Bearer {TOKEN}"

    def number() -> int:
        return step * chance.randrange(1, items // step)

    with app.test_client() as client:
        client.set_cookie(SESSION_COOKIE, SECRET)
        return {
            "overdue board, service": timed(lambda: board.overdue(services, by, ItemLine())),
            "overdue board, page": timed(lambda: page(client, "/board")),
            "overdue board, one category": timed(lambda: page(client, "/board?category=DRUG")),
            "item, service": timed(lambda: exhibits.see(services, by, number())),
            "item, page": timed(lambda: page(client, f"/items/{number()}")),
            "code, over the API": timed(
                lambda: page(client, f"/api/v1/codes/{chance.choice(filled.codes)}", Authorization=bearer)
            ),
        }


def at(items: int) -> Times:
    """Fill a new instance and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        filled = fill(Path(folder), items, recorded=max(1, items // WITH_HISTORY))
        size = sum(path.stat().st_size for path in Path(folder).glob("exhibits.db*")) / 1e6
        print(f"filled {items:,} items in {time.perf_counter() - begun:.0f} s, {size:,.0f} MB", flush=True)
        try:
            return measured(filled, items)
        finally:
            filled.services.store.close()


def run() -> None:
    """Print milliseconds, half and 95 % of the times under, at both sizes, and the ratio of the 95th percentiles."""
    small, large = (at(items) for items in SIZES)
    print(f"{'milliseconds':<30}{'2,000 p50':>10}{'p95':>8}{'200,000 p50':>13}{'p95':>8}{'p95 ratio':>11}")
    for name, (p50, p95) in small.items():
        more50, more95 = large[name]
        print(f"{name:<30}{p50:>10.1f}{p95:>8.1f}{more50:>13.1f}{more95:>8.1f}{more95 / p95:>11.2f}")


if __name__ == "__main__":
    run()
