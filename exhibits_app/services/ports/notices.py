"""When the alert job looks at which item next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.clocked import Clocked


@dataclass(frozen=True, slots=True)
class Noticed:
    """An item that is to be looked at: since when, and how many entries it had."""

    exhibit: Clocked
    at: datetime
    seq: int


class Notices(Protocol):
    """Every change of an item sets when the first stage of its escalation comes; the job moves it on from there.

    An acknowledgement, another team or officer of its case, and somebody's leaving have it looked at in the next round.
    """

    def due(self, at: datetime) -> Sequence[int]:
        """The numbers of all items to be looked at by that moment, ascending; eight bytes of memory each."""

    def look(self, register_nos: Sequence[int], at: datetime) -> list[Noticed]:
        """Those of these items that are still to be looked at by that moment, ascending."""

    def clocked(self, register_nos: Sequence[int]) -> dict[int, Clocked]:
        """These items by their numbers, so much of them as the clocks look at."""

    def move_on(self, looked: Sequence[tuple[Noticed, datetime | None]]) -> None:
        """Look at these again then, or not before they change; not at one that was changed or set anew meanwhile."""
