"""What can happen to an item: one envelope for when, where from and by whom, and one body for each kind."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from json.encoder import encode_basestring as string
from operator import attrgetter
from typing import Any

from .. import codec
from .advice import Graded, RecommendationAnswered, Recommended, Reopened
from .boxing import BoxOpened, BoxSealed
from .custody import (
    Accepted,
    BookedIn,
    Collected,
    Moved,
    Offered,
    PutIn,
    Received,
    Rejected,
    SealApplied,
    SealOpened,
    Sighted,
    SignedIn,
    SignedOut,
    TakenOut,
    Viewed,
)
from .ending import (
    Auctioned,
    ConfirmedMissing,
    Destroyed,
    DisposalAuthorised,
    Found,
    HoldPlaced,
    HoldReleased,
    Reseized,
    Restored,
    Retained,
    RetentionReviewed,
    Unaccounted,
)
from .envelope import CONDITION_NAMES, Basis, Body, BoxRef, CaseRef, Condition, DeviceRef, Envelope, ItemRef
from .erasing import Erased, ErasedValue
from .laboratory import EndSeen, ResultRecorded
from .legacy import GradingPlanned, Imported
from .mending import FOUND_IN_BOX, LEFT_SHUT_BOX, NOT_IN_BOX, Corrected, DiscrepancyRaised, DiscrepancySettled, Mistake
from .outside import BackFromCourt, Consumed, LabReceived, LabReturned, SentToCourt, Submitted
from .register import (
    Answer,
    Decided,
    Inherited,
    LabelActivated,
    Labelled,
    LabelVoided,
    Part,
    Photographed,
    Promoted,
    Reclassified,
    Relabelled,
    Seized,
    Split,
    SplitOff,
)
from .submitting import SubmissionAuthorised, SubmissionRecalled

__all__ = [
    "BODIES",
    "CONDITION_NAMES",
    "FOUND_IN_BOX",
    "LEFT_SHUT_BOX",
    "NOT_IN_BOX",
    "Accepted",
    "Answer",
    "Auctioned",
    "BackFromCourt",
    "Basis",
    "Body",
    "BookedIn",
    "BoxOpened",
    "BoxRef",
    "BoxSealed",
    "CaseRef",
    "Collected",
    "Condition",
    "ConfirmedMissing",
    "Consumed",
    "Corrected",
    "Decided",
    "Destroyed",
    "DeviceRef",
    "DiscrepancyRaised",
    "DiscrepancySettled",
    "DisposalAuthorised",
    "EndSeen",
    "Envelope",
    "Erased",
    "ErasedValue",
    "Event",
    "FactWriter",
    "Found",
    "Graded",
    "GradingPlanned",
    "HoldPlaced",
    "HoldReleased",
    "Imported",
    "Inherited",
    "ItemRef",
    "LabReceived",
    "LabReturned",
    "LabelActivated",
    "LabelVoided",
    "Labelled",
    "Mistake",
    "Moved",
    "Offered",
    "Part",
    "Photographed",
    "Promoted",
    "PutIn",
    "Received",
    "Reclassified",
    "RecommendationAnswered",
    "Recommended",
    "Rejected",
    "Relabelled",
    "Reopened",
    "Reseized",
    "Restored",
    "ResultRecorded",
    "Retained",
    "RetentionReviewed",
    "SealApplied",
    "SealOpened",
    "Seized",
    "SentToCourt",
    "Sighted",
    "SignedIn",
    "SignedOut",
    "Split",
    "SplitOff",
    "SubmissionAuthorised",
    "SubmissionRecalled",
    "Submitted",
    "TakenOut",
    "Unaccounted",
    "Viewed",
    "from_facts",
    "to_facts",
]

# An item begins with one of these.
FIRST: tuple[type[Body], ...] = (Seized, SplitOff)
# What came from a previous system has these besides.
LEGACY: tuple[type[Body], ...] = (Imported, GradingPlanned)

BODIES: dict[str, type[Body]] = {
    body.KIND: body
    for body in (
        Seized,
        SplitOff,
        Split,
        Labelled,
        LabelActivated,
        LabelVoided,
        Relabelled,
        Photographed,
        Promoted,
        BookedIn,
        Moved,
        SignedOut,
        SignedIn,
        Collected,
        Received,
        Offered,
        Accepted,
        Rejected,
        PutIn,
        TakenOut,
        BoxSealed,
        BoxOpened,
        Sighted,
        SealApplied,
        SealOpened,
        Viewed,
        SubmissionAuthorised,
        SubmissionRecalled,
        Submitted,
        LabReceived,
        LabReturned,
        Consumed,
        SentToCourt,
        BackFromCourt,
        Unaccounted,
        ConfirmedMissing,
        Found,
        HoldPlaced,
        HoldReleased,
        Recommended,
        RecommendationAnswered,
        Graded,
        Reopened,
        ResultRecorded,
        EndSeen,
        RetentionReviewed,
        DisposalAuthorised,
        Restored,
        Destroyed,
        Auctioned,
        Retained,
        Reseized,
        Decided,
        Reclassified,
        Corrected,
        DiscrepancyRaised,
        DiscrepancySettled,
        Erased,
        Imported,
        GradingPlanned,
    )
}

# Whatever an envelope says but its id, by which alone those of the items of one act differ.
_SHARED: Callable[[Envelope], tuple[Any, ...]] = attrgetter(*(one.name for one in fields(Envelope) if one.name != "id"))


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


class FactWriter:
    """Writes the facts of one event after another; what the envelopes of one act have in common is written once."""

    __slots__ = ("_facts", "_shared")

    def __init__(self) -> None:
        self._shared: tuple[Any, ...] = ()
        self._facts: dict[str, str] = {}

    def facts(self, event: Event) -> dict[str, str]:
        """What `to_facts` gives, each value in its canonical JSON. Raises NotCanonical for what has none."""
        shared = _SHARED(event.envelope)
        if shared != self._shared:
            self._facts = codec.texts(event.envelope)
            del self._facts["recorded_at"]
            self._shared = shared
        kind = event.body.KIND
        facts = self._facts | {"id": string(event.envelope.id)}
        for name, written in codec.texts(event.body).items():
            facts[f"{kind}.{name}"] = written
        return facts


def from_facts(register_no: int, seq: int, kind: str, recorded_at: str, facts: dict[str, Any]) -> Event:
    """The event that `to_facts` wrote. Raises KeyError for a kind that this version does not know."""
    body = BODIES[kind]
    prefix = f"{kind}."
    own = {name[len(prefix) :]: value for name, value in facts.items() if name.startswith(prefix)}
    envelope = codec.build(Envelope, {**facts, "recorded_at": recorded_at})
    return Event(register_no, seq, envelope, codec.build(body, own))
