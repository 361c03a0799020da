"""Grading in: bringing legacy stock onto the board in portions, the gravest category and the oldest first.

A plan is a decision by a named person. It sets for each item the day from which its time limits count, and exempts
nothing: each item has such a day from its import on.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .errors import GradingInThePast, GradingTooLate, GradingTooSlow
from .policy import Policy
from .show import LONDON, london

# Without a plan everything that was imported is graded in at once after so many days (force policy, not law).
UNPLANNED_DAYS = 28
# A plan begins within so many days and ends within so many weeks (force policy, not law).
LATEST_BEGIN_DAYS = 28
MOST_WEEKS = 104
MOST_A_WEEK = 100_000


@dataclass(frozen=True, slots=True)
class GradingPlan:
    """How the legacy stock of one team (None: of none) is graded in: so many a week from `starts` on.

    `categories` is their order. `done` counts the items that were given their day, `cursor` is the last of them: the
    category's place in the order, when it was seized, its register number.
    """

    number: int
    team: int | None
    per_week: int
    starts: datetime
    reason: str
    made_by: int
    made_at: datetime
    categories: tuple[str, ...]
    done: int = 0
    cursor: tuple[int, int, int] = (0, -(2**62), 0)
    finished: bool = False

    def day_of(self, position: int) -> datetime:
        """From when the time limits of the item at this position, counted from 0, count."""
        return later(self.starts, position // self.per_week)


def later(starts: datetime, weeks: int) -> datetime:
    """The same time of day in London so many weeks on."""
    return (london(starts).replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=LONDON).astimezone(UTC)


def portions(items: int, per_week: int) -> int:
    """How many weeks it takes."""
    return -(-items // per_week)


def gravest_first(policy: Policy) -> tuple[str, ...]:
    """Every category, what is decided soonest first."""

    def strictness(category: str) -> tuple[int, int, str]:
        rule = policy.rules[category]
        return (rule.decide_days or 10_000, rule.submit_days or rule.review_days or 10_000, category)

    return tuple(sorted(policy.rules, key=strictness))


def check(starts: datetime, now: datetime, items: int, per_week: int) -> None:
    """Raise GradingInThePast, GradingTooLate, or GradingTooSlow for a plan that would exempt what comes last."""
    if starts < now:
        raise GradingInThePast("starts")
    if starts > now + timedelta(days=LATEST_BEGIN_DAYS):
        raise GradingTooLate("starts", LATEST_BEGIN_DAYS)
    if portions(items, per_week) > MOST_WEEKS:
        raise GradingTooSlow("per_week", items, MOST_WEEKS, -(-items // MOST_WEEKS))
