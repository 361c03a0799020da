"""How a force's labels look and what they are printed on: versions that are added to and never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Design:
    """One version of a subject ("template" or "stock"); `content` is JSON. The newest is the one in force."""

    subject: str
    version: int
    content: str
    made_at: datetime
    made_by: int
    note: str


class LabelDesigns(Protocol):
    """The versions of each subject, numbered from 1."""

    def add(self, design: Design) -> None:
        """Keep the next version. Raises ChangedMeanwhile when there is one of that number."""

    def current(self, subject: str) -> Design | None:
        """The newest version, or None before the first."""

    def all(self, subject: str) -> list[Design]:
        """Every version, newest first."""
