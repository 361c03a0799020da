"""Refusals that an exhibit's own state gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..show import day_and_time
from .base import Refusal


@dataclass(eq=False)
class CustodyRefusal(Refusal):
    """The exhibit's own state does not allow the event. `ref` is the exhibit reference."""

    code: ClassVar[str] = "custody_refused"
    ref: str


@dataclass(eq=False)
class StillBeingRegistered(CustodyRefusal):
    """No seizure is on record for the item."""

    code: ClassVar[str] = "still_being_registered"

    def sentence(self) -> str:
        return f"The seizure of {self.ref} is not on record yet. Register the item first."


@dataclass(eq=False)
class Disposed(CustodyRefusal):
    """The item has left for good."""

    code: ClassVar[str] = "disposed"
    how: str

    def sentence(self) -> str:
        return f"STOP: {self.ref} is recorded as {self.how}. Put the item aside and tell a supervisor."


@dataclass(eq=False)
class AlreadyInStore(CustodyRefusal):
    """A first receipt was scanned for an item that a store holds."""

    code: ClassVar[str] = "already_in_store"
    place: str

    def sentence(self) -> str:
        return f"{self.ref} is already booked in, at {self.place}. Scan MOVE to put it somewhere else."


@dataclass(eq=False)
class ScanSignInInstead(CustodyRefusal):
    """A first receipt was scanned for an item that a store has held before."""

    code: ClassVar[str] = "scan_sign_in_instead"
    holder: str

    def sentence(self) -> str:
        return f"{self.ref} was booked in before and went out to {self.holder}. Scan SIGN IN to return it."


@dataclass(eq=False)
class NotInAStore(CustodyRefusal):
    """The event needs the item to be in a store."""

    code: ClassVar[str] = "not_in_a_store"
    holder: str
    instead: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded as {self.holder}, not in a store. Scan {self.instead} first."


@dataclass(eq=False)
class AlreadyThere(CustodyRefusal):
    """The item is recorded at the place it would be moved to."""

    code: ClassVar[str] = "already_there"
    place: str

    def sentence(self) -> str:
        return f"{self.ref} is already recorded at {self.place}. Nothing was changed."


@dataclass(eq=False)
class PlaceNeeded(CustodyRefusal):
    """The event needs a place."""

    code: ClassVar[str] = "place_needed"

    def sentence(self) -> str:
        return f"Scan the place that {self.ref} goes to."


@dataclass(eq=False)
class NotAStorePlace(CustodyRefusal):
    """The place is not in a store of the force."""

    code: ClassVar[str] = "not_a_store_place"
    place: str

    def sentence(self) -> str:
        return f"{self.place} is not a place in a store. Scan a store's shelf, bay or room for {self.ref}."


@dataclass(eq=False)
class NotALaboratory(CustodyRefusal):
    """The place is neither a laboratory nor a carrier."""

    code: ClassVar[str] = "not_a_laboratory"
    place: str

    def sentence(self) -> str:
        return f"{self.place} is not a laboratory or a courier. Scan the one that takes {self.ref}."


@dataclass(eq=False)
class UnsuitablePlace(CustodyRefusal):
    """The place does not suit the item (hazard, temperature, security) and no reason was given."""

    code: ClassVar[str] = "unsuitable_place"
    place: str
    needs: str

    def sentence(self) -> str:
        return f"{self.ref} needs {self.needs}, and {self.place} is not that. Choose another, or give a reason."


@dataclass(eq=False)
class SealDoesNotMatch(CustodyRefusal):
    """The seal on the bag is not the seal on record."""

    code: ClassVar[str] = "seal_does_not_match"
    seen: str
    recorded: str

    def sentence(self) -> str:
        recorded = f"the record says {self.recorded}" if self.recorded else "the record says it is unsealed"
        return (
            f"STOP: the seal on {self.ref} reads {self.seen}; {recorded}. Read it again; "
            "if it does differ, put the item aside and tell a supervisor."
        )


@dataclass(eq=False)
class ReceiverNeeded(CustodyRefusal):
    """A release needs the person who takes the item, signed in with their own badge and PIN."""

    code: ClassVar[str] = "receiver_needed"

    def sentence(self) -> str:
        return f"The person who takes {self.ref} must scan their own badge and enter their PIN."


@dataclass(eq=False)
class ReceiverIsActor(CustodyRefusal):
    """Nobody signs an item out to themselves."""

    code: ClassVar[str] = "receiver_is_actor"

    def sentence(self) -> str:
        return f"You cannot sign {self.ref} out to yourself. Ask a colleague of the store to do it."


@dataclass(eq=False)
class WitnessIsActor(CustodyRefusal):
    """Nobody witnesses their own act."""

    code: ClassVar[str] = "witness_is_actor"

    def sentence(self) -> str:
        return f"You cannot be the witness to your own act on {self.ref}. Ask someone else to sign in as witness."


@dataclass(eq=False)
class PurposeNeeded(CustodyRefusal):
    """A release needs a purpose."""

    code: ClassVar[str] = "purpose_needed"

    def sentence(self) -> str:
        return f"Say what {self.ref} is signed out for."


@dataclass(eq=False)
class DueBackNeeded(CustodyRefusal):
    """A release needs a date of return that lies after it."""

    code: ClassVar[str] = "due_back_needed"

    def sentence(self) -> str:
        return f"Enter when {self.ref} is due back, later than now."


@dataclass(eq=False)
class SubmissionNeedsNumber(CustodyRefusal):
    """A submission needs its number."""

    code: ClassVar[str] = "submission_needs_number"

    def sentence(self) -> str:
        return f"Enter the submission number under which {self.ref} goes to the laboratory."


@dataclass(eq=False)
class SubmissionNeedsAuthority(CustodyRefusal):
    """A submission needs the name of who authorised it."""

    code: ClassVar[str] = "submission_needs_authority"

    def sentence(self) -> str:
        return f"Enter who authorised the submission of {self.ref}."


@dataclass(eq=False)
class DecidedOtherwise(CustodyRefusal):
    """A live decision says that the item is not to be submitted."""

    code: ClassVar[str] = "decided_otherwise"
    decision: str
    by: str

    def sentence(self) -> str:
        return f"{self.by} decided '{self.decision}' for {self.ref}. Record a new decision before sending it."


@dataclass(eq=False)
class NeedsAReason(CustodyRefusal):
    """The event needs a reason in words."""

    code: ClassVar[str] = "needs_a_reason"

    def sentence(self) -> str:
        return f"Say why, for {self.ref}."


@dataclass(eq=False)
class OccurredInTheFuture(CustodyRefusal):
    """The claimed time, corrected for the device's clock, lies after the server's."""

    code: ClassVar[str] = "occurred_in_the_future"
    claimed: datetime

    def sentence(self) -> str:
        return (
            f"The scan of {self.ref} claims {day_and_time(self.claimed)}, which has not come yet. "
            "Set the clock of the device and scan again."
        )


@dataclass(eq=False)
class OccurredBeforeSeizure(CustodyRefusal):
    """The claimed time lies before the seizure."""

    code: ClassVar[str] = "occurred_before_seizure"
    claimed: datetime
    seized: datetime

    def sentence(self) -> str:
        return (
            f"The scan of {self.ref} claims {day_and_time(self.claimed)}, before it was seized "
            f"({day_and_time(self.seized)}). Set the clock of the device and scan again."
        )
