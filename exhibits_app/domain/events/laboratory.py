"""Events of what a laboratory says: its result for an item, and that somebody has seen that nothing is left of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class ResultRecorded(Body):
    """The result of an examination, from the report of that number and date (OUTCOME_NAMES).

    It is a laboratory's, or that of an examiner or unit, named in words; `note` says what was found, or why nothing was
    examined.
    """

    KIND: ClassVar[str] = "result"
    report: str
    outcome: str
    reported_at: datetime
    note: str | None = None
    laboratory: PlaceRef | None = None
    examiner: str | None = None

    @property
    def source(self) -> str:
        """Whose result it is, in words."""
        laboratory = self.laboratory.name if self.laboratory else None
        return ", ".join(one for one in (laboratory, self.examiner) if one)


@dataclass(frozen=True, slots=True)
class EndSeen(Body):
    """A named person has seen that the item was used up in examination."""

    KIND: ClassVar[str] = "see_end"
    note: str | None = None
