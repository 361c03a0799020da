"""Events of losing, finding, keeping and parting with an item."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..people import PersonRef
from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class Unaccounted(Body):
    """Not seen where it is recorded; the search is open."""

    KIND: ClassVar[str] = "unaccounted"
    search: str


@dataclass(frozen=True, slots=True)
class ConfirmedMissing(Body):
    """A supervisor confirmed, after the search, that it is missing."""

    KIND: ClassVar[str] = "missing"
    search: str


@dataclass(frozen=True, slots=True)
class Found(Body):
    """Found again: the gap before stays on record for ever."""

    KIND: ClassVar[str] = "found"
    place: PlaceRef
    seal: str | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class HoldPlaced(Body):
    """Something blocks disposal: proceedings, an appeal, a coroner, a civil claim, a complaint, a dispute."""

    KIND: ClassVar[str] = "hold"
    hold: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class HoldReleased(Body):
    """A hold no longer blocks disposal."""

    KIND: ClassVar[str] = "release_hold"
    hold: str


@dataclass(frozen=True, slots=True)
class RetentionReviewed(Body):
    """The retention was reviewed: kept on this basis until this date."""

    KIND: ClassVar[str] = "review"
    basis: str
    next_review: datetime


@dataclass(frozen=True, slots=True)
class DisposalAuthorised(Body):
    """A named supervisor permits disposal by one method, on a legal basis. This is not the act."""

    KIND: ClassVar[str] = "authorise_disposal"
    method: str
    basis: str


@dataclass(frozen=True, slots=True)
class Restored(Body):
    """Given to its owner, against identity and a receipt."""

    KIND: ClassVar[str] = "restore"
    claimant: str
    identity: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Destroyed(Body):
    """Destroyed before a witness, under a certificate."""

    KIND: ClassVar[str] = "destroy"
    certificate: str


@dataclass(frozen=True, slots=True)
class Auctioned(Body):
    """Handed to an auctioneer as a lot."""

    KIND: ClassVar[str] = "auction"
    auctioneer: str
    lot: str


@dataclass(frozen=True, slots=True)
class Retained(Body):
    """Kept by the force for its own use."""

    KIND: ClassVar[str] = "retain"
    unit: str
    use: str


@dataclass(frozen=True, slots=True)
class Reseized(Body):
    """Taken again from its owner: a new interval of continuity on the same item."""

    KIND: ClassVar[str] = "re_seize"
    seized_by: PersonRef
    power: str
    found_at: str | None = None
    seal: str | None = None
