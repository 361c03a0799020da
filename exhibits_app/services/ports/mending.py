"""What waits to be put right: open discrepancies, and alarms about what devices sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .items import ListedItem

# A page ends at (at, register number, position), and the next one begins after it.
After = tuple[datetime, int, int]


@dataclass(frozen=True, slots=True)
class OpenDiscrepancy:
    """A discrepancy that nobody has settled, with its item."""

    register_no: int
    position: int
    event: str
    kind: str
    at: datetime
    seen: str
    recorded: str
    item: ListedItem


@dataclass(frozen=True, slots=True)
class DiscrepancyLine:
    """How the list of discrepancies is narrowed; None where it is not."""

    store: int | None = None
    team: int | None = None
    kind: str | None = None
    case: int | None = None


class Discrepancies(Protocol):
    """Every open discrepancy, kept with its item's row."""

    def page(self, wanted: DiscrepancyLine, after: After | None = None, limit: int = 50) -> list[OpenDiscrepancy]:
        """The longest open first, those after `after`."""

    def count(self, wanted: DiscrepancyLine, most: int) -> int:
        """How many there are, counted to `most` and no further."""


@dataclass(frozen=True, slots=True)
class ActAlarm:
    """Something that no honest device sends. `code` is the refusal's, `subject` the id that it was about."""

    id: int
    at: datetime
    code: str
    device: int
    subject: str
    sentence: str
    closed_at: datetime | None = None
    closed_by: int | None = None
    finding: str = ""


class ActAlarms(Protocol):
    """Alarms about what devices sent; none is ever removed."""

    def raise_new(self, at: datetime, code: str, device: int, subject: str, sentence: str) -> None:
        """Keep one, unless the same of this device and subject is open already."""

    def page(self, after: int = 0, limit: int = 50) -> list[ActAlarm]:
        """Alarms, newest first, ids below `after` (0: from the newest)."""

    def open_count(self, most: int) -> int:
        """How many nobody has closed, counted to `most` and no further."""

    def close(self, alarm: int, at: datetime, by: int, finding: str) -> bool:
        """Somebody says what came of it; False when it was closed before or is not there."""
