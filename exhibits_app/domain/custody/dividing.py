"""The rules of dividing an item: parts, what is left and what is lost are what there was, and parts inherit."""

from dataclasses import dataclass, replace

from ..errors import NoParts, NotWithLaboratory, QuantitiesDiffer, StillSealed
from ..events import Inherited, ItemRef, Part, Split, SplitOff
from ..exhibit import Exhibit, SealKind
from ..people import PersonRef
from .asked import Asked, check_act, check_holder, check_two, given

# What a swab or an extract is counted in.
SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Taken:
    """One part as somebody took it: the item that it becomes, and how much it holds.

    A laboratory's swab or extract is a `sample`: one of something else than its parent is counted in.
    """

    item: ItemRef
    description: str
    quantity: int
    producer: PersonRef
    seal: str | None = None
    sample: bool = False

    @property
    def of_parent(self) -> int:
        """How much of the parent's quantity it takes: nothing for a sample, which leaves the parent whole."""
        return 0 if self.sample else self.quantity


def may_split(exhibit: Exhibit, asked: Asked) -> None:
    """Its holder divides what is open. Raises NotTheHolder, StillSealed, WitnessNeeded."""
    check_act(exhibit, asked)
    check_holder(exhibit, asked)
    if exhibit.seal.kind is SealKind.SEALED:
        raise StillSealed(exhibit.ref, exhibit.seal.number)
    check_two(exhibit, asked)


def split(exhibit: Exhibit, asked: Asked, parts: tuple[Taken, ...], left: int, lost: int) -> Split:
    """The parent's event. Raises NoParts, QuantitiesDiffer, ParticularNeeded for a loss without a reason."""
    may_split(exhibit, asked)
    return _divided(exhibit, asked, parts, left, lost)


def may_be_divided_there(exhibit: Exhibit, asked: Asked) -> None:
    """A laboratory makes parts of what it has or had, under whatever seal. Raises NotWithLaboratory, Disposed."""
    check_act(exhibit, asked)
    if exhibit.submitted_at is None:
        raise NotWithLaboratory(exhibit.ref)


def split_there(
    exhibit: Exhibit, asked: Asked, parts: tuple[Taken, ...], left: int, lost: int, laboratory: str
) -> Split:
    """The parent's event, of parts that a laboratory made. Raises as `split` does, and NotWithLaboratory."""
    may_be_divided_there(exhibit, asked)
    return replace(_divided(exhibit, asked, parts, left, lost), made_by=laboratory)


def _divided(exhibit: Exhibit, asked: Asked, parts: tuple[Taken, ...], left: int, lost: int) -> Split:
    if not parts or any(part.quantity < 1 for part in parts) or left < 0 or lost < 0:
        raise NoParts(exhibit.ref)
    together = sum(part.of_parent for part in parts) + left + lost
    if together != exhibit.quantity:
        raise QuantitiesDiffer(exhibit.ref, together, exhibit.quantity, exhibit.unit)
    if lost:
        given(exhibit, asked.reason, "reason", "how some of it was lost")
    return Split(tuple(Part(part.item, part.of_parent) for part in parts), left, lost, exhibit.unit)


def split_off_there(exhibit: Exhibit, part: Taken, laboratory: str) -> SplitOff:
    """The first event of a part that a laboratory made: it is as far in its examination as its parent."""
    body = split_off(exhibit, part)
    inherited = replace(
        body.inherited,
        forensic=exhibit.forensic.value,
        submission=exhibit.submission,
        submitted_at=exhibit.submitted_at,
    )
    return replace(body, inherited=inherited, made_by=laboratory)


def split_off(exhibit: Exhibit, part: Taken) -> SplitOff:
    """The part's own first event: case, hazards, holds, custody, place and clock start are the parent's."""
    custody = exhibit.custody
    return SplitOff(
        case=exhibit.case,
        reference=part.item.reference,
        description=part.description,
        category=exhibit.category,
        producer=part.producer,
        seized_by=exhibit.seized_by,
        inherited=Inherited(
            parent=ItemRef(exhibit.register_no, exhibit.reference),
            seized_at=exhibit.seized_at,
            custodian_kind=custody.kind.value,
            custodian_id=custody.id,
            custodian_name=custody.name,
            place=exhibit.place,
            holds=tuple(hold.hold for hold in exhibit.holds),
            box=exhibit.box,
            booked_in_at=exhibit.first_booked_in_at,
            joint=exhibit.joint,
            held_since=exhibit.held_since,
            grade_on=exhibit.grade_on,
            due_back=exhibit.due_back,
        ),
        hazards=exhibit.hazards,
        seal=part.seal,
        quantity=part.quantity,
        unit=SAMPLE if part.sample else exhibit.unit,
    )
