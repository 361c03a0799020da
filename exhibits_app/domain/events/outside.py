"""Events outside the force: the laboratory, the court, the examination that leaves nothing."""

from dataclasses import dataclass
from typing import ClassVar

from ..places import PlaceRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class Submitted(Body):
    """Scanned out to a carrier or a laboratory for examination."""

    KIND: ClassVar[str] = "submit"
    place: PlaceRef
    submission: str
    authority: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class LabReceived(Body):
    """The laboratory has it: under its own number, with the seal as it arrived."""

    KIND: ClassVar[str] = "lab_receipt"
    place: PlaceRef
    number: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class LabReturned(Body):
    """Back from the laboratory into a store, under the laboratory's own seal if it opened the old one.

    `awaited` when it came back before its result; returns of before that rule do not say, and count as the result.
    """

    KIND: ClassVar[str] = "lab_return"
    place: PlaceRef
    seal: str | None = None
    new_seal: str | None = None
    result: str | None = None
    awaited: bool | None = None


@dataclass(frozen=True, slots=True)
class Consumed(Body):
    """Used up in examination: nothing came back, and the laboratory says so under its own number."""

    KIND: ClassVar[str] = "consume"
    number: str
    report: str


@dataclass(frozen=True, slots=True)
class SentToCourt(Body):
    """Taken to court, under the court's exhibit number when it has one."""

    KIND: ClassVar[str] = "to_court"
    place: PlaceRef
    number: str | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class BackFromCourt(Body):
    """Back from court into a store."""

    KIND: ClassVar[str] = "from_court"
    place: PlaceRef
    seal: str | None = None
