"""Labels: every code ever issued, what it stands for, and whether it is still good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IssuedLabel:
    """A code and its life. `kind` is the code's type letter; `state` is blank, live, revoked, void or lost."""

    code: str
    kind: str
    subject: int | None
    state: str
    issued_at: datetime
    revoked_at: datetime | None = None
    revoked_reason: str | None = None


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One printing: how many labels on which stock, by whom, and the SHA-256 of the file that was made.

    `template` is the version that the labels were drawn by, 0 for the one that the system brings.
    """

    id: int
    stock: str
    made_at: datetime
    made_by: int
    count: int
    sha256: str
    template: int = 0


class Labels(Protocol):
    """The validity table."""

    def issue(self, label: IssuedLabel, job: int | None) -> None:
        """Keep a new code. Raises ChangedMeanwhile when the code was issued before."""

    def find(self, code: str) -> IssuedLabel | None:
        """The label of this code, or None when it was never issued."""

    def find_all(self, codes: Sequence[str]) -> dict[str, IssuedLabel]:
        """The labels of these codes; codes never issued are missing."""

    def live_of(self, kind: str, subject: int) -> IssuedLabel | None:
        """The live label of a thing, or None."""

    def revoke(self, code: str, at: datetime, reason: str) -> None:
        """The label is not good any more."""

    def add_job(self, stock: str, made_at: datetime, made_by: int, count: int, template: int = 0) -> int:
        """Keep a printing and give its id."""

    def finish_job(self, job: int, sha256: str) -> None:
        """The file of the printing is made, with this SHA-256."""

    def jobs(self, after: int = 0, limit: int = 50) -> list[PrintJob]:
        """Printings, newest first, ids below `after` (0: from the newest)."""
