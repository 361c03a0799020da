"""Months as people in London count them, for reports that are made of one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .show import LONDON, MONTHS, london


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month; it begins at midnight in London on its first day. Raises ValueError for one that does not exist."""

    year: int
    month: int

    def __post_init__(self) -> None:
        datetime(self.year, self.month, 1, tzinfo=LONDON)

    @classmethod
    def of(cls, at: datetime) -> "Month":
        """The month of this moment."""
        local = london(at)
        return cls(local.year, local.month)

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """The month that `str` wrote, like 2026-05; None for anything else."""
        year, _, month = text.partition("-")
        if not (len(text) == 7 and year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
            return None
        return cls(int(year), int(month)) if int(year) and 1 <= int(month) <= 12 else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def name(self) -> str:
        """Like "May 2026"."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def begins(self) -> datetime:
        """Its first moment, in UTC."""
        return datetime(self.year, self.month, 1, tzinfo=LONDON).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it, in UTC."""
        return self.next.begins

    @property
    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)


def months(first: datetime, last: datetime) -> list[Month]:
    """The months from that of `first` to that of `last`, the newest first."""
    found = [Month.of(first)]
    while found[-1] < Month.of(last):
        found.append(found[-1].next)
    return found[::-1]
