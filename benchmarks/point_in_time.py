"""PostgreSQL goes back to any second by the administrators' guide, word for word, and the ledger says what it lacks.

The settings and commands are read from docs/administrators.md; only the folder, the addresses and the moment are ours.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import chown, copytree

from benchmarks.failover import Load, check, under_load, within
from benchmarks.fill import Filled, fill
from exhibits_app.bootstrap import build_services
from exhibits_app.services import ledger_keeper, ledger_replay
from exhibits_app.settings import Settings
from exhibits_app.store.mirror import FolderMirror
from tests.support.machine import postgresql_programs
from tests.support.postgresql import OWNER, run_as
from tests.support.project import ROOT
from tests.support.replication import Pair, Server, running_pair, wait_until

ITEMS = 24
ACTS, MANY = 20, 300
_GUIDE = ROOT / "docs" / "administrators.md"
_SETTINGS = re.compile(r"```\n(# postgresql\.conf\n.*?)```", re.DOTALL)
_COMMANDS = re.compile(r"`(pg_basebackup [^`]+)`.*?`(pg_verifybackup [^`]+)`", re.DOTALL)
_MOMENT = re.compile(r"(recovery_target_time = )'[^']*'\n")


def guide(archive: Path) -> tuple[str, str, tuple[str, str]]:
    """What the guide says to set for archiving and for going back, and its two commands, with this archive."""
    text = _GUIDE.read_text(encoding="utf-8").replace("/archive", str(archive))
    archiving, going_back = _SETTINGS.findall(text)
    commands = _COMMANDS.search(text)
    assert commands is not None, "the guide names no commands for the base backup"
    return archiving, going_back, (commands[1], commands[2])


def archiving(pair: Pair, settings: str) -> None:
    """The primary, started again with these settings."""
    pair.primary.stop()
    with (pair.primary.data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(settings)
    pair.primary.start()


def base_backup(pair: Pair, commands: tuple[str, str], archive: Path) -> Path:
    """What the guide's commands write, in a shell, as the cluster's owner."""
    where = f"PATH={pair.programs}:$PATH PGHOST=127.0.0.1 PGPORT={pair.primary.port} PGUSER={OWNER}"
    run_as(pair.user, "sh", "-c", f"export {where}; {commands[0]}")
    (made,) = (archive / "base").iterdir()
    run_as(pair.user, "sh", "-c", f"export {where}; {commands[1]} {made}")
    return made


def load(settings: Settings, filled: Filled, acts: int) -> Load:
    """So many acknowledged acts, signed and mirrored afterwards."""
    with within(settings) as clients, under_load(filled, clients) as (given, running):
        given.await_more(acts, running)
    services = build_services(settings)
    assert ledger_keeper.checkpoint(services) is not None
    services.store.close()
    return given


def archive_all(pair: Pair) -> None:
    """Everything that was written is in the archive."""
    ((newest,),) = pair.primary.say("SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(
        lambda: str(pair.primary.say("SELECT last_archived_wal FROM pg_stat_archiver")[0][0]) >= str(newest),
        "the log is archived",
    )


@contextmanager
def gone_back(pair: Pair, base: Path, going_back: str, moment: str | None) -> Iterator[str]:
    """A cluster that went back to this moment, or to the last that was archived; gives the address of its database."""
    data = pair.folder / f"back-{'to-a-moment' if moment else 'to-the-end'}"
    copytree(base, data)
    said = _MOMENT.sub(f"\\g<1>'{moment}'\n" if moment else "", going_back)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(said)
    (data / "recovery.signal").touch()
    for path in (data, *data.rglob("*")):
        if pair.user:
            chown(path, pair.user, pair.user)
    data.chmod(0o700)
    server = Server(pair.programs, data, pair.user)
    server.start()
    try:
        wait_until(lambda: server.say("SELECT pg_is_in_recovery()") == [(False,)], "the cluster takes changes")
        yield f"postgresql+psycopg://{OWNER}@127.0.0.1:{server.port}/force"
    finally:
        server.stop()


def to_the_end(settings: Settings, acknowledged: list[str]) -> str:
    """Everything is there, once."""
    services = build_services(settings)
    size = check(services, acknowledged)
    services.store.close()
    return f"to the end: {len(acknowledged)} acts acknowledged, none lost, none doubled; {size} entries verify"


def to_a_moment(settings: Settings, first: list[str], later: list[str]) -> str:
    """What came before is there and what came after is not; the ledger is read-only until the mirror gives it back."""
    services = build_services(settings)
    assert not ledger_keeper.start(services), "the ledger takes entries although it lacks what was signed"
    with services.store.read() as work:
        alarm = work.checkpoints.alarm()
        known = set(work.ledger.known_events([*first, *later]))
    assert alarm is not None
    assert "the database is older than" in alarm.says, alarm.says
    assert known == set(first), f"{len(set(first) - known)} lost, {len(known - set(first))} of later acts are there"
    assert settings.ledger_mirror is not None
    put_back = ledger_replay.replay(services, FolderMirror(settings.ledger_mirror), "a drill")
    size = check(services, [*first, *later])
    services.store.close()
    return (
        f"to a moment: {len(first)} acts of before are there, {len(later)} of after are not; read-only: {alarm.says}\n"
        f"  then from the mirror: {put_back.entries} entries put back, none lost, none doubled; {size} entries verify"
    )


def drill(acts: int) -> None:
    """Raises AssertionError when anything was lost, or was not said to be lacking."""
    programs = postgresql_programs()
    if programs is None:
        print("Not run: PostgreSQL's server programs are not on this machine.")
        return
    with ExitStack() as stack:
        pair = stack.enter_context(running_pair(programs))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exhibits-point-")))
        archive = pair.folder / "archive"
        for path in (archive, archive / "wal", archive / "base"):
            path.mkdir()
            if pair.user:
                chown(path, pair.user)
        settings, going_back, commands = guide(archive)
        archiving(pair, settings)
        pair.primary.say("CREATE DATABASE force")
        filled = fill(folder, ITEMS, days=0, url=pair.url("force"))
        filled.services.store.close()
        base = base_backup(pair, commands, archive)
        ours = Settings(instance=folder, database_url=pair.url("force"), ledger_mirror=folder / "mirror")
        first = load(ours, filled, acts)
        ((moment,),) = pair.primary.say("SELECT clock_timestamp()::text")
        time.sleep(0.2)  # What comes now is later than the moment, by the server's own clock.
        later = load(ours, filled, acts)
        archive_all(pair)
        pair.primary.kill()
        for said in (None, str(moment)):
            with gone_back(pair, base, going_back, said) as url:
                back = ours.model_copy(update={"database_url": url})
                if said is None:
                    print(to_the_end(back, first.acknowledged + later.acknowledged), flush=True)
                else:
                    print(to_a_moment(back, first.acknowledged, later.acknowledged), flush=True)


def soak() -> None:
    """One drill with more acts."""
    drill(MANY)


if __name__ == "__main__":
    os.environ.setdefault("EXHIBITS_SECRET_KEY", "point in time")
    drill(int(sys.argv[1]) if sys.argv[1:] else ACTS)
