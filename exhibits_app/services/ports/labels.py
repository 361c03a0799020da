"""Labels: every code ever issued, what it stands for, and whether it is still good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IssuedLabel:
    """A code and its life. `kind` is the code's type letter; `state` is blank, printed, live, revoked, void or lost.

    A printed label is good and counts from its first scan, at `activated_at`; what it replaces is live until then.
    """

    code: str
    kind: str
    subject: int | None
    state: str
    issued_at: datetime
    revoked_at: datetime | None = None
    revoked_reason: str | None = None
    job: int | None = None
    activated_at: datetime | None = None
    activated_by: int | None = None

    @property
    def good_since(self) -> datetime:
        """Since when it counts: its first scan, or its issue where none was awaited."""
        return self.activated_at or self.issued_at


class Labels(Protocol):
    """The validity table."""

    def issue(self, label: IssuedLabel) -> None:
        """Keep a new code. Raises ChangedMeanwhile when the code was issued before."""

    def find(self, code: str) -> IssuedLabel | None:
        """The label of this code, or None when it was never issued."""

    def find_all(self, codes: Sequence[str]) -> dict[str, IssuedLabel]:
        """The labels of these codes; codes never issued are missing."""

    def take_turns(self, kind: str, subject: int) -> None:
        """Let others who change the labels of this thing wait until this transaction ends; what they did is seen."""

    def live_of(self, kind: str, subject: int) -> IssuedLabel | None:
        """The live label of a thing, or None."""

    def printed_of(self, kind: str, subject: int) -> list[IssuedLabel]:
        """The labels of a thing that were printed and not yet scanned, the newest first."""

    def printed_of_all(self, kind: str, subjects: Sequence[int]) -> list[IssuedLabel]:
        """The labels of these things that were printed and not yet scanned, the newest first."""

    def of_job(self, job: int) -> list[IssuedLabel]:
        """The labels of a printing, by subject."""

    def activate(self, code: str, at: datetime, by: int) -> None:
        """The label was scanned for the first time, and counts from now on."""

    def revoke(self, code: str, at: datetime, reason: str, state: str = "revoked") -> None:
        """The label is not good any more: revoked, or void when nobody ever saw it."""
