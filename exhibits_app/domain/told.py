"""Sentences for what is handed over, sealed, sent away, lost, found, held, ended and put right."""

from collections.abc import Callable
from typing import Any

from . import events as e
from .advice import ADVISER_NAMES, CAUSE_NAMES, GRADE_NAMES
from .custody.ending import HOLD_NAMES
from .laboratory import NOT_EXAMINED, OUTCOME_NAMES
from .show import clock, day


def sealed(seal: str | None) -> str:
    """The end of a sentence that names the seal seen, or nothing."""
    return f", seal {seal}" if seal else ""


def boxed(name: str) -> str:
    """A box by its name, which need not say that it is one."""
    return name if name.casefold().startswith("box") else f"box {name}"


def _split_off(body: e.SplitOff, actor: str, ref: str) -> str:
    parent = body.inherited.parent.reference
    if body.made_by:
        made = f"{body.made_by} made {ref} ({body.quantity} {body.unit}) from {parent}, whose clocks it keeps"
        return f"{actor} recorded that {made}{sealed(body.seal)}"
    return f"{actor} took {ref} ({body.quantity} {body.unit}) from {parent}, whose clocks it keeps{sealed(body.seal)}"


def _split(body: e.Split, actor: str, ref: str) -> str:
    parts = ", ".join(
        f"{part.item.reference} ({f'{part.quantity} {body.unit}' if part.quantity else 'a sample'})"
        for part in body.parts
    )
    if body.made_by:
        rest = f"{body.residue} {body.unit} left and {body.loss} lost"
        return f"{actor} recorded that {body.made_by} made {parts} from {ref}; {rest}{sealed(body.seal)}"
    return f"{actor} split {ref} into {parts}; {body.residue} {body.unit} left and {body.loss} lost{sealed(body.seal)}"


def _relabelled(body: e.Relabelled, actor: str, ref: str) -> str:
    old = f"; label {body.replaces} is revoked" if body.replaces else ""
    return f"{actor} identified {ref} by {' and '.join(body.identified_by)} to label it anew{old}"


def _promoted(body: e.Promoted, actor: str, ref: str) -> str:
    return f"{actor} made {ref} an exhibit as {body.reference}, to be produced by {body.producer.name}"


def _collected(body: e.Collected, actor: str, ref: str) -> str:
    bound = f", bound for {body.bound_for.name}" if body.bound_for else ""
    return f"{actor} handed {ref} to {body.place.name}{bound}{sealed(body.seal)}"


def _received(body: e.Received, actor: str, ref: str) -> str:
    return f"{actor} received {ref} at {body.place.name}{sealed(body.seal)}"


def _offered(body: e.Offered, actor: str, ref: str) -> str:
    return f"{actor} offered {ref} to {body.receiver.name}{sealed(body.seal)}"


def _accepted(body: e.Accepted, actor: str, ref: str) -> str:
    return f"{actor} accepted {ref}{sealed(body.seal)}"


def _rejected(_body: e.Rejected, actor: str, ref: str) -> str:
    return f"{actor} ended the offer of {ref}; it did not change hands"


def _put_in(body: e.PutIn, actor: str, ref: str) -> str:
    return f"{actor} put {ref} into {boxed(body.box.name)}{sealed(body.seal)}"


def _taken_out(body: e.TakenOut, actor: str, ref: str) -> str:
    return f"{actor} took {ref} out of {boxed(body.box.name)}{sealed(body.seal)}"


def _box_sealed(body: e.BoxSealed, actor: str, ref: str) -> str:
    return f"{actor} closed {boxed(body.box.name)} under seal {body.number}, with {ref} in it"


def _box_opened(body: e.BoxOpened, actor: str, ref: str) -> str:
    return f"{actor} opened {boxed(body.box.name)}{sealed(body.seal)}, with {ref} in it"


def _seal(body: e.SealApplied, actor: str, ref: str) -> str:
    return f"{actor} sealed {ref} with seal {body.number}"


def _opened(body: e.SealOpened, actor: str, ref: str) -> str:
    return f"{actor} opened {ref}{sealed(body.seal)}"


def _viewed(body: e.Viewed, actor: str, ref: str) -> str:
    how = "opened" if body.opened else "not opened"
    return f"{actor} showed {ref} ({how}) in the presence of {body.present}{sealed(body.seal)}"


