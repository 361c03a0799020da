"""Whether everything that must run does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.people import Action, Person, may
from ..domain.show import day_and_time, how_long
from . import deadlines, ledger
from .context import Services

STALE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Check:
    """One part, whether it is well, and what it says."""

    name: str
    ok: bool
    says: str


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


def look(services: Services) -> list[Check]:
    """Look at the database, the ledger, the jobs and the outbox."""
    now = services.clock.now()
    with services.store.read() as work:
        size = work.ledger.size()
        beats = work.alerts.heartbeats()
        outbox = work.alerts.outbox()
        kept = ledger.look(services, work)
        behind = deadlines.standing(work, work.policies.current(now))
    checks = [Check("database", True, f"{size:,} entries in the ledger")]
    checks.append(Check("ledger", *ledger.well(kept)))
    if kept.outside is not None:
        checks.append(Check("outside", *kept.outside))
    if behind is not None:
        checks.append(Check("deadlines", False, f"{behind}; the worker goes on with it"))
    beat = beats.get("alerts")
    if beat is None:
        checks.append(Check("alerts", False, "the job has never run; start `exhibits serve` or `exhibits worker`"))
    else:
        age = now - beat[0]
        says = f"ran {how_long(age.total_seconds())} ago, at {day_and_time(beat[0])}: {beat[1]}"
        checks.append(Check("alerts", not stopped(beat[0], now), says))
    sending = "a mail server is set" if services.mailer.active else "no mail server is set: nothing is sent"
    waiting, dead = outbox.get("waiting", 0), outbox.get("dead", 0)
    look_there = " (see *Messages not sent*, where each can be tried again)" if dead else ""
    checks.append(Check("outbox", not dead, f"{sending}; {waiting:,} waiting, {dead:,} given up{look_there}"))
    return checks
