"""An item as its events leave it: five independent axes, and the headline derived from them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .events import CaseRef
from .people import PersonRef
from .places import PlaceRef


class CustodyKind(StrEnum):
    """Who or what answers for the item now."""

    PERSON = "person"
    STORE = "store"
    CARRIER = "carrier"
    EXTERNAL = "external"
    OWNER = "owner"
    DESTROYED = "destroyed"
    UNKNOWN = "unknown"


class SealKind(StrEnum):
    """The state of the tamper-evident packaging."""

    UNSEALED = "unsealed"
    SEALED = "sealed"
    OPENED = "opened"
    SUSPECT = "suspect"


class Forensic(StrEnum):
    """Where the item stands with forensic examination."""

    UNDECIDED = "undecided"
    TO_SUBMIT = "to submit"
    SUBMITTED = "submitted"
    IN_HOUSE = "examine in-house"
    NOT_REQUIRED = "not required"
    DEFERRED = "deferred"
    UNSUITABLE = "unsuitable"


class PresenceKind(StrEnum):
    """How sure we are that it is where it is recorded."""

    CONFIRMED = "confirmed"
    UNSEEN = "not yet scanned"


@dataclass(frozen=True, slots=True)
class Custody:
    """The custodian: exactly one at any instant. `id` is the person's or the place's."""

    kind: CustodyKind
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal as recorded."""

    kind: SealKind
    number: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The live forensic decision."""

    decision: str
    by: PersonRef
    at: datetime
    reason_code: str | None = None
    rationale: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """The ledger and an observation disagree; open until someone disposes of it with a reason."""

    kind: str
    event: str
    at: datetime
    seen: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The present state of one item: a fold over its events and nothing else."""

    register_no: int
    case: CaseRef
    reference: str
    description: str
    category: str
    seized_at: datetime
    seized_by: PersonRef
    producer: PersonRef
    custody: Custody
    seal: Seal
    forensic: Forensic
    presence: PresenceKind
    last_event_at: datetime
    last_event_id: str
    last_device: int = 0
    last_device_seq: int = 0
    hazards: tuple[str, ...] = ()
    quantity: int = 1
    unit: str = "item"
    place: PlaceRef | None = None
    code: str | None = None
    due_back: datetime | None = None
    first_booked_in_at: datetime | None = None
    submission: str | None = None
    submitted_at: datetime | None = None
    decision: Decision | None = None
    last_sighted_at: datetime | None = None
    photographs: int = 0
    discrepancies: tuple[Discrepancy, ...] = ()

    @property
    def ref(self) -> str:
        return self.reference

    @property
    def last_key(self) -> tuple[datetime, int, int, str]:
        """The timeline key of the latest event folded in."""
        return (self.last_event_at, self.last_device, self.last_device_seq, self.last_event_id)

    @property
    def in_store(self) -> bool:
        return self.custody.kind is CustodyKind.STORE

    @property
    def where(self) -> str:
        """Where it is, for a sentence: "in the Ilford transit store, bay 2", "with PC 4521 Reyes"."""
        if self.custody.kind is CustodyKind.PERSON:
            return f"with {self.custody.name}"
        return f"at {self.place.name if self.place else self.custody.name}"
