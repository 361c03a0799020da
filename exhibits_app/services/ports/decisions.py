"""Decisions that were made, kept beside the ledger for reports of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.made import DecisionMade


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Which decisions are asked for; None and False where nothing is narrowed.

    From `since` on and before `until`. `team` is the case's team when the decision was recorded, `by` who made it.
    """

    since: datetime
    until: datetime
    team: int | None = None
    by: int | None = None
    category: str | None = None
    cost: bool = False
    not_submitted: bool = False
    against: bool = False
    deferred: bool = False
    late: bool = False
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision with the team that its case was of when it was recorded."""

    made: DecisionMade
    team: int | None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What one person decided in a time: facts to look up, and no measure of anybody."""

    person: int
    decisions: int
    not_submitted: int
    against: int
    deferred: int
    late: int
    reopened: int


class Decisions(Protocol):
    """Every decision that stands, one row for each."""

    def keep(self, register_no: int, made: Sequence[DecisionMade]) -> None:
        """These are the decisions about the item. One that was kept keeps its team; a new one gets its case's."""

    def of_item(self, register_no: int) -> list[DecisionMade]:
        """The decisions kept about the item, by their events' ids."""

    def page(
        self, wanted: DecisionLine, after: tuple[datetime, str] | None = None, limit: int = 50
    ) -> list[KeptDecision]:
        """Decisions in the order they were made, those after `after` (when, event's id)."""

    def counts(self, wanted: DecisionLine, by: str) -> list[tuple[object, int]]:
        """How many there are for each value of `by` (category, team or person), the most first."""

    def by_person(self, wanted: DecisionLine) -> list[MadeBy]:
        """What each person decided, in the order of their numbers."""

    def first(self) -> datetime | None:
        """When the first decision was made; None while there is none."""
