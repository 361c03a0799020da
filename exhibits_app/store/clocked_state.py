"""The part of an item's state that the clocks look at, read without making the rest: a fifth of the time."""

from datetime import datetime

import msgspec

from ..domain.events import CaseRef
from ..domain.exhibit import CustodyKind, Decision, Forensic, Offer, Recommendation, Result
from ..domain.people import PersonRef
from ..domain.places import PlaceRef


class CustodianState(msgspec.Struct, frozen=True, gc=False):
    """Implements the domain's Custodian."""

    kind: CustodyKind
    id: int


class ClockedState(msgspec.Struct, frozen=True, gc=False):
    """Implements the domain's Clocked. What is not there has the value that Exhibit gives it."""

    register_no: int
    case: CaseRef
    reference: str
    category: str
    seized_at: datetime
    custody: CustodianState
    forensic: Forensic
    last_event_at: datetime
    place: PlaceRef | None = None
    due_back: datetime | None = None
    first_booked_in_at: datetime | None = None
    submitted_at: datetime | None = None
    decision: Decision | None = None
    last_sighted_at: datetime | None = None
    offer: Offer | None = None
    joint: PersonRef | None = None
    disposed: str | None = None
    review_at: datetime | None = None
    opened_at: datetime | None = None
    collected_by: PersonRef | None = None
    held_since: datetime | None = None
    recommendations: tuple[Recommendation, ...] = ()
    grade: str | None = None
    reopened_at: datetime | None = None
    results: tuple[Result, ...] = ()
    end_seen_by: PersonRef | None = None
    imported_at: datetime | None = None
    grade_on: datetime | None = None

    @property
    def open_recommendations(self) -> tuple[Recommendation, ...]:
        """Those that nobody has answered, in the order they were made."""
        return tuple(one for one in self.recommendations if one.answer is None)


clocked_of = msgspec.json.Decoder(ClockedState).decode
