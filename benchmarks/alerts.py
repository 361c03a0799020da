"""Rounds of the alert job over open exhibits: the first, which looks at all of them, and those that come after."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.force.plan import NOW
from benchmarks.forces import Made, forces, sizes
from benchmarks.pages import memory
from exhibits_app.bootstrap import build_services
from exhibits_app.clock import FixedClock
from exhibits_app.services import alerts
from exhibits_app.settings import Settings

# Rounds one after another: all that is overdue, nothing new, what came due in a quarter of an hour.
ROUNDS = (("the first", timedelta()), ("nothing new", timedelta()), ("after 15 minutes", timedelta(minutes=15)))


def run() -> None:
    """At 10,000 and 100,000 open exhibits, or at BENCH_SIZES."""
    _compare(sizes(10_000, 100_000))


def soak() -> None:
    """At a million."""
    _compare(sizes(1_000_000))


def _compare(items: tuple[int, ...]) -> None:
    print(f"{'':<42}{'seconds':>9}{'CPU':>9}{'looked at':>12}{'raised':>12}{'MB':>7}")
    with forces(*items) as made:
        for one in made:
            _apart(one)


def _apart(one: Made) -> None:
    """A force that is kept has its first round once; later it has nothing to raise."""
    command = [sys.executable, "-m", "benchmarks.alerts", str(one.settings.instance), one.settings.database_url]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in (one for one in said.splitlines() if one.startswith("[")):  # The log writes there too.
        name, seconds, cpu, looked, raised, held = json.loads(line)
        where = f"{one.database}, {one.items:,}, {name}"
        print(f"{where:<42}{seconds:>9.2f}{cpu:>9.2f}{looked:>12,}{raised:>12,}{held:>7.0f}", flush=True)


def main(instance: str, url: str) -> None:
    """In a process of its own: a line of JSON for each round."""
    settings = Settings(instance=Path(instance), database_url=url, secret_key="benchmark", jobs=False)  # noqa: S106
    services = build_services(settings)
    for name, later in ROUNDS:
        begun, used = time.perf_counter(), time.process_time()
        outcome = alerts.run(replace(services, clock=FixedClock(NOW + later)))
        taken = time.perf_counter() - begun, time.process_time() - used
        print(json.dumps([name, *taken, outcome.looked_at, outcome.raised, memory()["most"]]), flush=True)
    services.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
