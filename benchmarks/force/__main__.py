"""`python -m benchmarks.force --items N --instance FOLDER [--database URL]`: makes a force and tells what it took."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from benchmarks.force.load import AlreadyFilled, load
from benchmarks.force.plan import Plan
from exhibits_app.bootstrap import build_services
from exhibits_app.services import ledger_keeper
from exhibits_app.settings import Settings


def made(settings: Settings, plan: Plan, processes: int | None = None) -> None:
    """Make the force in the instance of these settings, with a bar, and tell what it took. Raises AlreadyFilled."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    columns = (TextColumn("{task.description:<60}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn()) as bar:
        task = bar.add_task("people and places", total=plan.items)
        load(
            settings.address,
            plan,
            lambda what, done: bar.update(task, description=what, advance=done),
            processes,
        )
    ledger_keeper.start(build_services(settings))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    largest = max(one.ru_maxrss for one in used) / 1024
    print(
        f"{plan.items:,} items with {plan.entries:,} entries in {time.monotonic() - begun:,.0f} s, "
        f"{cpu:,.0f} s of processor time here, {largest:,.0f} MB in the largest process"
    )


def main(arguments: list[str]) -> None:
    """Read the command line and make the force."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.force", description=__doc__)
    parser.add_argument(
        "--items", type=int, required=True, help="how many items; each has ten entries, the first 1,000"
    )
    parser.add_argument("--instance", type=Path, required=True, help="folder of the instance, made if it is not there")
    parser.add_argument("--database", default="", help="SQLAlchemy address; without it SQLite in the instance")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows (1)")
    parser.add_argument("--open", type=float, default=0.2, help="share of items that nobody decided about (0.2)")
    parser.add_argument("--processes", type=int, help="how many make items at once (one for each core)")
    given = parser.parse_args(arguments)
    settings = Settings(instance=given.instance, database_url=given.database, jobs=False)
    try:
        made(settings, Plan(given.items, given.seed, given.open), given.processes)
    except AlreadyFilled:
        sys.exit("There are items in this database already. Give the address of an empty one.")


if __name__ == "__main__":
    main(sys.argv[1:])
