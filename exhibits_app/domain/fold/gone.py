"""The fold of what happens outside the force, of losses, and of the end."""

from ..events import (
    Auctioned,
    BackFromCourt,
    ConfirmedMissing,
    Consumed,
    Destroyed,
    DisposalAuthorised,
    Event,
    Found,
    HoldPlaced,
    HoldReleased,
    LabReceived,
    LabReturned,
    Reseized,
    Restored,
    Retained,
    RetentionReviewed,
    SentToCourt,
    SubmissionAuthorised,
    SubmissionRecalled,
    Submitted,
    Unaccounted,
)
from ..exhibit import (
    Alias,
    Authority,
    Clearance,
    Custody,
    CustodyKind,
    Exhibit,
    Forensic,
    Hold,
    PresenceKind,
    Seal,
    SealKind,
)
from .common import (
    OUTSIDE_KINDS,
    Changes,
    after_disposal,
    discrepancy,
    discrepant,
    handed,
    impossible,
    outside,
    person_as,
    seen,
    store_of,
)
from .examined import at_laboratory, back_in_store


def submission_authorised(_exhibit: Exhibit, event: Event, body: SubmissionAuthorised) -> Changes:
    """It may leave under this submission; the newest authority is the one."""
    by, at = event.envelope.actor, event.envelope.corrected
    return Changes(cleared=Clearance(body.submission, body.version, body.laboratory, by, at))


def submission_recalled(exhibit: Exhibit, _event: Event, body: SubmissionRecalled) -> Changes:
    """The authority is gone, unless it is another submission's."""
    return Changes(cleared=None) if _clears(exhibit, body.submission) else Changes()


def submitted(exhibit: Exhibit, event: Event, body: Submitted) -> Changes:
    """Out to a laboratory, or to the carrier that takes it there: this stops the submission clock."""
    odd = impossible(exhibit, event, exhibit.custody.kind in OUTSIDE_KINDS)
    return Changes(
        **seen(exhibit, event, body.seal, odd),
        **handed(exhibit, event, outside(body.place), body.place),
        forensic=Forensic.SUBMITTED,
        submission=body.submission,
        submitted_at=event.envelope.corrected,
        cleared=None if _clears(exhibit, body.submission) else exhibit.cleared,
    )


def lab_received(exhibit: Exhibit, event: Event, body: LabReceived) -> Changes:
    """The laboratory has it, under its own number."""
    odd = impossible(exhibit, event, exhibit.custody.kind not in OUTSIDE_KINDS)
    return Changes(
        **seen(exhibit, event, body.seal, odd),
        **handed(exhibit, event, outside(body.place), body.place),
        forensic=at_laboratory(exhibit),
        aliases=_also(exhibit, body.place.name, body.number),
    )


def lab_returned(exhibit: Exhibit, event: Event, body: LabReturned) -> Changes:
    """Back in a store, under the laboratory's seal if it opened the old one."""
    odd = impossible(exhibit, event, exhibit.custody.kind not in OUTSIDE_KINDS)
    changes = Changes(
        **seen(exhibit, event, None if body.new_seal else body.seal, odd, body.place),
        **handed(exhibit, event, store_of(body.place), body.place),
        forensic=back_in_store(exhibit, body.awaited),
        first_booked_in_at=exhibit.first_booked_in_at or event.envelope.corrected,
    )
    if body.new_seal:
        changes |= Changes(seal=Seal(SealKind.SEALED, body.new_seal), opened_at=None)
    return changes


def consumed(exhibit: Exhibit, event: Event, body: Consumed) -> Changes:
    """Nothing is left; the laboratory that used it up stays named as the last to have had it."""
    odd = impossible(exhibit, event, exhibit.custody.kind is not CustodyKind.EXTERNAL)
    last = exhibit.custody
    gone = Custody(CustodyKind.DESTROYED, last.id, f"consumed in examination, last with {last.name}")
    return discrepant(
        exhibit,
        Changes(
            **handed(exhibit, event, gone, None),
            forensic=Forensic.CONSUMED,
            disposed="consumed",
            aliases=_also(exhibit, last.name, body.number),
        ),
        odd,
    )


def sent_to_court(exhibit: Exhibit, event: Event, body: SentToCourt) -> Changes:
    """With the court, under its number."""
    odd = impossible(exhibit, event, exhibit.custody.kind in OUTSIDE_KINDS)
    return Changes(
        **seen(exhibit, event, body.seal, odd),
        **handed(exhibit, event, outside(body.place), body.place),
        aliases=_also(exhibit, body.place.name, body.number),
    )


def back_from_court(exhibit: Exhibit, event: Event, body: BackFromCourt) -> Changes:
    """Back in a store."""
    odd = impossible(exhibit, event, exhibit.custody.kind not in OUTSIDE_KINDS)
    return Changes(
        **seen(exhibit, event, body.seal, odd, body.place),
        **handed(exhibit, event, store_of(body.place), body.place),
        first_booked_in_at=exhibit.first_booked_in_at or event.envelope.corrected,
    )