def _lab_received(body: e.LabReceived, actor: str, ref: str) -> str:
    return f"{actor} recorded that {body.place.name} received {ref} as its item {body.number}{sealed(body.seal)}"


def _lab_returned(body: e.LabReturned, actor: str, ref: str) -> str:
    new = f", under the new seal {body.new_seal}" if body.new_seal else ""
    result = f", result: {body.result}" if body.result else ""
    return f"{actor} took {ref} back from the laboratory at {body.place.name}{sealed(body.seal)}{new}{result}"


def _cleared(body: e.SubmissionAuthorised, actor: str, ref: str) -> str:
    version = f", version {body.version}" if body.version > 1 else ""
    return (
        f"{actor} authorised that {ref} is sent to {body.laboratory.name} under submission {body.submission}{version}"
    )


def _recalled(body: e.SubmissionRecalled, actor: str, ref: str) -> str:
    return f"{actor} took the authority to send {ref} under submission {body.submission} back ({body.why.rstrip('.')})"


def _consumed(body: e.Consumed, actor: str, ref: str) -> str:
    return f"{actor} recorded that {ref} was used up in examination as item {body.number} ({body.report})"


def _to_court(body: e.SentToCourt, actor: str, ref: str) -> str:
    number = f" as court exhibit {body.number}" if body.number else ""
    return f"{actor} took {ref} to {body.place.name}{number}{sealed(body.seal)}"


def _from_court(body: e.BackFromCourt, actor: str, ref: str) -> str:
    return f"{actor} took {ref} back from court at {body.place.name}{sealed(body.seal)}"


def _unaccounted(body: e.Unaccounted, actor: str, ref: str) -> str:
    return f"{actor} could not account for {ref} (searched: {body.search.rstrip('.')})"


def _missing(body: e.ConfirmedMissing, actor: str, ref: str) -> str:
    return f"{actor} confirmed that {ref} is missing (search: {body.search.rstrip('.')})"


def _found(body: e.Found, actor: str, ref: str) -> str:
    where = f" ({body.where.rstrip('.')})" if body.where else ""
    return f"{actor} found {ref}{where} and put it at {body.place.name}{sealed(body.seal)}"


def _hold(body: e.HoldPlaced, actor: str, ref: str) -> str:
    note = f" ({body.note.rstrip('.')})" if body.note else ""
    return f"{actor} placed {ref} on hold: {_hold_name(body.hold)}{note}"


def _release(body: e.HoldReleased, actor: str, ref: str) -> str:
    return f"{actor} released the hold on {ref}: {_hold_name(body.hold)}"


def _reviewed(body: e.RetentionReviewed, actor: str, ref: str) -> str:
    return f"{actor} reviewed {ref}: kept on the basis of {body.basis.rstrip('.')}, next review {day(body.next_review)}"


def _recommended(body: e.Recommended, actor: str, ref: str) -> str:
    by = f"{body.adviser} ({ADVISER_NAMES.get(body.role, body.role).lower()})"
    what = f"{by} recommends for {ref}: {body.examination.rstrip('.')}"
    return f"{actor} recorded that {what}; {body.owner.name} is to answer"


def _answered(body: e.RecommendationAnswered, actor: str, ref: str) -> str:
    return f"{actor} answered a recommendation for {ref}: {body.answer.rstrip('.')}"


def _graded(body: e.Graded, actor: str, ref: str) -> str:
    return f"{actor} graded {ref} as {GRADE_NAMES.get(body.grade, body.grade)}"


def _reopened(body: e.Reopened, actor: str, ref: str) -> str:
    note = f" ({body.note.rstrip('.')})" if body.note else ""
    return f"{actor} reopened the decision about {ref}: {CAUSE_NAMES.get(body.cause, body.cause).lower()}{note}"


def _resulted(body: e.ResultRecorded, actor: str, ref: str) -> str:
    note = f" ({body.note.rstrip('.')})" if body.note else ""
    what = OUTCOME_NAMES.get(body.outcome, body.outcome).lower()
    by = f"{body.source}, report {body.report} of {day(body.reported_at)}"
    again = "; it is to be decided again" if body.outcome == NOT_EXAMINED else ""
    return f"{actor} recorded the result for {ref} from {by}: {what}{note}{again}"


