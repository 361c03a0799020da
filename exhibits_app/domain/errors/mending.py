"""Refusals of corrections, of findings on discrepancies, and of dividing, naming and relabelling."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..show import day_and_time
from .custody import CustodyRefusal


@dataclass(eq=False)
class NoSuchEvent(CustodyRefusal):
    """The event that is to be corrected is not one of the item's."""

    code: ClassVar[str] = "no_such_event"

    def sentence(self) -> str:
        return f"That is not an event of {self.ref}. Choose one from its history."


@dataclass(eq=False)
class BeginningStays(CustodyRefusal):
    """What began an item cannot be declared not to have happened."""

    code: ClassVar[str] = "beginning_stays"

    def sentence(self) -> str:
        return f"{self.ref} began with this event. Correct its time, person or seal; it cannot be taken away."


@dataclass(eq=False)
class MistakeDoesNotFit(CustodyRefusal):
    """This kind of event has nothing of the sort to be wrong."""

    code: ClassVar[str] = "mistake_does_not_fit"
    event: str
    mistake: str

    def sentence(self) -> str:
        return f"The event '{self.event}' of {self.ref} cannot be corrected for '{self.mistake}'."


@dataclass(eq=False)
class SecondPersonNeeded(CustodyRefusal):
    """Old and high-risk events are corrected by two."""

    code: ClassVar[str] = "second_person_needed"
    why: str

    def sentence(self) -> str:
        return f"Correcting this event of {self.ref} needs a second person, who signs in too: {self.why}."


@dataclass(eq=False)
class NoSuchDiscrepancy(CustodyRefusal):
    """The discrepancy is not open."""

    code: ClassVar[str] = "no_such_discrepancy"

    def sentence(self) -> str:
        return f"That discrepancy of {self.ref} is not open. Someone may have settled it meanwhile."


@dataclass(eq=False)
class OwnObservation(CustodyRefusal):
    """Nobody settles what their own scan raised."""

    code: ClassVar[str] = "own_observation"

    def sentence(self) -> str:
        return f"Your own scan of {self.ref} raised this. Someone else must settle it."


@dataclass(eq=False)
class StillUnknown(CustodyRefusal):
    """While nobody knows where an item is, that stays an open discrepancy."""

    code: ClassVar[str] = "still_unknown"

    def sentence(self) -> str:
        return f"Nobody knows where {self.ref} is. It can be settled when the item is found."


@dataclass(eq=False)
class QuantitiesDiffer(CustodyRefusal):
    """Parts, residue and loss together are what there was before."""

    code: ClassVar[str] = "quantities_differ"
    together: int
    before: int
    unit: str

    def sentence(self) -> str:
        return (
            f"Parts, what is left and what is lost come to {self.together} {self.unit}; {self.ref} had {self.before}. "
            "They must be the same."
        )


@dataclass(eq=False)
class NoParts(CustodyRefusal):
    """A split makes at least one part, of at least one unit."""

    code: ClassVar[str] = "no_parts"

    def sentence(self) -> str:
        return f"Say which parts are taken from {self.ref}, and how much each holds (at least 1)."


@dataclass(eq=False)
class TwoWaysNeeded(CustodyRefusal):
    """An item without its label is known by two ways that do not depend on each other."""

    code: ClassVar[str] = "two_ways_needed"

    def sentence(self) -> str:
        return (
            f"Choose two ways in which you know that this is {self.ref}: seal number, photograph, serial number or "
            "description, a second person."
        )


@dataclass(eq=False)
class NotFoundProperty(CustodyRefusal):
    """Only found property or safekeeping becomes an exhibit; an exhibit is one already."""

    code: ClassVar[str] = "not_found_property"

    def sentence(self) -> str:
        return f"{self.ref} is an exhibit already."


@dataclass(eq=False)
class AlreadyCorrected(CustodyRefusal):
    """An event that was taken from the item is not corrected further."""

    code: ClassVar[str] = "already_corrected"
    event: str

    def sentence(self) -> str:
        return (
            f"The event '{self.event}' was taken from {self.ref} by a correction. If that was wrong, correct the "
            "correction: it did not happen."
        )


@dataclass(eq=False)
class BeforeItBegan(CustodyRefusal):
    """A corrected time would put something that happened to the item before its beginning."""

    code: ClassVar[str] = "before_it_began"
    event: str
    happened: datetime
    began: datetime

    def sentence(self) -> str:
        return (
            f"That would put '{self.event}' of {self.ref} ({day_and_time(self.happened)}) before the item began "
            f"({day_and_time(self.began)}). Enter another time, or put the other of the two right first."
        )


@dataclass(eq=False)
class PlaceClosed(CustodyRefusal):
    """Nothing new goes to a place that was closed."""

    code: ClassVar[str] = "place_closed"
    place: str

    def sentence(self) -> str:
        return f"{self.place} is closed. Put {self.ref} somewhere else and scan that place."
