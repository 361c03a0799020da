"""Whether everything that must run does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ..domain.people import Action, Person, may, require
from ..domain.show import day_and_time, how_long, size_of
from . import backup, deadlines, ledger
from .context import Services
from .ledger import LedgerFacts
from .ports import Work

STALE = timedelta(minutes=5)
# The clock of this machine and that of another that writes here may differ by so much without harm.
SKEW: Final = timedelta(minutes=1)
# A backup this many times older than wanted is red.
TOO_OLD: Final = 3
# A disk is amber and red with less room than either: a share of it, and bytes.
AMBER_SHARE, AMBER_BYTES = 0.1, 5 * 10**9
RED_SHARE, RED_BYTES = 0.02, 10**9


class State(StrEnum):
    """How it is: well; to be looked at soon; wrong now."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Check:
    """One part, how it is, and what it says."""

    name: str
    state: State
    says: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.state is not State.RED


def stopped(ran_at: datetime | None, now: datetime) -> bool:
    """Whether the alert job has not run for longer than it may, so that nobody is told of anything."""
    return ran_at is None or now - ran_at >= STALE


def alerts_stopped(services: Services, by: Person) -> str:
    """What a page tells somebody who may see the board when the alert job has stopped; empty while it runs.

    Asked on every page: it reads the few rows of the heartbeats and nothing else.
    """
    if not may(by, Action.SEE_BOARD):
        return ""
    with services.store.read() as work:
        beat = work.alerts.heartbeats().get("alerts")
    if not stopped(beat[0] if beat else None, services.clock.now()):
        return ""
    since = f"has not run since {day_and_time(beat[0])}" if beat else "has never run"
    return f"The alert job {since}, so nobody is told of what falls due. Ask an administrator to start it."


def page(services: Services, by: Person) -> list[Check]:
    """The same for a page; what is red first, then what is amber. Raises NoRight."""
    require(by, Action.SEE_HEALTH)
    return sorted(look(services), key=lambda check: -list(State).index(check.state))


def look(services: Services) -> list[Check]:
    """Look at the database, the disks, the ledger, the jobs, the outbox, the backups and the clock."""
    with services.store.read() as work:
        return list(_looked_at(services, work))


def pages(services: Services) -> Check:
    """Whether every page of the database can be read as what it was written, and each index fits its table: minutes
    in a big force. Amber where damage might not have been noticed."""
    read = services.machine.pages()
    state = State.RED if read.damaged else State.AMBER if read.unseen else State.GREEN
    return Check("pages", state, " ".join((*read.damaged, *read.unseen)) or "all can be read, indexes too")


def worst(checks: list[Check]) -> State:
    """The state of all of it."""
    return max((check.state for check in checks), key=list(State).index, default=State.GREEN)


def _looked_at(services: Services, work: Work) -> Iterator[Check]:
    now = services.clock.now()
    beats = work.alerts.heartbeats()
    yield Check("database", State.GREEN, f"{work.ledger.size():,} entries in the ledger")
    yield from _version(services)
    yield from _disks(services)
    kept = ledger.look(services, work)
    yield _ledger(kept)
    if kept.outside is not None:
        well, says = kept.outside
        yield Check("outside", State.GREEN if well else State.RED, says)
    behind = deadlines.standing(work, work.policies.current(now))
    if behind is not None:
        yield Check("deadlines", State.RED, f"{behind}; the worker goes on with it")
    yield _alerts(beats.get("alerts"), now)
    yield _outbox(services, work)
    if services.limits.backup_age:
        yield _backup(beats.get(backup.JOB), services.limits.backup_age, now)
    yield _clock(kept, beats, now)


def _version(services: Services) -> Iterator[Check]:
    found = services.machine.version()
    if not found.program:
        return
    says = f"{found.program} on {found.database}, tables of {found.tables}"
    if found.tables == found.wanted:
        yield Check("version", State.GREEN, says)
    else:
        yield Check("version", State.AMBER, f"{says}; this version wants {found.wanted}: restart every process")


def _disks(services: Services) -> Iterator[Check]:
    for disk in services.machine.disks():
        if disk.total and not disk.writable:
            says = "cannot be written: it is read-only, or the folder is another account's"
            yield Check(f"disk: {disk.called}", State.RED, says)
            continue
        if disk.free < max(RED_BYTES, disk.total * RED_SHARE):
            state = State.RED
        elif disk.free < max(AMBER_BYTES, disk.total * AMBER_SHARE):
            state = State.AMBER
        else:
            state = State.GREEN
        says = f"{size_of(disk.free)} of {size_of(disk.total)} free"
        yield Check(f"disk: {disk.called}", state, says if disk.total else "the folder is not there")


def _ledger(kept: LedgerFacts) -> Check:
    well, says = ledger.well(kept)
    waits = kept.entries - kept.in_tree
    if not well:
        return Check("ledger", State.RED, says)
    if waits:
        says += f"; {waits:,} entries wait to enter the tree"
    signed = kept.checkpoint.at if kept.checkpoint else None
    if kept.unsigned and signed is not None and kept.now - signed > ledger.WAITS_TOO_LONG:
        late = how_long((kept.now - signed).total_seconds())
        return Check("ledger", State.AMBER, f"{says}; {kept.unsigned:,} entries came since it was signed {late} ago")
    # Somebody outside has to hold a checkpoint, or whoever holds the machine can write another history.
    return Check("ledger", State.AMBER if kept.entries and kept.anchor is None else State.GREEN, says)


def _alerts(beat: tuple[datetime, str] | None, now: datetime) -> Check:
    if beat is None:
        return Check("alerts", State.RED, "the job has never run; start `exhibits serve` or `exhibits worker`")
    says = f"ran {how_long((now - beat[0]).total_seconds())} ago, at {day_and_time(beat[0])}: {beat[1]}"
    return Check("alerts", State.RED if stopped(beat[0], now) else State.GREEN, says)


def _outbox(services: Services, work: Work) -> Check:
    outbox = work.alerts.outbox()
    sending = "a mail server is set" if services.mailer.active else "no mail server is set: nothing is sent"
    waiting, dead = outbox.get("waiting", 0), outbox.get("dead", 0)
    look_there = " (see *Messages not sent*, where each can be tried again)" if dead else ""
    says = f"{sending}; {waiting:,} waiting, {dead:,} given up{look_there}"
    if dead:
        return Check("outbox", State.RED, says)
    nowhere = waiting and not (services.mailer.active or services.webhook.active)
    return Check("outbox", State.AMBER if nowhere else State.GREEN, says)


def _backup(beat: tuple[datetime, str] | None, wanted: timedelta, now: datetime) -> Check:
    if beat is None:
        return Check("backup", State.AMBER, "none was ever made here; run `exhibits backup`")
    age = now - beat[0]
    says = f"made {how_long(age.total_seconds())} ago: {beat[1]}"
    if age > TOO_OLD * wanted:
        return Check("backup", State.RED, says)
    return Check("backup", State.AMBER if age > wanted or backup.LACKS in beat[1] else State.GREEN, says)


def _clock(kept: LedgerFacts, beats: dict[str, tuple[datetime, str]], now: datetime) -> Check:
    """Nothing was recorded in the future, or this machine's clock is behind."""
    newest = max([at for at, _ in beats.values()] + ([kept.checkpoint.at] if kept.checkpoint else []), default=now)
    if newest - now > SKEW:
        behind = how_long((newest - now).total_seconds())
        return Check("clock", State.RED, f"{behind} behind what is on record; set it, or see who runs ahead")
    return Check("clock", State.GREEN, f"{day_and_time(now)}, not behind what is on record")