def unaccounted(exhibit: Exhibit, event: Event, _body: Unaccounted) -> Changes:
    """Nobody can say who has it: the custodian is unknown, and a discrepancy is open."""
    unknown = Custody(CustodyKind.UNKNOWN, exhibit.custody.id, f"unaccounted for, last {exhibit.where}")
    changes = Changes(**handed(exhibit, event, unknown, None), presence=PresenceKind.UNACCOUNTED)
    found = (*after_disposal(exhibit, event), discrepancy("unaccounted for", event, "not there", exhibit.where))
    return discrepant(exhibit, changes, found)


def confirmed_missing(exhibit: Exhibit, event: Event, _body: ConfirmedMissing) -> Changes:
    """Missing after a search, and searchable for ever."""
    known = exhibit.custody.kind is CustodyKind.UNKNOWN
    last = exhibit.custody.name.removeprefix("unaccounted for, ") if known else f"last {exhibit.where}"
    unknown = Custody(CustodyKind.UNKNOWN, exhibit.custody.id, f"missing, {last}")
    changes = Changes(custody=unknown, place=None, presence=PresenceKind.MISSING)
    return discrepant(exhibit, changes, () if known else impossible(exhibit, event))


def found(exhibit: Exhibit, event: Event, body: Found) -> Changes:
    """Found again in a place; whoever looks into the gap before it settles the discrepancy."""
    changes = Changes(
        **seen(exhibit, event, body.seal, (), body.place),
        **handed(exhibit, event, store_of(body.place), body.place),
        first_booked_in_at=exhibit.first_booked_in_at or event.envelope.corrected,
    )
    return changes | Changes(presence=PresenceKind.FOUND)


def hold_placed(exhibit: Exhibit, event: Event, body: HoldPlaced) -> Changes:
    """One more hold; the same one twice is one."""
    if any(one.hold == body.hold for one in exhibit.holds):
        return Changes()
    hold = Hold(body.hold, event.envelope.actor, event.envelope.corrected, body.note)
    return Changes(holds=(*exhibit.holds, hold))


def hold_released(exhibit: Exhibit, _event: Event, body: HoldReleased) -> Changes:
    """One hold fewer."""
    return Changes(holds=tuple(one for one in exhibit.holds if one.hold != body.hold))


def reviewed(_exhibit: Exhibit, _event: Event, body: RetentionReviewed) -> Changes:
    """Kept on this basis until then; an authority for disposal from before counts no more."""
    return Changes(retention_basis=body.basis, review_at=body.next_review, authority=None)


def disposal_authorised(_exhibit: Exhibit, event: Event, body: DisposalAuthorised) -> Changes:
    """It may go, by this method."""
    return Changes(authority=Authority(body.method, body.basis, event.envelope.actor, event.envelope.corrected))


def disposed(exhibit: Exhibit, event: Event, body: Restored | Destroyed | Auctioned | Retained) -> Changes:
    """It has left for good; without an authority and two people, or with a hold, that is a discrepancy."""
    odd = after_disposal(exhibit, event)
    lacking = _lacks(exhibit, event, body)
    if lacking:
        odd = (*odd, discrepancy("disposal without authority", event, body.KIND, lacking))
    kind, name = _end(body)
    changes = Changes(**handed(exhibit, event, Custody(kind, 0, name), None), disposed=body.KIND)
    return discrepant(exhibit, changes, odd)


def _lacks(exhibit: Exhibit, event: Event, body: Restored | Destroyed | Auctioned | Retained) -> str:
    """What this disposal lacked, in words; empty when nothing."""
    if exhibit.holds:
        return "; ".join(one.hold for one in exhibit.holds)
    authority = exhibit.authority
    if authority is None:
        return "no authority"
    if authority.method != body.KIND:
        return f"authority to {authority.method}"
    if authority.by.id == event.envelope.actor.id:
        return "authorised by the same person"
    return "" if event.envelope.witness else "no witness"


def re_seized(exhibit: Exhibit, event: Event, body: Reseized) -> Changes:
    """In police possession again: a new interval on the same item, with the clock of the first seizure."""
    odd = impossible(exhibit, event, not exhibit.disposed)
    changes = Changes(
        **handed(exhibit, event, person_as(body.seized_by), None),
        disposed=None,
        authority=None,
        presence=PresenceKind.UNSEEN,
        first_booked_in_at=None,
        seal=Seal(SealKind.SEALED, body.seal) if body.seal else Seal(SealKind.UNSEALED),
        opened_at=None,
    )
    return discrepant(exhibit, changes, odd)


def _end(body: Restored | Destroyed | Auctioned | Retained) -> tuple[CustodyKind, str]:
    if isinstance(body, Restored):
        return CustodyKind.OWNER, f"restored to {body.claimant}"
    if isinstance(body, Destroyed):
        return CustodyKind.DESTROYED, f"destroyed under certificate {body.certificate}"
    if isinstance(body, Auctioned):
        return CustodyKind.EXTERNAL, f"auctioned by {body.auctioneer}, lot {body.lot}"
    return CustodyKind.EXTERNAL, f"retained by {body.unit} for {body.use}"


def _also(exhibit: Exhibit, issuer: str, number: str | None) -> tuple[Alias, ...]:
    alias = Alias(issuer, number) if number else None
    return exhibit.aliases if alias is None or alias in exhibit.aliases else (*exhibit.aliases, alias)


def _clears(exhibit: Exhibit, submission: str) -> bool:
    return exhibit.cleared is not None and exhibit.cleared.submission == submission
