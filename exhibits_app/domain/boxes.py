"""Boxes: containers that are moved as one, what they are said to hold, and in which box an item lay when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from . import timeline
from .errors import BoxInItself
from .events import BoxRef, Event
from .exhibit import Custody, CustodyKind, Seal
from .fold import fold
from .people import PersonRef
from .places import PlaceRef


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it stands now. What lies in it the items themselves say.

    `last_at` is when it, or a box that it stands in, was last acted on: a scan of an earlier time does not move it.
    `seen_at` is when it was last scanned itself. `counting_since` is set while its contents are checked against the
    manifest of its opening.
    """

    id: int
    name: str
    custody: Custody
    seal: Seal
    made_at: datetime
    made_by: PersonRef
    last_at: datetime
    place: PlaceRef | None = None
    parent: BoxRef | None = None
    closed: bool = False
    counting_since: datetime | None = None
    seen_at: datetime | None = None

    @property
    def ref(self) -> BoxRef:
        """The box as an item names it."""
        return BoxRef(self.id, self.name)

    @property
    def in_store(self) -> bool:
        return self.custody.kind is CustodyKind.STORE

    @property
    def where(self) -> str:
        """Where it is, for a sentence: "at Ilford transit store, bay 2", "with PC 4521 Reyes"."""
        if self.custody.kind is CustodyKind.PERSON:
            return f"with {self.custody.name}"
        return f"at {self.place.name if self.place else self.custody.name}"

    @property
    def shut(self) -> str:
        """How it is shut, for a sentence: "sealed under B900", "closed"; empty when it is open."""
        if not self.closed:
            return ""
        return f"sealed under {self.seal.number}" if self.seal.number else "closed"


def manifest_text(register_nos: Iterable[int]) -> str:
    """The written form of a manifest: a JSON array of the property references, ascending, without spaces."""
    return f"[{','.join(map(str, sorted(set(register_nos))))}]"


def manifest_sha256(register_nos: Iterable[int]) -> str:
    """The SHA-256 of a manifest's written form, in hex."""
    return sha256(manifest_text(register_nos).encode()).hexdigest()


def family(box: int, parents: Mapping[int, int]) -> frozenset[int]:
    """The box with every box in it, at any depth; `parents` says of each box that is in one in which."""
    found = {box}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return frozenset(found)
        found |= more


def check_no_cycle(box: Box, into: Box, parents: Mapping[int, int]) -> None:
    """Raise BoxInItself when `into` is the box itself, or lies in it at any depth."""
    if into.id in family(box.id, parents):
        raise BoxInItself(box.name, into.name)


def box_at(events: Iterable[Event], at: datetime) -> BoxRef | None:
    """The box in which the item of these events lay at that moment, as corrected; None before it began."""
    before = [event for event in timeline.effective(events) if event.envelope.corrected <= at]
    return fold(before).box if before else None
