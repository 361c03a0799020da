"""The force's policy on time: how long each kind of exhibit and each step of custody may take, version by version.

Every number here is the force's own and not law. A version is whole in itself, the days on which it does not count
included, so that what was overdue under it can be told for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from .cases import ITEM_CATEGORY_NAMES
from .errors import CategoryExempt, UnclassifiedExempt
from .escalation import CUSTODY_STAGES, STAGES, Stage, check_stages
from .show import LONDON, days_later, london

# A deadline of more than ten years is a slip of the finger; so is one of no days at all.
MOST_DAYS = 3_650


class DayCount(StrEnum):
    """Which days count towards a deadline given in days."""

    CALENDAR = "calendar"
    WORKING = "working"


DAY_COUNT_NAMES = {DayCount.CALENDAR: "Calendar days", DayCount.WORKING: "Working days"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Days from seizure for one category; None where that clock does not run."""

    decide_days: int | None = None
    submit_days: int | None = None
    review_days: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each step of custody may take. Hours are hours on end; days are counted as the policy counts them.

    All are our own starting values: no law or guidance sets them, a force does.
    """

    book_in_hours: int = 24
    transit_days: int = 7
    carrier_days: int = 2
    handover_hours: int = 24
    open_seal_hours: int = 12
    result_days: int = 28
    sighting_days: int = 90
    recommendation_days: int = 2
    lab_return_days: int = 14


LIMIT_NAMES = {
    "book_in_hours": "Seizure to first booking in, hours",
    "transit_days": "In a transit store, days",
    "carrier_days": "With a carrier, days",
    "handover_hours": "A handover waits to be accepted, hours",
    "open_seal_hours": "A seal stays open, hours",
    "result_days": "From submission, or the decision that others examine it, to the result, days",
    "sighting_days": "Between two scans of what is in store, days",
    "recommendation_days": "From a recommendation to its answer, days",
    "lab_return_days": "From the laboratory's report to the return of the item, days",
}

DEFAULT_RULES: dict[str, Rule] = {
    "TOX-D": Rule(1, 3),
    "SEX": Rule(2, 7),
    "DTH-DRUG": Rule(2, 5),
    "DTH-BED": Rule(3, 7),
    "DTH-DOC": Rule(3, 7),
    "DTH-DIG": Rule(2, 5),
    "BIO": Rule(3, 7),
    "BIO-V": Rule(5, 10),
    "FA": Rule(1, 3),
    "FIRE": Rule(2, 5),
    "GSR": Rule(2, 5),
    "RTA": Rule(1, 7),
    "DRUG": Rule(7, 14),
    "DOC": Rule(7, 14),
    "DIG": Rule(7, 28),
    "CCTV": Rule(3, 7),
    "KNF": Rule(3, 7),
    "VEH": Rule(2, 7),
    "CASH": Rule(2, None),
    "PM": Rule(1, 3),
    "NON": Rule(None, None, 28),
    "UNK": Rule(1, 7),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the force's time limits, in force from a moment on.

    `closed` are the days that do not count when working days are counted, besides Saturdays and Sundays: bank
    holidays and the force's own. `transit_stores` are the ids of the stores for a short hold. `stages` is the
    escalation of what asks for a decision, `custody_stages` that of the steps of custody.
    """

    version: int
    effective_from: datetime
    rules: Mapping[str, Rule]
    limits: Limits = field(default_factory=Limits)
    counts: DayCount = DayCount.CALENDAR
    closed: frozenset[date] = frozenset()
    transit_stores: frozenset[int] = frozenset()
    stages: tuple[Stage, ...] = STAGES
    custody_stages: tuple[Stage, ...] = CUSTODY_STAGES

    def rule(self, category: str) -> Rule:
        """The rule of a category; one that the table lacks is treated as unclassified: strict, never exempt."""
        return self.rules.get(category) or self.rules["UNK"]

    def due(self, start: datetime, days: int) -> datetime:
        """The same time of day in London so many days after, whichever way the clocks were put in between.

        With working days, on the so-manieth working day after the day of the start.
        """
        if self.counts is DayCount.CALENDAR:
            return days_later(start, days)
        local = london(start).replace(tzinfo=None)
        for _ in range(days):
            local = self._next_working(local)
        return local.replace(tzinfo=LONDON).astimezone(UTC)

    def latest_start(self, days: int, now: datetime, share: float = 1.0) -> datetime:
        """The latest start of which so much of a deadline of so many days is used at `now`, to the second."""
        low, high = now - timedelta(days=3 * days + 60) * max(share, 1.0), now
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) / 2
            reached = middle + (self.due(middle, days) - middle) * share
            low, high = (middle, high) if reached <= now else (low, middle)
        return low

    def _next_working(self, local: datetime) -> datetime:
        local += timedelta(days=1)
        while local.weekday() >= 5 or local.date() in self.closed:
            local += timedelta(days=1)
        return local


def check(policy: Policy) -> None:
    """Raise UnclassifiedExempt for a version under which leaving the category open would gain time.

    Raises CategoryExempt for one under which some exhibits wait for ever, and the refusals of domain/escalation.py.
    """
    unclassified = policy.rules["UNK"]
    if unclassified.decide_days is None or unclassified.submit_days is None:
        raise UnclassifiedExempt("rules-UNK-decide_days")
    for category, rule in policy.rules.items():
        if rule == Rule():
            raise CategoryExempt(f"rules-{category}-decide_days", ITEM_CATEGORY_NAMES.get(category, category))
    check_stages("decision", policy.stages)
    check_stages("custody", policy.custody_stages)
