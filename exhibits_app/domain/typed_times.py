"""Dates and times as people type them, on a London clock."""

import re
from datetime import UTC, datetime

from .show import LONDON, london

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2}|[a-z]{3,9})[/. -](?P<year>\d{4})"
_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
_DAYS = [re.compile(day) for day in (_DAY, _ISO_DAY)]
_MOMENTS = [
    re.compile(pattern.format(day=day, time=_TIME))
    for day in (_DAY, _ISO_DAY)
    for pattern in (r"{day}[ t]{time}", r"{time} {day}")
]


def moment(text: str | None) -> datetime | None:
    """The instant of a typed date and time ("21/11/2026 14:30", "14:30 on 21 November 2026"), None if unreadable.

    In the hour that comes twice in autumn the earlier is meant, for clocks that start then run out the earlier; a
    time that the change in spring leaves out is unreadable.
    """
    return _first(_MOMENTS, text)


def start_of_day(text: str | None) -> datetime | None:
    """The instant at which a typed date ("28/11/2026", "28 November 2026") begins in London; None if unreadable."""
    return _first(_DAYS, text)


def typed_moment(at: datetime) -> str:
    """An instant as one would type it: "21/11/2026 14:30"."""
    return f"{london(at):%d/%m/%Y %H:%M}"


def _first(patterns: list[re.Pattern[str]], text: str | None) -> datetime | None:
    clean = " ".join(word for word in (text or "").lower().replace(",", " ").split() if word not in {"at", "on"})
    for pattern in patterns:
        match = pattern.fullmatch(clean)
        if match:
            return _instant(match.groupdict())
    return None


def _instant(parts: dict[str, str]) -> datetime | None:
    month = _month(parts["month"])
    try:
        naive = datetime(  # noqa: DTZ001  # The zone is put on below, after the date is known to exist.
            int(parts["year"]), month, int(parts["day"]), int(parts.get("hour", 0)), int(parts.get("minute", 0))
        )
    except ValueError:
        return None
    at = naive.replace(tzinfo=LONDON).astimezone(UTC)
    return at if london(at).replace(tzinfo=None) == naive else None


def _month(text: str) -> int:
    """Its number; 0, which no calendar has, for what is no month."""
    if text.isdigit():
        return int(text)
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0
