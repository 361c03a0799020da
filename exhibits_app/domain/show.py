"""How times and numbers are shown to people: Europe/London, in words that cannot be misread."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def london(at: datetime) -> datetime:
    """The same instant on a London clock."""
    return at.astimezone(LONDON)


@lru_cache(maxsize=8_192)
def _ahead(utc_day: date) -> timedelta | None:
    """By how much London is ahead all that day of UTC; None on the days on which its clocks are put."""
    begun = datetime(utc_day.year, utc_day.month, utc_day.day, tzinfo=UTC)
    first, last = (london(begun + since).utcoffset() for since in (timedelta(), timedelta(hours=24)))
    return first if first == last else None


def days_later(at: datetime, days: int) -> datetime:
    """The same time of day in London so many days after `at`, in UTC, whichever way the clocks were put in between.

    A time that London skips is taken as its clocks stood before.
    """
    at = at if at.tzinfo is UTC else at.astimezone(UTC)
    later = at + timedelta(days=days)
    before, after = _ahead(at.date()), _ahead(later.date())
    if before is not None and after is not None:
        later += before - after
        if _ahead(later.date()) == after:
            return later
    local = london(at).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=LONDON).astimezone(UTC)


def day(at: datetime) -> str:
    """The London date, like "3 May 2026"."""
    local = london(at)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(at: datetime) -> str:
    """The London time of day, like "14:02"."""
    local = london(at)
    return f"{local.hour:02}:{local.minute:02}"


def day_and_time(at: datetime) -> str:
    """The London date and time, like "14:02 on 3 May 2026"."""
    return f"{clock(at)} on {day(at)}"


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds and Z, as the ledger and the API write times."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return f"{utc.isoformat(timespec='microseconds')[:-6]}Z"  # Without its +00:00.


def how_long(seconds: float) -> str:
    """A length of time in the largest sensible unit, like "3 days" or "2 hours"."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def size_of(size: int) -> str:
    """Bytes for people, in steps of a thousand: "12.3 MB"."""
    left = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if left < 1000:
            return f"{left:,.0f} {unit}" if unit == "bytes" else f"{left:,.1f} {unit}"
        left /= 1000
    return f"{left:,.1f} TB"
