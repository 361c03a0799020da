"""The rules of carriers, laboratories and courts: what leaves the force and how it comes back."""

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.custody import decide
from exhibits_app.domain.events import BookedIn, Collected, LabReceived, SentToCourt, Submitted
from exhibits_app.domain.exhibit import Alias, CustodyKind, Exhibit, Forensic, SealKind
from exhibits_app.domain.fold import apply
from tests.domain.exhibits import COURIER, COURT, LAB, OKAFOR, OTHER_SHELF, REYES, SHELF, an_event, an_exhibit, asked

BOOKED = an_event(BookedIn(SHELF.ref), 2)
IN_STORE = an_exhibit(BOOKED)
WITH_CARRIER = an_exhibit(BOOKED, an_event(Collected(COURIER.ref, bound_for=OTHER_SHELF.ref), 3))
SENT = an_exhibit(BOOKED, an_event(Submitted(COURIER.ref, "FS/1", "FSU"), 3))
AT_LAB = an_exhibit(
    BOOKED, an_event(Submitted(COURIER.ref, "FS/1", "FSU"), 3), an_event(LabReceived(LAB.ref, "NF-7"), 4)
)
AT_COURT = an_exhibit(BOOKED, an_event(SentToCourt(COURT.ref, "3"), 3))


def after(exhibit: Exhibit, kind: str, **given: object) -> Exhibit:
    return apply(exhibit, an_event(decide(kind, exhibit, asked(**given)), 10))  # type: ignore[arg-type]


def test_a_carrier_answers_for_what_it_collected() -> None:
    exhibit = after(IN_STORE, "COLLECT", place=COURIER)

    assert (exhibit.custody.kind, exhibit.custody.id) == (CustodyKind.CARRIER, COURIER.id)
    assert exhibit.collected_by == OKAFOR


def test_who_handed_it_to_the_carrier_does_not_receive_it() -> None:
    with pytest.raises(errors.CollectorReceives):
        decide("RECEIVE", WITH_CARRIER, asked(OTHER_SHELF, actor=OKAFOR))

    assert after(WITH_CARRIER, "RECEIVE", place=OTHER_SHELF, actor=REYES).place == OTHER_SHELF.ref


@pytest.mark.parametrize(
    ("kind", "exhibit", "place", "refusal"),
    [
        ("COLLECT", IN_STORE, LAB, errors.WrongOutsidePlace),
        ("COLLECT", IN_STORE, None, errors.PlaceNeeded),
        ("COLLECT", SENT, COURIER, errors.NotInAStore),
        ("RECEIVE", IN_STORE, SHELF, errors.NotWithCarrier),
        ("RECEIVE", WITH_CARRIER, LAB, errors.NotAStorePlace),
        ("LAB_RECEIPT", SENT, COURIER, errors.WrongOutsidePlace),
        ("LAB_RECEIPT", IN_STORE, LAB, errors.NotSentOut),
        ("LAB_RETURN", AT_LAB, LAB, errors.NotAStorePlace),
        ("TO_COURT", IN_STORE, LAB, errors.WrongOutsidePlace),
        ("TO_COURT", AT_LAB, COURT, errors.NotInAStore),
        ("FROM_COURT", IN_STORE, SHELF, errors.NotAtCourt),
        ("SIGN_IN", AT_COURT, SHELF, errors.AnotherWayIn),
        ("SIGN_IN", AT_LAB, SHELF, errors.AnotherWayIn),
        ("SIGN_IN", WITH_CARRIER, SHELF, errors.AnotherWayIn),
    ],
)
def test_a_way_out_or_in_that_the_state_does_not_know_is_refused(
    kind: str, exhibit: Exhibit, place: object, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        decide(kind, exhibit, asked(place, number="N-1"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exhibit", "instead"), [(AT_COURT, "FROM COURT"), (AT_LAB, "LAB RETURN"), (WITH_CARRIER, "RECEIVE")]
)
def test_the_refusal_says_which_command_takes_it_in(exhibit: Exhibit, instead: str) -> None:
    with pytest.raises(errors.AnotherWayIn, match=f"Scan {instead} to take it in"):
        decide("SIGN_IN", exhibit, asked(SHELF))


def test_the_laboratory_has_it_under_its_own_number() -> None:
    with pytest.raises(errors.ParticularNeeded, match="own number"):
        decide("LAB_RECEIPT", SENT, asked(LAB))

    exhibit = after(SENT, "LAB_RECEIPT", place=LAB, number="NF-7")

    assert exhibit.forensic is Forensic.AT_LAB
    assert exhibit.aliases == (Alias("Northern Forensics", "NF-7"),)


def test_it_comes_back_under_the_laboratorys_seal() -> None:
    exhibit = after(AT_LAB, "LAB_RETURN", place=SHELF, new_seal="L900")

    assert (exhibit.seal.kind, exhibit.seal.number) == (SealKind.SEALED, "L900")
    assert exhibit.forensic is Forensic.AWAITED
    assert exhibit.in_store


def test_without_a_new_seal_the_old_one_must_be_there() -> None:
    with pytest.raises(errors.SealDoesNotMatch):
        decide("LAB_RETURN", AT_LAB, asked(SHELF, seal="L900"))


def test_what_was_never_sent_to_a_laboratory_is_the_wrong_item() -> None:
    with pytest.raises(errors.NotSentOut, match="may be the wrong item: put it aside"):
        decide("LAB_RETURN", IN_STORE, asked(SHELF))


def test_what_is_used_up_in_examination_has_ended_and_says_where() -> None:
    with pytest.raises(errors.ParticularNeeded):
        decide("CONSUME", AT_LAB, asked(number="NF-7"))

    exhibit = after(AT_LAB, "CONSUME", number="NF-7", text="report 12")

    assert exhibit.forensic is Forensic.CONSUMED
    assert exhibit.where == "consumed in examination, last with Northern Forensics"
    with pytest.raises(errors.Disposed):
        decide("SIGN_IN", exhibit, asked(SHELF))


def test_the_court_has_it_under_its_own_number_and_gives_it_back() -> None:
    exhibit = after(IN_STORE, "TO_COURT", place=COURT, number="3")

    assert exhibit.aliases == (Alias("Northern Crown Court", "3"),)
    assert after(exhibit, "FROM_COURT", place=SHELF).in_store
