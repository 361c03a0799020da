"""The shape of an act as it is sent, and as it is once its codes and sessions are resolved."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..domain.clocks import Policy
from ..domain.events import DeviceRef
from ..domain.people import Person
from ..domain.places import Place
from .ports import Device, ScanLine

Verdict = dict[str, Any]
Content = dict[str, Any]

# What came as JSON and was checked for shape has no floats: sorted keys are all that its canonical form needs.
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

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
    lines: list[ScanLine] = field(default_factory=list)