def _end_seen(body: e.EndSeen, actor: str, ref: str) -> str:
    note = f" ({body.note.rstrip('.')})" if body.note else ""
    return f"{actor} has seen that {ref} was used up in examination{note}"


def _authorised(body: e.DisposalAuthorised, actor: str, ref: str) -> str:
    return f"{actor} authorised to {body.method} {ref} ({body.basis.rstrip('.')})"


def _restored(body: e.Restored, actor: str, ref: str) -> str:
    return f"{actor} restored {ref} to {body.claimant}, known by {body.identity}, receipt {body.receipt}"


def _destroyed(body: e.Destroyed, actor: str, ref: str) -> str:
    return f"{actor} destroyed {ref} under certificate {body.certificate}"


def _auctioned(body: e.Auctioned, actor: str, ref: str) -> str:
    return f"{actor} handed {ref} to {body.auctioneer} for auction as lot {body.lot}"


def _retained(body: e.Retained, actor: str, ref: str) -> str:
    return f"{actor} gave {ref} to {body.unit}, which keeps it for {body.use}"


def _re_seized(body: e.Reseized, actor: str, ref: str) -> str:
    where = f" at {body.found_at}" if body.found_at else ""
    for_them = f"; recorded by {actor}" if actor != body.seized_by.name else ""
    return f"{body.seized_by.name} seized {ref} again{where} under {body.power}{sealed(body.seal)}{for_them}"


def _corrected(body: e.Corrected, actor: str, ref: str) -> str:
    right = ""
    if body.place:
        right = f"; it was {body.place.name}"
    elif body.occurred_at:
        right = f"; it was at {clock(body.occurred_at)} on {day(body.occurred_at)}"
    elif body.person:
        right = f"; it was {body.person.name}"
    elif body.seal:
        right = f"; it was seal {body.seal}"
    elif body.item:
        right = f"; it was {body.item.reference}"
    return f"{actor} corrected an earlier event of {ref} ({body.mistake.value}{right})"


def _raised(body: e.DiscrepancyRaised, actor: str, ref: str) -> str:
    return f"{actor} raised a discrepancy of {ref} ({body.discrepancy}: seen {body.seen}, recorded {body.recorded})"


def _settled(body: e.DiscrepancySettled, actor: str, ref: str) -> str:
    seal = f", seal {body.seal} stands" if body.seal else ""
    return f"{actor} settled the discrepancy of {ref} '{body.discrepancy}' as {body.finding}{seal}"


def _hold_name(hold: str) -> str:
    return HOLD_NAMES.get(hold, hold).lower()


TELL: dict[type, Callable[[Any, str, str], str]] = {
    e.SplitOff: _split_off,
    e.Split: _split,
    e.Relabelled: _relabelled,
    e.Promoted: _promoted,
    e.Collected: _collected,
    e.Received: _received,
    e.Offered: _offered,
    e.Accepted: _accepted,
    e.Rejected: _rejected,
    e.PutIn: _put_in,
    e.TakenOut: _taken_out,
    e.BoxSealed: _box_sealed,
    e.BoxOpened: _box_opened,
    e.SealApplied: _seal,
    e.SealOpened: _opened,
    e.Viewed: _viewed,
    e.LabReceived: _lab_received,
    e.LabReturned: _lab_returned,
    e.SubmissionAuthorised: _cleared,
    e.SubmissionRecalled: _recalled,
    e.Consumed: _consumed,
    e.SentToCourt: _to_court,
    e.BackFromCourt: _from_court,
    e.Unaccounted: _unaccounted,
    e.ConfirmedMissing: _missing,
    e.Found: _found,
    e.HoldPlaced: _hold,
    e.HoldReleased: _release,
    e.RetentionReviewed: _reviewed,
    e.Recommended: _recommended,
    e.RecommendationAnswered: _answered,
    e.Graded: _graded,
    e.Reopened: _reopened,
    e.ResultRecorded: _resulted,
    e.EndSeen: _end_seen,
    e.DisposalAuthorised: _authorised,
    e.Restored: _restored,
    e.Destroyed: _destroyed,
    e.Auctioned: _auctioned,
    e.Retained: _retained,
    e.Reseized: _re_seized,
    e.Corrected: _corrected,
    e.DiscrepancyRaised: _raised,
    e.DiscrepancySettled: _settled,
}
