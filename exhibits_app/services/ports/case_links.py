"""Links between cases."""

from datetime import datetime
from typing import Protocol

from ...domain.linking import CaseLink
from ...domain.people import PersonRef


class CaseLinks(Protocol):
    """Every link that was ever recorded."""

    def add(self, link: CaseLink) -> None:
        """Keep it; its own id is not looked at. Raises ChangedMeanwhile where one of the same cases stands."""

    def of_case(self, case: int) -> list[CaseLink]:
        """The links of the case, withdrawn ones too, the oldest first."""

    def end(self, link: int, by: PersonRef, at: datetime, reason: str) -> None:
        """It stands no more, and stays on record."""
