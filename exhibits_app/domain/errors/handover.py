"""Refusals of handovers, seals, journeys and witnesses."""

from dataclasses import dataclass
from typing import ClassVar

from .custody import CustodyRefusal


@dataclass(eq=False)
class ParticularNeeded(CustodyRefusal):
    """The event lacks something that its kind must carry. `field` is its name, `what` says it in words."""

    code: ClassVar[str] = "particular_needed"
    field: str
    what: str

    def sentence(self) -> str:
        return f"Enter {self.what}, for {self.ref}."


@dataclass(eq=False)
class WitnessNeeded(CustodyRefusal):
    """Cash, drugs and firearms are handled by two."""

    code: ClassVar[str] = "witness_needed"
    why: str

    def sentence(self) -> str:
        return f"{self.ref} is {self.why}: a witness must sign in with their own badge and PIN."


@dataclass(eq=False)
class CountNeeded(CustodyRefusal):
    """Cash and drugs are counted or weighed by two when they are booked in."""

    code: ClassVar[str] = "count_needed"
    why: str

    def sentence(self) -> str:
        return f"{self.ref} is {self.why}: enter what you and the witness counted or weighed."


@dataclass(eq=False)
class MadeSafeNeeded(CustodyRefusal):
    """A firearm is made safe before it is booked in."""

    code: ClassVar[str] = "made_safe_needed"

    def sentence(self) -> str:
        return f"{self.ref} is a firearm or ammunition: enter who made it safe."


@dataclass(eq=False)
class NotTheHolder(CustodyRefusal):
    """Only who holds an item can do this with it."""

    code: ClassVar[str] = "not_the_holder"
    holder: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded as {self.holder}. Only who holds it can do this."


@dataclass(eq=False)
class OfferToSelf(CustodyRefusal):
    """Nobody hands an item to themselves."""

    code: ClassVar[str] = "offer_to_self"

    def sentence(self) -> str:
        return f"{self.ref} is with you already. Choose the person who is to take it."


@dataclass(eq=False)
class AlreadyOffered(CustodyRefusal):
    """An offer is open already."""

    code: ClassVar[str] = "already_offered"
    receiver: str

    def sentence(self) -> str:
        return f"{self.ref} is offered to {self.receiver} already. Withdraw that offer first."


@dataclass(eq=False)
class NoOffer(CustodyRefusal):
    """There is no open offer to accept or to turn down."""

    code: ClassVar[str] = "no_offer"
    holder: str

    def sentence(self) -> str:
        return f"Nobody offers {self.ref} now: it is recorded as {self.holder}. Ask the holder to offer it."


@dataclass(eq=False)
class NotOfferedToYou(CustodyRefusal):
    """An offer is accepted by the person whom it names."""

    code: ClassVar[str] = "not_offered_to_you"
    receiver: str

    def sentence(self) -> str:
        return f"{self.ref} is offered to {self.receiver}, who must answer with their own sign-in."


@dataclass(eq=False)
class AnotherWayIn(CustodyRefusal):
    """The item comes back by another event than the one that was scanned."""

    code: ClassVar[str] = "another_way_in"
    where: str
    instead: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded {self.where}. Scan {self.instead} to take it in."


@dataclass(eq=False)
class NotWithCarrier(CustodyRefusal):
    """Only what a carrier has can be received from one."""

    code: ClassVar[str] = "not_with_carrier"
    where: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded {self.where}, not with a carrier."


@dataclass(eq=False)
class NotSentOut(CustodyRefusal):
    """Only what was sent to a laboratory can arrive there or come back."""

    code: ClassVar[str] = "not_sent_out"
    where: str

    def sentence(self) -> str:
        return (
            f"STOP: {self.ref} is recorded {self.where}, not sent to a laboratory. If the laboratory sent it, it may "
            "be the wrong item: put it aside and tell a supervisor."
        )


@dataclass(eq=False)
class NotAtCourt(CustodyRefusal):
    """Only what is at court can come back from there."""

    code: ClassVar[str] = "not_at_court"
    where: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded {self.where}, not at a court."


@dataclass(eq=False)
class WrongOutsidePlace(CustodyRefusal):
    """The place is not of the kind that the event needs."""

    code: ClassVar[str] = "wrong_outside_place"
    place: str
    needed: str

    def sentence(self) -> str:
        return f"{self.place} is not {self.needed}. Scan the one that takes {self.ref}."


@dataclass(eq=False)
class CollectorReceives(CustodyRefusal):
    """Who hands items to a carrier does not receive them at the other end."""

    code: ClassVar[str] = "collector_receives"

    def sentence(self) -> str:
        return f"You handed {self.ref} to the carrier. Someone else must receive it."


@dataclass(eq=False)
class SealNumberNeeded(CustodyRefusal):
    """Sealing needs the number of the new seal."""

    code: ClassVar[str] = "seal_number_needed"

    def sentence(self) -> str:
        return f"Scan or enter the number of the new seal on {self.ref}."


@dataclass(eq=False)
class SealUsedBefore(CustodyRefusal):
    """Seal numbers are unique in the force, for ever."""

    code: ClassVar[str] = "seal_used_before"
    seal: str
    user: str

    def sentence(self) -> str:
        return (
            f"STOP: seal {self.seal} was used before, on {self.user}. Read the number again; "
            f"if it does read that, put {self.ref} aside and tell a supervisor."
        )


@dataclass(eq=False)
class StillSealed(CustodyRefusal):
    """A new seal goes on when the old one was opened."""

    code: ClassVar[str] = "still_sealed"
    seal: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded under seal {self.seal}. Scan OPEN first, with the reason for opening it."


@dataclass(eq=False)
class NothingToOpen(CustodyRefusal):
    """Only what is sealed can be opened."""

    code: ClassVar[str] = "nothing_to_open"
    seal: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded as {self.seal}, so there is no seal to open."


@dataclass(eq=False)
class StillHere(CustodyRefusal):
    """Only for somebody who has left does a supervisor hand over."""

    code: ClassVar[str] = "still_here"
    person: str

    def sentence(self) -> str:
        return f"{self.person} still works here, so only they can hand {self.ref} over. Ask them."
