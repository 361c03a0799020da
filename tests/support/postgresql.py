"""A real PostgreSQL cluster of our own, in a temporary folder, on a free loopback port, for one test run."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import MappingProxyType

import psycopg
from psycopg import sql

OWNER = "exhibits"
INITDB = ["-U", OWNER, "-A", "trust", "-k", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
QUICK = {
    # The cluster lives for one test run: what makes it survive a power cut only costs time here.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}


@dataclass(slots=True)
class Cluster:
    """A running cluster; `url` values are what SQLAlchemy takes (postgresql+psycopg://...)."""

    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _templates: dict[str, str] = field(default_factory=dict)

    def url(self, database: str = "postgres") -> str:
        """The address of one database, for SQLAlchemy and for EXHIBITS_DATABASE_URL."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database as a copy of another one, which nobody may be using, and return its name."""
        name = f"test_{next(self._numbers)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database; raises psycopg.errors.ObjectInUse when the test left a connection open."""
        self._say("DROP DATABASE {}", name)

    def template(self, key: str) -> str | None:
        """The database remembered under this key, if any."""
        return self._templates.get(key)

    def remember_template(self, key: str, database: str) -> None:
        """Keep a prepared database, so that later ones are copied from it."""
        self._templates[key] = database

    def _say(self, command: str, *names: str) -> None:
        statement = sql.SQL(command).format(*map(sql.Identifier, names))
        address = self.url().replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_cluster(programs: Path, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Cluster]:
    """Start a new cluster with the server programs of this folder, and remove it afterwards. `more` are settings."""
    user = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="exhibits-postgresql-"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        run_as(user, programs / "initdb", "-D", data, *INITDB)
        port = start_server(user, programs, data, more)
        try:
            yield Cluster(port)
        finally:
            run_as(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def unprivileged_user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses root. None means as ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def start_server(user: str | None, programs: Path, data: Path, more: Mapping[str, str] = MappingProxyType({})) -> int:
    """Start on a free port; another process may take that port first, so try three. Gives the port."""
    failures: list[str] = []
    for _ in range(3):
        port = _free_port()
        options = " ".join(f"-c {name}='{value}'" for name, value in {**QUICK, **more, "port": str(port)}.items())
        try:
            run_as(user, programs / "pg_ctl", "-D", data, "-l", data / "log", "-o", options, "-w", "start")
        except subprocess.CalledProcessError as failure:
            failures.append(f"{failure.output}{(data / 'log').read_text()}")
        else:
            return port
    raise RuntimeError("PostgreSQL did not start:\n" + "\n".join(failures))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run_as(user: str | None, *command: str | Path) -> None:
    """Run a program as this user. Raises CalledProcessError with what it said."""
    subprocess.run(
        [str(part) for part in command],
        user=user, group=pwd.getpwnam(user).pw_gid if user else None, extra_groups=[] if user else None,
        cwd="/", check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
