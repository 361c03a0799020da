"""Events of legacy stock: an item came over from a previous system, and a day was set on which it is graded in."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class Imported(Body):
    """The item came over from a previous system (`issuer`), where its number was `number`.

    `place` is where that system had it, for a store that took it in; nobody has seen it there yet. `officer` is who
    seized it as written there, where that is nobody known here, `note` whatever else it said, a line each. Its time
    limits count from `grade_on` on, unless a plan sets another day.
    """

    KIND: ClassVar[str] = "import"
    issuer: str
    number: str
    grade_on: datetime
    place: PlaceRef | None = None
    officer: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GradingPlanned(Body):
    """Somebody decided on which day an item of legacy stock is graded in: its time limits count from then on."""

    KIND: ClassVar[str] = "plan_grading"
    plan: int
    grade_on: datetime
