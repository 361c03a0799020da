"""Printings on record, with every step of their lives, and the printers that they are sent to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from labels.printers import Known

from ...domain.printing import JobState


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One printing: how many labels on which stock, by whom, where it stands, and the files that were made.

    `printer` is empty for a file to download. `team` and `store` are whose supervisors may see it. A reprint has a
    `reason` and `words`, names in `reprints` the printing that it repeats when that was one, and who authorised it.
    """

    id: int
    stock: str
    made_at: datetime
    made_by: int
    count: int
    sha256: str
    state: JobState
    printer: str = ""
    sent_sha256: str = ""
    team: int | None = None
    store: int | None = None
    reprints: int | None = None
    reason: str = ""
    words: str = ""
    authorised_by: int | None = None
    template: int = 0  # The version that the labels were drawn by, 0 for the one that the system brings.


@dataclass(frozen=True, slots=True)
class PrintStep:
    """One step in a printing's life. `person` is None for what the service did by itself."""

    job: int
    at: datetime
    person: int | None
    step: str
    state: JobState
    says: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose printings: one's own, and those of teams and stores; or all."""

    person: int
    teams: Sequence[int] = ()
    stores: Sequence[int] = ()
    everybody: bool = False


class PrintJobs(Protocol):
    """The printings. Ids grow."""

    def add(self, job: PrintJob) -> int:
        """Keep a printing, whose own id is not looked at, and give its id."""

    def find(self, job: int) -> PrintJob | None:
        """The printing, locked where the work can write; None when there is none."""

    def listed(self, scope: Scope, before: int, limit: int) -> list[PrintJob]:
        """Printings within the scope, newest first, with ids below `before`."""

    def waiting_in(self, jobs: Sequence[int]) -> dict[int, int]:
        """How many labels of these printings were not scanned yet; those with none are missing."""

    def step(self, step: PrintStep) -> None:
        """Keep the step and the state that it leaves."""

    def steps(self, job: int) -> list[PrintStep]:
        """A printing's steps, the first first."""

    def next_queued(self) -> int | None:
        """The printing that has waited longest for its printer, or None."""

    def lease(self, job: int, until: datetime) -> bool:
        """Take a queued printing in hand until then; False when somebody else has, or when it is queued no more."""

    def lost(self, now: datetime) -> list[int]:
        """Printings that were taken in hand and whose time has run out: whoever had them died."""


class Printers(Protocol):
    """The printers that the force has named."""

    def known(self) -> dict[str, Known]:
        """Printers by name, read anew each time. Raises labels.errors.LabelRefusal when the file cannot be used."""

    def send(self, job: bytes, printer: Known, *, raw: bool) -> None:
        """Hand the job over. Raises labels.errors.NotPrinted with a sentence that says what went wrong."""


class NoPrinters:
    """No printer is named: every printing is a file to download."""

    def known(self) -> dict[str, Known]:
        """None."""
        return {}

    def send(self, job: bytes, printer: Known, *, raw: bool) -> None:
        """There is no printer that this could be asked for. Raises ValueError."""
        raise ValueError(f"{printer} is not named, nor is any (raw: {raw}, {len(job)} bytes)")
