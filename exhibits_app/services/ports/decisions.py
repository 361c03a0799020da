"""Decisions that were made, kept beside the ledger for reports of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from ...domain.made import DecisionMade


class Sort(StrEnum):
    """A sort of decisions; the value stands in addresses."""

    ALL = "all"
    COST = "cost"
    NOT_SUBMITTED = "not_submitted"
    AGAINST = "against"
    DEFERRED = "deferred"
    LATE = "late"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Which decisions are asked for; None where nothing is narrowed.

    From `since` on and before `until`. `team` is the case's team when the decision was recorded, `by` who made it.
    """

    since: datetime
    until: datetime
    team: int | None = None
    by: int | None = None
    category: str | None = None
    sort: Sort = Sort.ALL


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

    def per_category(self, wanted: DecisionLine) -> list[tuple[str, int]]:
        """How many there are of each category of item, the most first."""

    def per_team(self, wanted: DecisionLine) -> list[tuple[int | None, int]]:
        """How many there are of each team, the most first; None for cases of no team."""

    def per_person(self, wanted: DecisionLine) -> list[tuple[int, int]]:
        """How many each person made, the most first."""

    def cost(self, wanted: DecisionLine) -> int:
        """What was estimated for them, in whole pounds together."""

    def by_person(self, wanted: DecisionLine) -> list[MadeBy]:
        """What each person decided, in the order of their numbers."""

    def first(self) -> datetime | None:
        """When the first decision was made; None while there is none."""
