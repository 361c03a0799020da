"""Legacy stock that is still to be graded in, and the plans for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.exhibit import Alias
from ...domain.grading import GradingPlan


@dataclass(frozen=True, slots=True)
class Waiting:
    """Legacy stock of one team (None: of none) that is not graded in yet.

    `unplanned` are those that no plan gave a day; `next_on` is when the next are graded in.
    """

    team: int | None
    items: int
    unplanned: int
    next_on: datetime


@dataclass(frozen=True, slots=True)
class LegacyStock:
    """What the board says of legacy stock: how many are not graded in yet, and when how many of them are next.

    Counted to 10,000 and no further.
    """

    items: int
    next_on: datetime | None = None
    next_items: int = 0


class Gradings(Protocol):
    """Plans, and the items that they are about."""

    def add(self, plan: GradingPlan) -> GradingPlan:
        """Keep a new plan and give it its number."""

    def advance(self, plan: GradingPlan) -> None:
        """Keep how far the plan is carried out."""

    def unfinished(self) -> GradingPlan | None:
        """The oldest plan that is not carried out yet; from now on nobody else advances one until this work ends."""

    def all(self, limit: int = 100) -> list[GradingPlan]:
        """Plans, the newest first."""

    def waiting(self, now: datetime) -> list[Waiting]:
        """What is not graded in yet, team by team."""

    def stock(self, team: int | None, now: datetime) -> LegacyStock:
        """What is not graded in yet, of one team or, with None, of the whole force."""

    def next_items(self, plan: GradingPlan, now: datetime, limit: int) -> list[tuple[int, tuple[int, int, int]]]:
        """The items after the plan's cursor that it is to give their day, in its order, each with its own cursor.

        What has come onto the board by now, or has its day from a later plan, is not among them.
        """

    def of_legacy(self, numbers: Iterable[Alias]) -> dict[Alias, int]:
        """The register numbers of those that are on the register already."""
