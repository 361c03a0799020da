"""Forensic submissions: drafts and what was authorised, and which of their exhibits were scanned out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.submissions import Submission, SubmissionState


@dataclass(frozen=True, slots=True)
class SubmittedLine:
    """An exhibit of a submission; `sent_at` is when it was scanned out under it, None while it was not."""

    number: int
    register_no: int
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SubmissionNote:
    """Something done with a submission. `kind` is built, changed, offered, authorised, refused, revised, withdrawn or
    closed; `words` a reason."""

    number: int
    at: datetime
    by: int
    kind: str
    version: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionsWanted:
    """Which submissions are wanted: in these states, of the cases that this person may see, or of one case.

    `teams`, `everything` and `silent` are as in `Cases.visible_to`.
    """

    person: int
    states: tuple[SubmissionState, ...]
    teams: frozenset[int] = frozenset()
    everything: bool = False
    silent: bool = False
    case: int | None = None


class Submissions(Protocol):
    """Every submission, by its number. What was scanned out follows from the ledger and is brought up from it."""

    def next_number(self) -> int:
        """The next number of the gapless series of submissions; others wait here until this transaction ends."""

    def last_number(self) -> int:
        """The number that was given or reserved last; 0 before the first."""

    def reserve(self, number: int) -> None:
        """No submission gets this number or one below it any more: the ledger names it, and its form is not here."""

    def add(self, submission: Submission) -> None:
        """Keep a new submission with its exhibits."""

    def save(self, submission: Submission) -> None:
        """Keep it as it is now. Exhibits that were scanned out stay on it whatever its form says."""

    def keep_version(self, submission: Submission, sha256: str) -> None:
        """Keep what was authorised, for ever. Raises ChangedMeanwhile when this version is kept already."""

    def version(self, number: int, version: int) -> Submission | None:
        """The submission as it was when this version was authorised, or None."""

    def versions(self, number: int) -> list[int]:
        """The versions that were authorised, in order."""

    def find(self, number: int) -> Submission:
        """The submission. Raises NotFound."""

    def hold(self, number: int) -> Submission:
        """The submission, locked. Raises NotFound."""

    def page(self, wanted: SubmissionsWanted, before: int, limit: int) -> list[Submission]:
        """Submissions newest first, with numbers below `before` (0: from the newest)."""

    def counts(self, wanted: SubmissionsWanted) -> dict[SubmissionState, int]:
        """How many are in each of the wanted states, counted to a hundred and no further."""

    def lines(self, numbers: Collection[int]) -> list[SubmittedLine]:
        """The exhibits of these submissions, by number and register number."""

    def lines_of(self, register_no: int) -> list[SubmittedLine]:
        """The submissions that the exhibit is or was on, by number."""

    def open_lines(self, register_nos: Sequence[int]) -> dict[int, int]:
        """For each of these exhibits the submission, not over, that names it and under which it has not left yet."""

    def mark(self, line: SubmittedLine) -> None:
        """Keep when the exhibit was scanned out under the submission."""

    def note(self, note: SubmissionNote) -> None:
        """Keep what was done; nothing of it is ever removed."""

    def notes(self, number: int, limit: int) -> list[SubmissionNote]:
        """What was done with the submission, newest first."""
