"""Forces of several sizes on either database for the benchmarks: made for one run, or kept where the settings say.

BENCH_SIZES: how many items, by commas. BENCH_FORCES: a folder in which SQLite instances are kept and found again.
BENCH_DATABASES: SQLite or PostgreSQL, for one alone.
BENCH_POSTGRESQL: the address of a server, without a database, in which databases are kept and found again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from exhibits_app.settings import Settings
from exhibits_app.store.database import SqlStore
from tests.support.machine import WITHOUT_POSTGRESQL, postgresql_programs
from tests.support.postgresql import running_cluster

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "max_connections": "150"}
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Made:
    """A force whose every exhibit is open: on which database, how large, and how to reach it."""

    database: str
    items: int
    settings: Settings


def sizes(*usual: int) -> tuple[int, ...]:
    """The sizes that were asked for, or the usual ones, in ascending order."""
    asked = os.environ.get("BENCH_SIZES", "")
    return tuple(sorted(int(one) for one in asked.split(","))) if asked else usual


@contextmanager
def forces(*items: int, durable: bool = False) -> Iterator[list[Made]]:
    """A force of each size on each database, made one after another. What is not to be kept is removed in the end.

    `durable`: a PostgreSQL that is started for it keeps every commit on the disk, as a force's does.
    """
    with ExitStack() as until:
        kept = os.environ.get("BENCH_FORCES")
        folder = Path(kept or until.enter_context(tempfile.TemporaryDirectory(prefix="exhibits-bench-")))
        wanted = os.environ.get("BENCH_DATABASES") or ",".join(DATABASES)
        addresses = {"SQLite": ""} if "SQLite" in wanted else {}
        if "PostgreSQL" in wanted:
            addresses |= _server(until, DURABLE if durable else {})
        yield [_made(database, addresses[database], folder, size) for database in addresses for size in items]


def _server(until: ExitStack, more: Mapping[str, str]) -> dict[str, str]:
    """The address of a PostgreSQL server; none where the machine has none."""
    if kept := os.environ.get("BENCH_POSTGRESQL"):
        return {"PostgreSQL": kept}
    programs = postgresql_programs()
    if programs is None:
        print(f"PostgreSQL is left out: {WITHOUT_POSTGRESQL}.")
        return {}
    return {"PostgreSQL": until.enter_context(running_cluster(programs, more)).url()}


def _made(database: str, server: str, folder: Path, items: int) -> Made:
    """The force, made unless it is there."""
    url = str(make_url(server).set(database=f"force_{items}").render_as_string(hide_password=False)) if server else ""
    settings = Settings(
        instance=folder / f"{database.lower()}-{items}",
        database_url=url,
        secret_key="benchmark",  # noqa: S106 - of an invented force
        jobs=False,
    )
    if not settings.signing_key.exists():  # The last thing that is made.
        if server:
            _create(server, f"force_{items}")
        command = [sys.executable, "-m", "benchmarks.force", "--items", str(items), "--open", "1"]
        where = ["--instance", str(settings.instance), *(["--database", url] if url else [])]
        subprocess.run([*command, *where], check=True)
    store = SqlStore(settings.address)
    store.migrate()  # One that was kept may have been made by an earlier version.
    store.close()
    return Made(database, items, settings)


def _create(server: str, name: str) -> None:
    address = make_url(server).set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # a name of our own making
