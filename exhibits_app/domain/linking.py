"""Links between cases: recorded by a named person with a reason, and withdrawn the same way; none is ever removed."""

from dataclasses import dataclass
from datetime import datetime

from .people import PersonRef


@dataclass(frozen=True, slots=True)
class CaseLink:
    """That two cases (by id, the lower first) have to do with each other. `ended_*` are set once it is withdrawn."""

    id: int
    low: int
    high: int
    by: PersonRef
    at: datetime
    reason: str
    ended_at: datetime | None = None
    ended_by: PersonRef | None = None
    ended_reason: str = ""

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"a link is between two cases, the lower first, not {self.low} and {self.high}")

    @property
    def stands(self) -> bool:
        """Whether nobody has withdrawn it."""
        return self.ended_at is None

    def other(self, case: int) -> int:
        """The case at its other end."""
        return self.high if case == self.low else self.low
