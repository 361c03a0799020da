"""When somebody is told: at once, or in one message a day. All of it is force policy and not law."""

from datetime import datetime, timedelta

from .cases import DEATHS, Case, CaseCategory
from .clocked import Clocked
from .clocks import ClockKind
from .show import LONDON, london

# The hour of the day, in London, from which the day's digest goes.
DIGEST_HOUR = 7
# Nobody waits until the morning to be told that one of these is overdue, or of anything about one of these grades.
LATE = frozenset({"overdue", "long-overdue"})
CASES_AT_ONCE = DEATHS | {CaseCategory.SEXUAL}
ITEMS_AT_ONCE = frozenset({"FA"})
GRADES_AT_ONCE = frozenset({"F1"})
CLOCKS_AT_ONCE = frozenset({ClockKind.RECOMMENDATION})


def at_once(exhibit: Clocked, case: Case, clock: ClockKind, stage: str) -> bool:
    """Whether this stage of the clock is told without waiting for the day's digest."""
    grave = case.category in CASES_AT_ONCE or exhibit.category in ITEMS_AT_ONCE or clock in CLOCKS_AT_ONCE
    return exhibit.grade in GRADES_AT_ONCE or (grave and stage in LATE)


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether a digest is to go: none has gone since the latest DIGEST_HOUR. One that was missed goes late."""
    local = london(now).replace(tzinfo=None)
    latest = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if local < latest:
        latest -= timedelta(days=1)
    return last is None or last < latest.replace(tzinfo=LONDON)
