"""The shape of an act as it is sent, and as it is once its codes and sessions are resolved."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..domain.boxes import Box
from ..domain.errors import Refusal
from ..domain.events import DeviceRef
from ..domain.people import Person, PersonRef
from ..domain.places import Place
from ..domain.policy import Policy
from .label_life import PRINTED
from .ports import Device, Held, IssuedLabel, Manifest, ScanLine
from .recording import Happening

Verdict = dict[str, Any]
Content = dict[str, Any]

# What came as JSON and was checked for shape has no floats: sorted keys are all that its canonical form needs.
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

# A scan that reaches us later than this was made while nobody could be told "no": it is recorded all the same.
LIVE = timedelta(minutes=5)
MOST_ACTS = 100
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class ScannedItem:
    """One item of an act, as it was sent."""

    scan: str
    code: str
    seal: str | None = None
    occurred_at: datetime | None = None
    method: str = "scan"
    new_seal: str | None = None
    number: str | None = None
    counted: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act as it was sent, checked for shape and nothing more. `content` is its canonical form, for its hash."""

    id: str
    kind: str
    device_seq: int
    occurred_at: datetime
    items: tuple[ScannedItem, ...]
    content: Content
    clock_offset_ms: int = 0
    operator: str | None = None
    witness: str | None = None
    receiver: str | None = None
    to: str | None = None
    purpose: str | None = None
    due_back: datetime | None = None
    submission: str | None = None
    authority: str | None = None
    reason: str | None = None
    joint: str | None = None
    bound_for: str | None = None
    made_safe_by: str | None = None
    present: str | None = None
    opened: bool = False
    text: str | None = None
    identity: str | None = None
    method: str | None = None
    hold: str | None = None
    until: datetime | None = None

    @property
    def corrected(self) -> timedelta:
        """What to add to the device's times."""
        return timedelta(milliseconds=self.clock_offset_ms)

    def fingerprint(self) -> str:
        """The SHA-256 of the content: the same id with another fingerprint is refused and alarmed."""
        return hashlib.sha256(_canonical(self.content).encode()).hexdigest()


@dataclass(slots=True)
class Resolved:
    """An act with its codes and sessions resolved to people and places."""

    act: Act
    device: Device
    device_ref: DeviceRef
    operator: Person
    now: datetime
    policy: Policy
    place: Place | None = None
    receiver: Person | None = None
    witness: Person | None = None
    joint: Person | None = None
    bound_for: Place | None = None
    box: Box | None = None
    own_submissions_only: bool = False
    # The operator with the rights they had when a late act was done; None for an act that is not late.
    operator_then: Person | None = None
    lines: list[ScanLine] = field(default_factory=list)
    # Labels of places, boxes and badges that were printed and are scanned for the first time as what the act goes to.
    firsts: list[IssuedLabel] = field(default_factory=list)
    # What the act asks of each of its items alike, made when the first is judged.
    asked: dict[str, Any] | None = None
    # The operator as every event of the act names them.
    actor: PersonRef = field(init=False)

    def __post_init__(self) -> None:
        """Called once for an act: many items ask for it."""
        self.actor = self.operator.ref

    def first_seen(self, label: IssuedLabel) -> None:
        """Remember the label if this is its first scan."""
        if label.state == PRINTED:
            self.firsts.append(label)

    @property
    def operators(self) -> tuple[Person, ...]:
        """The operator as they are now, and as they were when it was done."""
        return (self.operator, self.operator_then) if self.operator_then else (self.operator,)

    @property
    def at(self) -> datetime:
        """When the act was done, on the server's clock."""
        return self.act.occurred_at + self.act.corrected


@dataclass(frozen=True, slots=True)
class BoxTaken:
    """A box of an act after judgement: what it and the boxes in it become, and what happens to each item in it.

    `sentence` tells it; `seal` is the number of a new seal on it, empty when there is none.
    """

    box: Box
    after: tuple[Box, ...]
    happenings: tuple[Happening, ...]
    manifest: Manifest
    sentence: str
    seal: str = ""


@dataclass(slots=True)
class Judged:
    """One item of an act after judgement: the refusal, or what is to be recorded; `besides` is what else was seen.

    `against` is what a rule says of a late scan that is recorded all the same; `first` is the label, if this is the
    first scan of it.
    """

    item: ScannedItem
    held: Held | None = None
    happening: Happening | None = None
    refusal: Refusal | None = None
    against: Refusal | None = None
    repeated: bool = False
    besides: tuple[Happening, ...] = ()
    box: BoxTaken | None = None
    named: str = ""
    first: IssuedLabel | None = None

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """Everything to record for it."""
        if self.box is not None:
            return self.box.happenings
        return (self.happening, *self.besides) if self.happening else ()
