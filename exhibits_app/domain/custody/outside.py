"""The rules of what leaves the force for a laboratory or a court, and comes back."""

from ..errors import (
    DecidedOtherwise,
    NotALaboratory,
    NotAtCourt,
    NotInAStore,
    NotSentOut,
    PlaceNeeded,
    SubmissionNeedsAuthority,
    SubmissionNeedsNumber,
)
from ..events import BackFromCourt, Consumed, LabReceived, LabReturned, SentToCourt, Submitted
from ..exhibit import CustodyKind, Exhibit, Forensic
from ..places import FORENSIC, PlaceKind
from .asked import Asked, check_holder, check_seal, check_suits, given, outside_place, store_place, way_in

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
    if not asked.submission:
        raise SubmissionNeedsNumber(exhibit.ref)
    if not asked.authority:
        raise SubmissionNeedsAuthority(exhibit.ref)
    if exhibit.decision and exhibit.forensic in _REFUSED:
        raise DecidedOtherwise(exhibit.ref, exhibit.forensic.value, exhibit.decision.by.name)
    check_seal(exhibit, asked)
    return Submitted(asked.place.ref, asked.submission, asked.authority, asked.seal)


def lab_receipt(exhibit: Exhibit, asked: Asked) -> LabReceived:
    """The laboratory says that it has the item, under its own number, with this seal."""
    place = outside_place(exhibit, asked, PlaceKind.LAB, "a laboratory")
    _check_out(exhibit)
    number = given(exhibit, asked.number, "number", "the laboratory's own number of the item")
    return LabReceived(place.ref, number, asked.seal)


def lab_return(exhibit: Exhibit, asked: Asked) -> LabReturned:
    """Back into a store. An item that was never sent is the wrong item: refused, put aside, told to a supervisor."""
    place = store_place(exhibit, asked)
    _check_out(exhibit)
    if not asked.new_seal:
        check_seal(exhibit, asked)
    check_suits(exhibit, place, asked)
    return LabReturned(place.ref, asked.seal, asked.new_seal, asked.text)


def consume(exhibit: Exhibit, asked: Asked) -> Consumed:
    """The laboratory used it up: nothing comes back, and its report says so."""
    _check_out(exhibit)
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


def _check_out(exhibit: Exhibit) -> None:
    gone = exhibit.custody.kind in {CustodyKind.CARRIER, CustodyKind.EXTERNAL}
    court = exhibit.place is not None and exhibit.place.kind is PlaceKind.COURT
    if not gone or court or exhibit.collected_by is not None:
        raise NotSentOut(exhibit.ref, exhibit.where)
