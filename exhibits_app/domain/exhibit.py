"""An item as its events leave it: five independent axes, and the headline derived from them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .events import BoxRef, CaseRef, ItemRef
from .people import PersonRef
from .places import PlaceRef


class CustodyKind(StrEnum):
    """Who or what answers for the item now. For what lies in a box that is whoever answers for the box."""

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
    AT_LAB = "at lab"
    AWAITED = "result awaited"
    RESULT = "result"
    IN_HOUSE = "examine in-house"
    NOT_REQUIRED = "not required"
    DEFERRED = "deferred"
    UNSUITABLE = "unsuitable"
    ELSEWHERE = "submitted elsewhere"
    CONSUMED = "consumed"


class Legal(StrEnum):
    """The item's legal life. That a review is due is a matter of its date and not of an event."""

    HELD = "held"
    AUTHORISED = "disposal authorised"
    DISPOSED = "disposed"


class PresenceKind(StrEnum):
    """How sure we are that it is where it is recorded."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    UNSEEN = "not yet scanned"
    UNACCOUNTED = "unaccounted for"
    MISSING = "missing"
    FOUND = "found again"


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
class Recommendation:
    """An examination that somebody recommended; `event` is its id, `answer` what was said to it."""

    event: str
    role: str
    adviser: str
    examination: str
    owner: PersonRef
    at: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What an examination found (OUTCOME_NAMES), by its report; `at` is when that was recorded.

    `laboratory` is its id, 0 for an examiner or unit that is none; `name` is what either is called.
    """

    event: str
    laboratory: int
    name: str
    report: str
    outcome: str
    reported_at: datetime
    at: datetime
    by: PersonRef
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A handover that was offered and not yet accepted. `event` is the offer's id."""

    event: str
    giver: PersonRef
    receiver: PersonRef
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that blocks disposal."""

    hold: str
    by: PersonRef
    at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A disposal authority: who permits which method, on what basis. It is not the act."""

    method: str
    basis: str
    by: PersonRef
    at: datetime


@dataclass(frozen=True, slots=True)
class Clearance:
    """A submission that is authorised for the item and under which it has not left yet."""

    submission: str
    version: int
    laboratory: PlaceRef
    by: PersonRef
    at: datetime


@dataclass(frozen=True, slots=True)
class Alias:
    """Another number that the item has, and who gave it."""

    issuer: str
    number: str


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
    offer: Offer | None = None
    joint: PersonRef | None = None
    box: BoxRef | None = None
    parent: ItemRef | None = None
    parts: tuple[ItemRef, ...] = ()
    aliases: tuple[Alias, ...] = ()
    holds: tuple[Hold, ...] = ()
    authority: Authority | None = None
    disposed: str | None = None
    retention_basis: str | None = None
    review_at: datetime | None = None
    opened_at: datetime | None = None
    seen_at: PlaceRef | None = None
    collected_by: PersonRef | None = None
    held_since: datetime | None = None
    recommendations: tuple[Recommendation, ...] = ()
    grade: str | None = None
    reopened_at: datetime | None = None
    cleared: Clearance | None = None
    results: tuple[Result, ...] = ()
    end_seen_by: PersonRef | None = None
    legacy: Alias | None = None
    imported_at: datetime | None = None
    grade_on: datetime | None = None
    grade_plan: int = 0

    @property
    def legal(self) -> Legal:
        """The fourth axis."""
        if self.disposed:
            return Legal.DISPOSED
        return Legal.AUTHORISED if self.authority else Legal.HELD

    @property
    def open_recommendations(self) -> tuple[Recommendation, ...]:
        """Those that nobody has answered, in the order they were made."""
        return tuple(one for one in self.recommendations if one.answer is None)

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
        if self.disposed or self.custody.kind is CustodyKind.UNKNOWN:
            return self.custody.name
        if self.custody.kind is CustodyKind.PERSON:
            return f"with {self.custody.name}" + (f" and {self.joint.name}" if self.joint else "")
        return f"at {self.place.name if self.place else self.custody.name}"
