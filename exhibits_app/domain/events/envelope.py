"""What every event carries, whatever its kind, and the small references that events are made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from ..people import PersonRef


class Basis(StrEnum):
    """How the event came to be known."""

    ITEM_SCAN = "item scan"
    CONTAINER_SCAN = "container scan"
    MANUAL = "manual"
    IMPORT = "import"


class Condition(StrEnum):
    """The item's condition as found: codes of HL7 table 0544 that suit property, with plain ones of our own."""

    GOOD = "GOOD"
    DAMAGED = "DAM"
    PACKAGE_DAMAGED = "PKG"
    CONTAMINATED = "CON"
    LEAKING = "LEAK"
    WET = "WET"
    THAWED = "THAW"
    DETERIORATED = "DET"


CONDITION_NAMES = {
    Condition.GOOD: "Good",
    Condition.DAMAGED: "Item damaged",
    Condition.PACKAGE_DAMAGED: "Packaging damaged",
    Condition.CONTAMINATED: "Contaminated",
    Condition.LEAKING: "Leaking",
    Condition.WET: "Wet",
    Condition.THAWED: "Thawed",
    Condition.DETERIORATED: "Deteriorated",
}


@dataclass(frozen=True, slots=True)
class DeviceRef:
    """The enrolled device that made the event."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The case of an item as the event knew it; the category drives the clocks and the rank rules."""

    id: int
    reference: str
    category: str
    oic: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Another item as an event names it: its property reference and the exhibit reference as at that time."""

    register_no: int
    reference: str


@dataclass(frozen=True, slots=True)
class BoxRef:
    """A box as an event names it. `manifest` is the SHA-256 of the register numbers that it was said to hold."""

    id: int
    name: str
    manifest: str | None = None
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every event carries, whatever its kind.

    `occurred_at` is claimed by the device; `clock_offset_ms` is the server's clock less the device's, as
    measured; `recorded_at` is the server's. `act` ties the events of one act together. `box` is the container
    that was scanned in the item's place; `corrects` the event, perhaps of another item, that this one puts right.
    """

    id: str
    occurred_at: datetime
    recorded_at: datetime
    actor: PersonRef
    act: str
    basis: Basis = Basis.MANUAL
    device: DeviceRef | None = None
    device_seq: int | None = None
    clock_offset_ms: int | None = None
    witness: PersonRef | None = None
    on_behalf_of: PersonRef | None = None
    reason: str | None = None
    late: bool | None = None
    condition: Condition | None = None
    box: BoxRef | None = None
    corrects: str | None = None

    @property
    def corrected(self) -> datetime:
        """The claimed time on the server's clock."""
        if not self.clock_offset_ms:
            return self.occurred_at
        return self.occurred_at + timedelta(milliseconds=self.clock_offset_ms)


@dataclass(frozen=True, slots=True)
class Body:
    """What one kind of event says besides its envelope."""

    KIND: ClassVar[str]
