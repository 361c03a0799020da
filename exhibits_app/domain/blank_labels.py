"""Blank labels printed ahead in series: each number is unused, used, void or lost, and which may become which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .errors import NotLabelNumbers, NumberStands
from .people import Person

MOST_LABELS = 1_000
# A series that is open for longer than this is shown to supervisors as old (default).
OLD_AFTER = timedelta(days=30)


class BlankState(StrEnum):
    """What became of one number of a series."""

    UNUSED = "unused"
    USED = "used"
    VOID = "void"
    LOST = "lost"


# What a number may be declared to be. Paper that was out of sight is not trusted again, so that what was lost and is
# found becomes void; what is used or void stays so for ever.
MAY_BECOME: Mapping[BlankState, frozenset[BlankState]] = {
    BlankState.UNUSED: frozenset({BlankState.USED, BlankState.VOID, BlankState.LOST}),
    BlankState.LOST: frozenset({BlankState.VOID}),
    BlankState.USED: frozenset(),
    BlankState.VOID: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for the labels of a series: a person, or everyone of a team. Just one of those ids is given.

    `within` is the team whose supervisors keep account of it: the person's, or the team itself.
    """

    name: str
    person: int | None = None
    team: int | None = None
    within: int | None = None

    def __post_init__(self) -> None:
        if (self.person is None) is (self.team is None):
            raise ValueError("a series is held by a person or by a team")

    def includes(self, one: Person) -> bool:
        """Whether this person answers for the labels."""
        return one.active and (one.id == self.person if self.team is None else one.team == self.team)


@dataclass(frozen=True, slots=True)
class Account:
    """How many numbers of a series are in which state; together they are all that were printed."""

    unused: int = 0
    used: int = 0
    void: int = 0
    lost: int = 0

    @property
    def printed(self) -> int:
        """How many labels there are."""
        return self.unused + self.used + self.void + self.lost


@dataclass(frozen=True, slots=True)
class Series:
    """A series: numbers 1 to `count` on `stock`, `purpose` in words such as "Scene kit 3".

    `job` is its printing, None until the labels are printed; `closed_at` is set once every number is accounted for.
    """

    number: int
    count: int
    stock: str
    purpose: str
    holder: Holder
    ordered_at: datetime
    ordered_by: int
    job: int | None = None
    closed_at: datetime | None = None

    def called(self, serial: int) -> str:
        """One label of it, as a sentence names it: "series 12, label 34 of 100"."""
        return f"series {self.number}, label {serial} of {self.count}"

    def is_old(self, now: datetime) -> bool:
        """Whether it has been open for long."""
        return self.closed_at is None and now - self.ordered_at >= OLD_AFTER


@dataclass(frozen=True, slots=True)
class Blank:
    """One label of a series; `item` is the register number of what bears it. Of `at`, `by` and `reason` none is set
    while it is unused, and `reason` stays empty for a used one."""

    code: str
    series: int
    serial: int
    state: BlankState = BlankState.UNUSED
    item: int | None = None
    at: datetime | None = None
    by: int | None = None
    reason: str = ""


def serials(text: str, most: int) -> list[int]:
    """The numbers of "3", "5-12" or "3, 5-12", each once and in order. Raises NotLabelNumbers."""
    found: set[int] = set()
    for part in text.replace("\N{EN DASH}", "-").replace(" to ", "-").split(","):
        ends = [end.strip() for end in part.split("-")]
        if len(ends) > 2 or not all(end.isascii() and end.isdigit() and len(end) < 6 for end in ends):
            raise NotLabelNumbers("numbers", most)
        first, last = int(ends[0]), int(ends[-1])
        if not 1 <= first <= last <= most:
            raise NotLabelNumbers("numbers", most)
        found.update(range(first, last + 1))
    return sorted(found)


def in_words(numbers: Iterable[int]) -> str:
    """Numbers as people write them: "3, 5-12"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def check_declared(blanks: Sequence[Blank], to: BlankState) -> None:
    """Raise NumberStands for those that cannot become this: nothing that was accounted for is declared otherwise."""
    stuck = [one for one in blanks if to not in MAY_BECOME[one.state]]
    if stuck:
        same = [one.serial for one in stuck if one.state is stuck[0].state]
        raise NumberStands(in_words(same), stuck[0].state.value, to.value)
