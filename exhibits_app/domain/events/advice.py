"""Events of advice: somebody recommends an examination, somebody answers, a grade is given, a decision is reopened."""

from dataclasses import dataclass
from typing import ClassVar

from ..people import PersonRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class Recommended(Body):
    """Somebody whose advice counts said that the item should be examined: an obligation with an owner.

    `role` is what the adviser is (ADVISER_NAMES), `adviser` who; `owner` is whoever must see that it is answered.
    """

    KIND: ClassVar[str] = "recommend"
    role: str
    adviser: str
    examination: str
    owner: PersonRef


@dataclass(frozen=True, slots=True)
class RecommendationAnswered(Body):
    """A named person answered a recommendation; `recommendation` is that event's id."""

    KIND: ClassVar[str] = "answer"
    recommendation: str
    answer: str


@dataclass(frozen=True, slots=True)
class Graded(Body):
    """The forensic grade of the item: its priority, or the purpose of its examination (GRADE_NAMES)."""

    KIND: ClassVar[str] = "grade"
    grade: str


@dataclass(frozen=True, slots=True)
class Reopened(Body):
    """A decision not to submit is to be made again; `cause` is what came to be known (CAUSE_NAMES)."""

    KIND: ClassVar[str] = "reopen"
    cause: str
    note: str | None = None
