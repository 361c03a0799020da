"""The fold of the register's events, and of those that put the record right."""

from dataclasses import replace

from ..advice import answered
from ..events import (
    NOT_IN_BOX,
    Corrected,
    Decided,
    DiscrepancyRaised,
    DiscrepancySettled,
    Erased,
    Event,
    LabelActivated,
    Labelled,
    LabelVoided,
    Photographed,
    Promoted,
    Reclassified,
    Relabelled,
    Seized,
    Split,
    SplitOff,
)
from ..exhibit import (
    Alias,
    Custody,
    CustodyKind,
    Decision,
    Discrepancy,
    Exhibit,
    Forensic,
    Hold,
    PresenceKind,
    Seal,
    SealKind,
)
from .common import Changes, discrepancy, discrepant, person_as, seen

DECISION_STATES = {
    "SUBMIT": Forensic.TO_SUBMIT,
    "NOT_REQUIRED": Forensic.NOT_REQUIRED,
    "DEFER": Forensic.DEFERRED,
    "EXAMINE_IN_HOUSE": Forensic.IN_HOUSE,
    "UNSUITABLE": Forensic.UNSUITABLE,
    "SUBMITTED_ELSEWHERE": Forensic.ELSEWHERE,
}


def begun(event: Event, body: Seized | SplitOff) -> Exhibit:
    """The state after the first event of an item."""
    at = event.envelope.corrected
    exhibit = Exhibit(
        register_no=event.register_no,
        case=body.case,
        reference=body.reference,
        description=body.description,
        category=body.category,
        seized_at=at,
        seized_by=body.seized_by,
        producer=body.producer,
        custody=person_as(body.seized_by),
        seal=Seal(SealKind.SEALED, body.seal) if body.seal else Seal(SealKind.UNSEALED),
        forensic=Forensic.UNDECIDED,
        presence=PresenceKind.UNSEEN,
        last_event_at=at,
        last_event_id=event.envelope.id,
        held_since=at,
        hazards=body.hazards,
        quantity=body.quantity,
        unit=body.unit,
    )
    return exhibit if isinstance(body, Seized) else _inherited(exhibit, event, body)


def _inherited(exhibit: Exhibit, event: Event, body: SplitOff) -> Exhibit:
    _at, device, device_seq, _id = event.timeline_key
    given = body.inherited
    holds = tuple(Hold(hold, event.envelope.actor, event.envelope.corrected) for hold in given.holds)
    return replace(
        exhibit,
        seized_at=given.seized_at,
        parent=given.parent,
        holds=holds,
        custody=Custody(CustodyKind(given.custodian_kind), given.custodian_id, given.custodian_name),
        place=given.place,
        box=given.box,
        joint=given.joint,
        first_booked_in_at=given.booked_in_at,
        held_since=given.held_since or exhibit.held_since,
        due_back=given.due_back,
        forensic=Forensic(given.forensic) if given.forensic else exhibit.forensic,
        submission=given.submission,
        submitted_at=given.submitted_at,
        grade_on=given.grade_on,
        last_device=device,
        last_device_seq=device_seq,
    )


def split(exhibit: Exhibit, event: Event, body: Split) -> Changes:
    """The residue stays; parts that with it and the loss are not what there was are a discrepancy."""
    together = sum(part.quantity for part in body.parts) + body.residue + body.loss
    odd: tuple[Discrepancy, ...] = ()
    if together != exhibit.quantity:
        odd = (discrepancy("quantity", event, f"{together} {body.unit}", f"{exhibit.quantity} {exhibit.unit}"),)
    changes = seen(exhibit, event, body.seal, odd)
    return changes | Changes(quantity=body.residue, parts=exhibit.parts + tuple(part.item for part in body.parts))


def labelled(_exhibit: Exhibit, _event: Event, body: Labelled) -> Changes:
    """The newest label is the one; a printed one as soon as it is seen, and not before."""
    return Changes() if body.awaits_scan else Changes(code=body.code)


def label_activated(_exhibit: Exhibit, _event: Event, body: LabelActivated) -> Changes:
    """The label that was seen is the one."""
    return Changes(code=body.code)


def label_voided(_exhibit: Exhibit, _event: Event, _body: LabelVoided) -> Changes:
    """It never was the item's label."""
    return Changes()


def relabelled(_exhibit: Exhibit, _event: Event, _body: Relabelled) -> Changes:
    """The label itself comes with its printing; the label before is worth nothing from now on."""
    return Changes(code=None)


def photographed(exhibit: Exhibit, _event: Event, _body: Photographed) -> Changes:
    """One more photograph."""
    return Changes(photographs=exhibit.photographs + 1)


def promoted(exhibit: Exhibit, _event: Event, body: Promoted) -> Changes:
    """It has an exhibit reference now; the one before stays an alias."""
    alias = Alias("reference before", exhibit.reference)
    return Changes(
        reference=body.reference,
        producer=body.producer,
        category=body.category,
        case=body.case,
        aliases=(*exhibit.aliases, alias) if alias not in exhibit.aliases else exhibit.aliases,
    )


def decided(exhibit: Exhibit, event: Event, body: Decided) -> Changes:
    """The decision stands."""
    envelope = event.envelope
    decision = Decision(body.decision, envelope.actor, envelope.corrected, body.reason_code, body.rationale, body.until)
    recommendations = exhibit.recommendations
    for said in body.answers:
        recommendations = answered(recommendations, said.recommendation, said.answer)
    return Changes(forensic=DECISION_STATES[body.decision], decision=decision, recommendations=recommendations)


def reclassified(_exhibit: Exhibit, _event: Event, body: Reclassified) -> Changes:
    """Another category, which may make it overdue at once."""
    return Changes(category=body.category, case=body.case)


def corrected(_exhibit: Exhibit, _event: Event, _body: Corrected) -> Changes:
    """The correction itself changes nothing: what it corrects is put right before the fold (see timeline)."""
    return Changes()


def raised(exhibit: Exhibit, event: Event, body: DiscrepancyRaised) -> Changes:
    """A discrepancy is open. What was not in its box when that was checked is not moved with it from then on."""
    changes = Changes(box=None) if body.discrepancy == NOT_IN_BOX else Changes()
    return discrepant(exhibit, changes, (discrepancy(body.discrepancy, event, body.seen, body.recorded),))


def settled(exhibit: Exhibit, _event: Event, body: DiscrepancySettled) -> Changes:
    """A discrepancy is open no more; the seal that was in doubt is what the finding says."""
    left = tuple(one for one in exhibit.discrepancies if (one.event, one.kind) != (body.event, body.discrepancy))
    changes = Changes(discrepancies=left)
    if body.seal:
        changes["seal"] = Seal(SealKind.SEALED, body.seal)
    elif exhibit.seal.kind is SealKind.SUSPECT and not any(one.kind == "wrong seal" for one in left):
        changes["seal"] = Seal(SealKind.SEALED if exhibit.seal.number else SealKind.UNSEALED, exhibit.seal.number)
    return changes


def erased(_exhibit: Exhibit, _event: Event, _body: Erased) -> Changes:
    """Erasing changes nothing by itself: the events that were erased from say "[erased]", and are folded again."""
    return Changes()
