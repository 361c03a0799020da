"""Recommendations that nobody answered: all of them, the longest waiting first, whatever else is owed."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.exhibit import Recommendation
from ..domain.people import Action, Person, require
from . import board
from .context import Services
from .ports import ItemLine


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation, and when its answer is due."""

    recommendation: Recommendation
    due: datetime


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
    with services.store.read() as work:
        policy = work.policies.current(now)
        found = work.items.advised(board.within_scope(by, wanted), after, limit + 1)
        lines = [
            Line(
                board.row(work, by, one.item),
                tuple(
                    Asked(asked, policy.due(asked.at, policy.limits.recommendation_days))
                    for asked in one.item.exhibit.open_recommendations
                ),
            )
            for one in found[:limit]
        ]
    last = found[limit - 1] if len(found) > limit else None
    return Unanswered(lines, (last.since, last.item.exhibit.register_no) if last else None, now)
