"""What is out for examination: with a carrier or a laboratory, or used up there and not yet seen by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .items import ListedItem


@dataclass(frozen=True, slots=True)
class AwayLine:
    """How the list is narrowed; None where it is not. `lab` is the laboratory or the carrier that has the item.

    `category` is the item's, `kind_of_case` its case's; `forensic` where it stands, `overdue_at` when a step was due.
    """

    lab: int | None = None
    category: str | None = None
    kind_of_case: str | None = None
    forensic: str | None = None
    overdue_at: datetime | None = None
    team: int | None = None
    oic: int | None = None
    case: int | None = None
    store: int | None = None


@dataclass(frozen=True, slots=True)
class AwayAt:
    """What one laboratory or carrier has: how many, of these overdue, since when, not confirmed, and used up."""

    place: int
    count: int
    overdue: int
    since: datetime
    unconfirmed: int
    used_up: int


class Away(Protocol):
    """The items that are out for examination."""

    def page(
        self, wanted: AwayLine, after: tuple[datetime, int] | None = None, limit: int = 50
    ) -> Sequence[tuple[datetime, ListedItem]]:
        """Since when, and the item; those out the longest first, those after `after`. The deadline is of custody."""

    def places(self, wanted: AwayLine, now: datetime) -> list[AwayAt]:
        """What each place has of them; those with the most overdue first."""
