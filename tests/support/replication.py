"""A PostgreSQL primary with a standby that follows it commit by commit, to be killed and promoted."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import chown, rmtree

import psycopg

from tests.support.postgresql import INITDB, OWNER, run_as, start_server, unprivileged_user

PATIENCE = 60.0
# What is acknowledged is with the standby too. Neither flushes to the disk: a killed process loses nothing of it.
DURABLE = {"synchronous_commit": "on", "hot_standby": "on", "max_wal_senders": "8", "wal_level": "replica"}


@dataclass
class Server:
    """One server, running or not."""

    programs: Path
    data: Path
    user: str | None
    port: int = 0

    def start(self) -> None:
        """On a port of its own, the same one again when it had one."""
        self.port = start_server(self.user, self.programs, self.data, DURABLE)

    def say(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement in its maintenance database."""
        with psycopg.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname="postgres", autocommit=True) as told:
            cursor = told.execute(statement)  # type: ignore[call-overload]  # written in the tests alone
            return cursor.fetchall() if cursor.description else []

    def kill(self) -> None:
        """End the server and every process of it at once, as a power cut would."""
        postmaster = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue  # It ended by itself when the first was gone.
        wait_until(lambda: not Path(f"/proc/{postmaster}").exists(), "the killed server has gone")

    def promote(self) -> None:
        """Take changes from now on."""
        run_as(self.user, self.programs / "pg_ctl", "-D", self.data, "-w", "promote")

    def stop(self) -> None:
        """Unless it was killed."""
        try:
            run_as(self.user, self.programs / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        except subprocess.CalledProcessError:
            (self.data / "postmaster.pid").unlink(missing_ok=True)


@dataclass
class Pair:
    """A primary and a standby; `url` names both, and leads to the one that takes changes."""

    folder: Path
    user: str | None
    programs: Path
    primary: Server
    standby: Server | None = None
    _made: list[Server] = field(default_factory=list)

    def url(self, database: str) -> str:
        """What EXHIBITS_DATABASE_URL is set to."""
        servers = [one for one in (self.primary, self.standby) if one]
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in servers)
        return f"postgresql+psycopg://{OWNER}@/{database}?{hosts}&target_session_attrs=read-write&connect_timeout=3"

    def replica_url(self, database: str) -> str:
        """The standby alone."""
        assert self.standby is not None
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.standby.port}/{database}"

    def follow(self) -> None:
        """Make a standby of what the primary holds, and from then on acknowledge nothing that it has not got."""
        data = self.folder / f"standby-{len(self._made)}"
        run_as(
            self.user, self.programs / "pg_basebackup", "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync",
            "-h", "127.0.0.1", "-p", str(self.primary.port), "-U", OWNER,
        )  # fmt: skip
        self.standby = Server(self.programs, data, self.user)
        self.standby.start()
        self._made.append(self.standby)
        self.primary.say("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.say("SELECT pg_reload_conf()")
        wait_until(self._follows, "the standby follows")

    def fail_over(self) -> None:
        """Kill the primary and promote the standby."""
        assert self.standby is not None
        self.primary.kill()
        self.standby.promote()
        self.primary, self.standby = self.standby, None

    def stop(self) -> None:
        """Whatever still runs."""
        for server in self._made:
            server.stop()

    def _follows(self) -> bool:
        return self.primary.say("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'") != []


@contextmanager
def running_pair(programs: Path) -> Iterator[Pair]:
    """A primary; `follow` gives it a standby."""
    user = unprivileged_user()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="exhibits-replication-"))
        stack.callback(rmtree, folder)
        if user:
            chown(folder, user)
        primary = Server(programs, folder / "primary", user)
        run_as(user, programs / "initdb", "-D", primary.data, *INITDB)
        primary.start()
        pair = Pair(folder, user, programs, primary, _made=[primary])
        stack.callback(pair.stop)
        yield pair


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Ask again and again. Raises TimeoutError that says what did not happen."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain until {what}")
        time.sleep(0.02)
