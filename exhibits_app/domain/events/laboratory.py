"""Events of what a laboratory says: its result for an item, and that somebody has seen that nothing is left of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class ResultRecorded(Body):
    """A laboratory's result for the item, from its report of that number and date (OUTCOME_NAMES).

    `note` says what was found, or why nothing was examined.
    """

    KIND: ClassVar[str] = "result"
    laboratory: PlaceRef
    report: str
    outcome: str
    reported_at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True)
class EndSeen(Body):
    """A named person has seen that the item was used up in examination."""

    KIND: ClassVar[str] = "see_end"
    note: str | None = None
