"""What can happen to an item: one envelope for when, where from and by whom, and one body for each kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from . import codec
from .people import PersonRef
from .places import PlaceRef


class Basis(StrEnum):
    """How the event came to be known."""

    ITEM_SCAN = "item scan"
    CONTAINER_SCAN = "container scan"
    MANUAL = "manual"
    IMPORT = "import"


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
class Envelope:
    """What every event carries, whatever its kind.

    `occurred_at` is claimed by the device; `clock_offset_ms` is the server's clock less the device's, as
    measured; `recorded_at` is the server's. `act` ties the events of one act together.
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


@dataclass(frozen=True, slots=True)
class Seized(Body):
    """An item came into police possession; the clocks start here."""

    KIND: ClassVar[str] = "seize"
    case: CaseRef
    reference: str
    description: str
    category: str
    producer: PersonRef
    seized_by: PersonRef
    found_by: str | None = None
    power: str | None = None
    found_at: str | None = None
    hazards: tuple[str, ...] = ()
    packaging: str | None = None
    seal: str | None = None
    quantity: int = 1
    unit: str = "item"


@dataclass(frozen=True, slots=True)
class Labelled(Body):
    """A label was printed for the item; `replaces` is the code that this printing revoked."""

    KIND: ClassVar[str] = "label"
    code: str
    stock: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Photographed(Body):
    """A photograph was added, known by the SHA-256 of its bytes."""

    KIND: ClassVar[str] = "photograph"
    sha256: str
    media_type: str
    width: int
    height: int
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class BookedIn(Body):
    """First receipt into a store."""

    KIND: ClassVar[str] = "book_in"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Moved(Body):
    """From one place in a store to another."""

    KIND: ClassVar[str] = "move"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class SignedOut(Body):
    """Released from a store to a named person, for a purpose, until a date."""

    KIND: ClassVar[str] = "sign_out"
    receiver: PersonRef
    purpose: str
    due_back: datetime
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn(Body):
    """Returned into a store."""

    KIND: ClassVar[str] = "sign_in"
    place: PlaceRef
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted(Body):
    """Scanned out to a carrier or a laboratory for examination."""

    KIND: ClassVar[str] = "submit"
    place: PlaceRef
    submission: str
    authority: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Sighted(Body):
    """The item itself was scanned where it lay."""

    KIND: ClassVar[str] = "sighting"
    place: PlaceRef | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Decided(Body):
    """A named person decided what forensic examination the item gets, if any."""

    KIND: ClassVar[str] = "decide"
    decision: str
    reason_code: str | None = None
    rationale: str | None = None
    consulted: str | None = None
    reopen_if: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reclassified(Body):
    """The item's or its case's category changed; no clock restarts."""

    KIND: ClassVar[str] = "reclassify"
    category: str
    case: CaseRef


BODIES: dict[str, type[Body]] = {
    body.KIND: body
    for body in (
        Seized,
        Labelled,
        Photographed,
        BookedIn,
        Moved,
        SignedOut,
        SignedIn,
        Submitted,
        Sighted,
        Decided,
        Reclassified,
    )
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one item; `seq` is its position in the item's chain."""

    register_no: int
    seq: int
    envelope: Envelope
    body: Body

    @property
    def kind(self) -> str:
        return self.body.KIND

    @property
    def timeline_key(self) -> tuple[datetime, int, int, str]:
        """Orders a timeline whatever the order of arrival: corrected time, device, its sequence, id."""
        envelope = self.envelope
        device = envelope.device.id if envelope.device else 0
        return (envelope.corrected, device, envelope.device_seq or 0, envelope.id)


def to_facts(event: Event) -> codec.Plain:
    """The event as named values, each of which the ledger discloses apart. `recorded_at` is the entry's own."""
    facts = codec.plain(event.envelope)
    del facts["recorded_at"]
    facts.update((f"{event.kind}.{name}", value) for name, value in codec.plain(event.body).items())
    return facts


def from_facts(register_no: int, seq: int, kind: str, recorded_at: str, facts: dict[str, Any]) -> Event:
    """The event that `to_facts` wrote. Raises KeyError for a kind that this version does not know."""
    body = BODIES[kind]
    prefix = f"{kind}."
    own = {name[len(prefix) :]: value for name, value in facts.items() if name.startswith(prefix)}
    envelope = codec.build(Envelope, {**facts, "recorded_at": recorded_at})
    return Event(register_no, seq, envelope, codec.build(body, own))
