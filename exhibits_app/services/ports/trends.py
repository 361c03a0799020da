"""What is counted once a day, and kept."""

from datetime import date, datetime
from typing import Protocol


class Trends(Protocol):
    """How many decisions were overdue on each day: of each team, and of the whole force."""

    def keep(self, day: date, at: datetime) -> bool:
        """Count what is overdue at this moment and keep it as the day's; False when the day is kept already.

        Counted once, within one index. Of several callers at once one keeps it.
        """

    def since(self, day: date, team: int | None) -> dict[date, int]:
        """The days from this one on, of a team or of the whole force; a day on which nobody counted is not there."""
