"""Events of the register: an item comes to be known, is named, labelled, photographed, divided and decided upon."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..people import PersonRef
from ..places import PlaceRef
from .envelope import Body, BoxRef, CaseRef, ItemRef


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
class Inherited:
    """What a part has of the item that it was taken from. The clocks run from the parent's seizure.

    `custodian_kind` and `custodian_id` name who answered for the parent; `holds` are its holds, by name.
    """

    parent: ItemRef
    seized_at: datetime
    custodian_kind: str
    custodian_id: int
    custodian_name: str
    place: PlaceRef | None = None
    holds: tuple[str, ...] = ()
    box: BoxRef | None = None
    booked_in_at: datetime | None = None
    joint: PersonRef | None = None
    held_since: datetime | None = None
    due_back: datetime | None = None
    forensic: str | None = None
    submission: str | None = None
    submitted_at: datetime | None = None
    grade_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class SplitOff(Body):
    """The first event of an item that was part of another: case, hazards, holds and clock start are the parent's.

    `made_by` is the laboratory that made it; then it is as far in its examination as the parent was.
    """

    KIND: ClassVar[str] = "split_off"
    case: CaseRef
    reference: str
    description: str
    category: str
    producer: PersonRef
    seized_by: PersonRef
    inherited: Inherited
    hazards: tuple[str, ...] = ()
    seal: str | None = None
    quantity: int = 1
    unit: str = "item"
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part that was taken from an item, and how much of it: 0 for a swab or an extract that leaves it whole."""

    item: ItemRef
    quantity: int


@dataclass(frozen=True, slots=True)
class Split(Body):
    """Parts were taken from the item: parts, residue and declared loss together are what there was before.

    `made_by` is the laboratory that took them.
    """

    KIND: ClassVar[str] = "split"
    parts: tuple[Part, ...]
    residue: int
    loss: int
    unit: str
    seal: str | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled(Body):
    """A label was made for the item, or a blank one was put on it; `replaces` is the code that it takes the place of.

    A printed label `awaits_scan`: it counts, and what it replaces is revoked, with the first scan of it. Printings of
    before that rule, and blank labels, count at once. `authorised_by` stood by a reprint; `series` says which blank
    label it was: "series 12, label 34 of 100".
    """

    KIND: ClassVar[str] = "label"
    code: str
    stock: str
    replaces: str | None = None
    series: str | None = None
    awaits_scan: bool | None = None
    authorised_by: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class LabelActivated(Body):
    """A printed label was seen for the first time: it is the item's label, and `replaces` is revoked."""

    KIND: ClassVar[str] = "activate_label"
    code: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class LabelVoided(Body):
    """A printed label that nobody had seen is worth nothing; what it should have replaced stays good."""

    KIND: ClassVar[str] = "void_label"
    code: str


@dataclass(frozen=True, slots=True)
class Relabelled(Body):
    """The item had lost its label, or bore a wrong one. `identified_by` are the two ways in which it was known."""

    KIND: ClassVar[str] = "relabel"
    identified_by: tuple[str, ...]
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
class Answer:
    """What a decision says to one recommendation; `recommendation` is that event's id."""

    recommendation: str
    answer: str


@dataclass(frozen=True, slots=True)
class Decided(Body):
    """A named person decided what forensic examination the item gets, if any, and answered what was recommended.

    `cost` is what the examination was estimated to cost, in whole pounds, where somebody said so.
    """

    KIND: ClassVar[str] = "decide"
    decision: str
    reason_code: str | None = None
    rationale: str | None = None
    consulted: str | None = None
    reopen_if: str | None = None
    until: datetime | None = None
    answers: tuple[Answer, ...] = ()
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Reclassified(Body):
    """The item's or its case's category changed; no clock restarts."""

    KIND: ClassVar[str] = "reclassify"
    category: str
    case: CaseRef


@dataclass(frozen=True, slots=True)
class Promoted(Body):
    """Found property became an exhibit: it has a reference and a producer; history and clock are kept."""

    KIND: ClassVar[str] = "promote"
    reference: str
    producer: PersonRef
    category: str
    case: CaseRef
