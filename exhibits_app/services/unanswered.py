"""Recommendations that nobody answered: all of them, the longest waiting first, whatever else is owed."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.clocks import ClockKind
from ..domain.exhibit import Recommendation
from ..domain.people import Action, Person, require
from ..domain.policy import Policy
from . import board
from .acknowledging import Shown
from .context import Services
from .ports import ItemLine, ListedItem


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation, when its answer is due, and the acknowledgement of that while it holds."""

    recommendation: Recommendation
    due: datetime
    acknowledged: Shown | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its open recommendations, in the order they were made."""

    row: board.Row
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A page of the list; `next_after` is where the next one begins."""

    lines: list[Line]
    next_after: tuple[datetime, int] | None
    now: datetime


def page(
    services: Services, by: Person, wanted: ItemLine, after: tuple[datetime, int] | None = None, limit: int = 50
) -> Unanswered:
    """A page of what was recommended and not answered, within what this person may see of the board. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    now = services.clock.now()
    with services.lists() as work:
        policy = work.policies.current(now)
        found = work.items.advised(board.within_scope(by, wanted), after, limit + 1)
        items = [one.item for one in found[:limit]]
        known = board.live(work, items, now)
        rows = board.rows_of(work, by, items, known)
    lines = [Line(row, _asked(row.item, policy, known)) for row in rows]
    last = found[limit - 1] if len(found) > limit else None
    return Unanswered(lines, (last.since, last.item.exhibit.register_no) if last else None, now)


def _asked(item: ListedItem, policy: Policy, known: board.Live) -> tuple[Asked, ...]:
    """The item's open recommendations, in the order they were made."""
    number, days = item.exhibit.register_no, policy.limits.recommendation_days
    asked = [(one, policy.due(one.at, days)) for one in item.exhibit.open_recommendations]
    return tuple(Asked(one, due, known.get((number, ClockKind.RECOMMENDATION.value, due))) for one, due in asked)
