"""Series of blank labels: who holds which, and the account of every number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.blank_labels import Account, Blank, BlankState, Series


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """Something done with a series. `kind` is ordered, printed, handed_on, used, void, lost, scanned or closed;
    `numbers` are the labels concerned, as "3, 5-12"; `words` a reason, a name or a device."""

    series: int
    at: datetime
    by: int | None
    kind: str
    numbers: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """Which series are wanted: those of this person and their team, of these teams, or all; open or closed."""

    person: int
    own_team: int | None
    teams: tuple[int, ...] = ()
    all: bool = False
    closed: bool = False


class BlankLabels(Protocol):
    """Series of blank labels. What becomes of a number is kept with its code's validity, both or neither."""

    def next_number(self) -> int:
        """The next number of the gapless series of series; others wait here until this transaction ends."""

    def add(self, series: Series) -> None:
        """Keep a new series."""

    def save(self, series: Series) -> None:
        """Keep who holds it, its printing, and whether it is closed."""

    def find(self, number: int) -> Series:
        """The series. Raises NotFound."""

    def hold(self, number: int) -> Series:
        """The series, locked. Raises NotFound."""

    def issue(self, series: int, codes: Sequence[str], at: datetime, job: int) -> None:
        """Keep these codes as its blank labels, numbered from 1. Raises ChangedMeanwhile for one issued before."""

    def page(self, wanted: SeriesLine, after: int, limit: int) -> list[Series]:
        """Series: open ones from the oldest on, numbers above `after`; closed ones from the newest on, below it
        (0: from the newest)."""

    def accounts(self, series: Sequence[int]) -> dict[int, Account]:
        """The account of each of these series; one without labels is missing."""

    def labels(self, series: int, state: BlankState | None, after: int, limit: int) -> list[Blank]:
        """Labels of a series by number, above `after`, in this state or in any."""

    def hold_labels(self, codes: Sequence[str]) -> dict[str, Blank]:
        """The labels of these codes that belong to a series, locked in order unless the work only reads."""

    def use(self, code: str, register_no: int, at: datetime, by: int) -> None:
        """The label is on this item from now on: its code is live."""

    def declare(self, codes: Sequence[str], state: BlankState, at: datetime, by: int, reason: str) -> None:
        """These labels are void or lost: their codes are not good any more."""

    def note(self, note: SeriesNote) -> None:
        """Keep what was done."""

    def notes(self, series: int, limit: int) -> list[SeriesNote]:
        """What was done with the series, newest first."""
