"""The rules of what leaves the force for a laboratory or a court, and comes back."""

from ..errors import (
    DecidedOtherwise,
    NotALaboratory,
    NotAtCourt,
    NotInAStore,
    NotOnSubmission,
    NotSentOut,
    OnAnotherSubmission,
    OtherLaboratory,
    PlaceNeeded,
    SubmissionNeedsAuthority,
    SubmissionNeedsNumber,
    SubmissionNotOurs,
)
from ..events import BackFromCourt, Consumed, LabReceived, LabReturned, SentToCourt, Submitted
from ..exhibit import Clearance, CustodyKind, Exhibit, Forensic
from ..laboratory import results_since_sent
from ..places import FORENSIC, PlaceKind, PlaceRef
from ..submissions import called, number_of
from .asked import (
    CLOCK_TOLERANCE,
    Asked,
    check_holder,
    check_seal,
    check_suits,
    given,
    outside_place,
    store_place,
    way_in,
)

_REFUSED = frozenset({Forensic.NOT_REQUIRED, Forensic.DEFERRED, Forensic.UNSUITABLE})
_OUT = frozenset({Forensic.SUBMITTED, Forensic.AT_LAB})


def submit(exhibit: Exhibit, asked: Asked) -> Submitted:
    """Scan out to a carrier or a laboratory; this, and no form, stops the submission clock."""
    if asked.place is None:
        raise PlaceNeeded(exhibit.ref)
    if asked.place.kind not in FORENSIC:
        raise NotALaboratory(exhibit.ref, asked.place.name)
    if exhibit.custody.kind not in {CustodyKind.STORE, CustodyKind.PERSON}:
        raise NotInAStore(exhibit.ref, exhibit.where, way_in(exhibit))
    submission, authority = authorised(exhibit, asked)
    if exhibit.decision and exhibit.forensic in _REFUSED:
        raise DecidedOtherwise(exhibit.ref, exhibit.forensic.value, exhibit.decision.by.name)
    check_seal(exhibit, asked)
    return Submitted(asked.place.ref, submission, authority, asked.seal)


def authorised(exhibit: Exhibit, asked: Asked) -> tuple[str, str]:
    """The submission's number and who authorised it.

    A number of this register must be authorised for this very exhibit, and its authority is the one on record. Under
    the number of another system, where the force still has such, the authority is what is said.
    """
    if not asked.submission:
        raise SubmissionNeedsNumber(exhibit.ref)
    number, cleared = number_of(asked.submission), exhibit.cleared
    given = asked.submission if number is None else called(number)
    if cleared is not None and given != cleared.submission:
        raise OnAnotherSubmission(exhibit.ref, given, cleared.submission)
    if cleared is not None:
        _check_way(exhibit, asked, cleared)
        return cleared.submission, cleared.by.name
    if number is not None:
        raise NotOnSubmission(exhibit.ref, given)
    if asked.own_submissions_only:
        raise SubmissionNotOurs(exhibit.ref, given)
    if not asked.authority:
        raise SubmissionNeedsAuthority(exhibit.ref)
    return given, asked.authority


def check_authorised(exhibit: Exhibit, asked: Asked) -> None:
    """Raise what `authorised` raises, for a scan that is recorded all the same."""
    authorised(exhibit, asked)


def _check_way(exhibit: Exhibit, asked: Asked, cleared: Clearance) -> None:
    """It goes to the laboratory that the submission names, or to a courier, and not before somebody authorised it."""
    place = asked.place
    if place is not None and place.kind is PlaceKind.LAB and place.id != cleared.laboratory.id:
        raise OtherLaboratory(exhibit.ref, cleared.submission, cleared.laboratory.name, place.name)
    if asked.at + CLOCK_TOLERANCE < cleared.at:
        raise NotOnSubmission(exhibit.ref, cleared.submission)


def lab_receipt(exhibit: Exhibit, asked: Asked) -> LabReceived:
    """The laboratory says that it has the item, under its own number, with this seal."""
    place = outside_place(exhibit, asked, PlaceKind.LAB, "a laboratory")
    check_out(exhibit)
    number = given(exhibit, asked.number, "number", "the laboratory's own number of the item")
    return LabReceived(place.ref, number, asked.seal)


def lab_return(exhibit: Exhibit, asked: Asked) -> LabReturned:
    """Back into a store. An item that was never sent is the wrong item: refused, put aside, told to a supervisor."""
    place = store_place(exhibit, asked)
    check_out(exhibit)
    if not asked.new_seal:
        check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return returned(exhibit, asked, place.ref)


def returned(exhibit: Exhibit, asked: Asked, place: PlaceRef) -> LabReturned:
    """The return as an event: it says whether the result is still to come."""
    awaited = not asked.text and not results_since_sent(exhibit)
    return LabReturned(place, asked.seal, asked.new_seal, asked.text, awaited)


def consume(exhibit: Exhibit, asked: Asked) -> Consumed:
    """The laboratory used it up: nothing comes back, and its report says so."""
    check_out(exhibit)
    number = given(exhibit, asked.number, "number", "the laboratory's own number of the item")
    report = given(exhibit, asked.text, "text", "the report that says it was used up")
    return Consumed(number, report)


def to_court(exhibit: Exhibit, asked: Asked) -> SentToCourt:
    """Taken to court from a store, or by the officer who has it."""
    place = outside_place(exhibit, asked, PlaceKind.COURT, "a court")
    if exhibit.custody.kind not in {CustodyKind.STORE, CustodyKind.PERSON}:
        raise NotInAStore(exhibit.ref, exhibit.where, way_in(exhibit))
    check_holder(exhibit, asked)
    check_seal(exhibit, asked)
    return SentToCourt(place.ref, asked.number, asked.seal)


def from_court(exhibit: Exhibit, asked: Asked) -> BackFromCourt:
    """Back from court into a store."""
    place = store_place(exhibit, asked)
    if exhibit.place is None or exhibit.place.kind is not PlaceKind.COURT:
        raise NotAtCourt(exhibit.ref, exhibit.where)
    check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return BackFromCourt(place.ref, asked.seal)


def check_out(exhibit: Exhibit) -> None:
    """It is on the way to a laboratory, or there. Raises NotSentOut."""
    gone = exhibit.custody.kind in {CustodyKind.CARRIER, CustodyKind.EXTERNAL}
    court = exhibit.place is not None and exhibit.place.kind is PlaceKind.COURT
    if not gone or court or exhibit.collected_by is not None:
        raise NotSentOut(exhibit.ref, exhibit.where)
