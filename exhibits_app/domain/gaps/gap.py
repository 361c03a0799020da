"""What a gap is: a break or a weakness in the account of one item, and the item under the detector."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..events import NOT_IN_BOX
from ..exhibit import CustodyKind, Exhibit
from ..intervals import Step
from ..show import how_long

HELD = frozenset({CustodyKind.PERSON, CustodyKind.STORE})


class GapKind(StrEnum):
    """What is wrong. The value is shown to people."""

    UNACCOUNTED = "Unaccounted for"
    MISSING = "Missing"
    OFFER = "Handover not accepted"
    IMPOSSIBLE = "Moved from where it was not"
    WRONG_PLACE = "Seen where it was not recorded"
    TWO_PLACES = "Seen in two places at once"
    OPENED = "Opened and not sealed again"
    NOT_SEEN = "Not seen for too long"
    LATE_RECEIPT = "Booked in late"
    NO_WITNESS = "No witness"
    HOLDER_LEFT = "Held by somebody who has left"
    SEAL_CHANGED = "Seal changed without an opening"
    NOT_THERE = "Not where it was recorded"
    AFTER_END = "Seen after it had left for good"
    NO_AUTHORITY = "Disposed of without authority"


# What is concluded from nothing having been recorded: a scan that a device has not sent yet may prove it wrong.
BY_SILENCE = frozenset({GapKind.OFFER, GapKind.OPENED, GapKind.NOT_SEEN, GapKind.LATE_RECEIPT})

DISCREPANCIES = {
    "impossible move": GapKind.IMPOSSIBLE,
    "wrong place": GapKind.WRONG_PLACE,
    "wrong box": GapKind.WRONG_PLACE,
    "two places at once": GapKind.TWO_PLACES,
    "wrong seal": GapKind.SEAL_CHANGED,
    NOT_IN_BOX: GapKind.NOT_THERE,
    "scanned after disposal": GapKind.AFTER_END,
    "disposal without authority": GapKind.NO_AUTHORITY,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One break or weakness. `until` is None while it lasts; `before` and `after` are who it lies between.

    `accounted` says that somebody is on record as answerable for the time all the same. `settled` is what was found
    where the discrepancy behind it was settled. `events` are ids, the latest last.
    """

    kind: GapKind
    register_no: int
    start: datetime
    until: datetime | None
    before: str
    after: str
    events: tuple[str, ...]
    sentence: str
    accounted: bool = True
    settled: str | None = None

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.settled is None and (self.until is None or self.kind in set(DISCREPANCIES.values()))

    @property
    def by_silence(self) -> bool:
        """Whether a scan that has not arrived yet may end it."""
        return self.until is None and self.kind in BY_SILENCE

    def seconds(self, now: datetime) -> float:
        """How long it lasts, or has lasted up to `now`."""
        return max(0.0, ((self.until or now) - self.start).total_seconds())


@dataclass(frozen=True, slots=True)
class Look:
    """One item under the detector."""

    steps: list[Step]
    now: datetime
    ref: str

    @property
    def last(self) -> Exhibit:
        return self.steps[-1].after

    def gap(self, kind: GapKind, start: datetime, until: datetime | None, told: str, **given: object) -> Gap:
        """A gap, with how long it is at the end of its sentence."""
        length = how_long(max(0.0, ((until or self.now) - start).total_seconds()))
        sentence = f"{told} ({length})."
        facts = {"before": "", "after": "", "events": ()} | given
        return Gap(kind, self.last.register_no, start, until, sentence=sentence, **facts)  # type: ignore[arg-type]  # by name


def at_place(where: str) -> str:
    """Where, with its preposition."""
    if where.startswith(("missing", "unaccounted for")):
        return f"as {where}"
    return where if where.startswith(("with ", "at ", "in ")) else f"at {where}"
