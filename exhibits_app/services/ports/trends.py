"""What is counted beforehand, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

# What the ageing is told by, beside the team.
CATEGORY, STORE, OIC = "category", "store", "oic"


@dataclass(frozen=True, slots=True)
class Share:
    """How many decisions of a team (0: of no team) are overdue, by span of the ageing chart.

    `sort` is CATEGORY, STORE or OIC, and `value` which one: a code or a number, "" where there is none.
    """

    team: int
    sort: str
    value: str
    spans: tuple[int, ...]


class Trends(Protocol):
    """How many decisions were overdue on each day, and how long they are overdue now, by whom and where."""

    def keep(self, day: date, at: datetime) -> bool:
        """Count what is overdue at this moment and keep it as the day's; False when the day is kept already.

        Counted once, within one index. Of several callers at once one keeps it.
        """

    def since(self, day: date, team: int | None) -> dict[date, int]:
        """The days from this one on, of a team or of the whole force; a day on which nobody counted is not there."""

    def count_shares(self, at: datetime, edges: Sequence[datetime]) -> list[Share]:
        """How many are overdue at this moment in each span back from it, between the descending edges and before.

        Counted within one index, all of it: for a job and not for a page.
        """

    def keep_shares(self, shares: Sequence[Share], at: datetime) -> bool:
        """Keep these, counted at this moment, in place of those before; False when later ones are kept."""

    def shares(self, sort: str, team: int | None) -> list[Share]:
        """Those kept, of a team or of the whole force (a share for each team)."""

    def shares_at(self) -> datetime | None:
        """When they were counted; None when they never were."""
