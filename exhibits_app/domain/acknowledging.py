"""Acknowledging a deadline: somebody knows of it and says why it waits, for a while. It decides nothing.

The clock runs on, the item stays on the board, and an inspector is still told.
"""

from dataclasses import dataclass
from datetime import datetime

from .clocks import Clock, ClockKind
from .escalation import ALWAYS_TOLD, Stage

# How long an acknowledgement may last, in days: our own starting value, force policy and not law.
MOST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a person knows of one running clock of one item. `number` counts those of the same clock, from 1."""

    register_no: int
    clock: ClockKind
    due: datetime
    number: int
    by: int
    at: datetime
    until: datetime
    reason: str

    def holds(self, now: datetime) -> bool:
        """Whether it has not ended."""
        return now < self.until

    def is_of(self, clock: Clock) -> bool:
        """Whether it is about this clock; one whose deadline was moved since is another."""
        return (self.clock, self.due) == (clock.kind, clock.due)


def held_back(stage: Stage, latest: Acknowledgement | None, now: datetime) -> bool:
    """Whether the people of this stage are not told, because somebody acknowledged the clock."""
    return latest is not None and latest.holds(now) and ALWAYS_TOLD not in stage.tells


def ended(latest: Acknowledgement | None, now: datetime) -> int:
    """How many acknowledgements of the clock have ended: after each, the people of the stage are told once more."""
    if latest is None:
        return 0
    return latest.number - 1 if latest.holds(now) else latest.number
