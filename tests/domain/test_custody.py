"""The custody rules: what may be done to an exhibit in which state, and what is said when it may not."""

from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.custody import as_observed, decide
from exhibits_app.domain.events import BookedIn, Decided, Moved, SignedIn, SignedOut, Submitted
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, Forensic
from exhibits_app.domain.fold import apply
from tests.domain.exhibits import (
    COURIER,
    FRIDGE,
    LAB,
    OKAFOR,
    OTHER_SHELF,
    REYES,
    SEIZED_AT,
    SHELF,
    an_event,
    an_exhibit,
    asked,
)

DUE = SEIZED_AT + timedelta(days=3)
IN_STORE = an_exhibit(an_event(BookedIn(SHELF.ref), 2))
SIGNED_OUT = an_exhibit(an_event(BookedIn(SHELF.ref), 2), an_event(SignedOut(REYES, "interview", DUE), 3))
AT_LAB = an_exhibit(an_event(BookedIn(SHELF.ref), 2), an_event(Submitted(LAB.ref, "FS/1", "FSU"), 3))


def after(exhibit: Exhibit, kind: str, **given: object) -> Exhibit:
    body = decide(kind, exhibit, asked(**given))  # type: ignore[arg-type]
    return apply(exhibit, an_event(body, 10))


def test_booking_in_gives_custody_to_the_store() -> None:
    exhibit = after(an_exhibit(), "BOOK_IN", place=SHELF, seal="S100")

    assert exhibit.custody.kind is CustodyKind.STORE
    assert exhibit.custody.id == SHELF.store
    assert exhibit.place == SHELF.ref


def test_an_exhibit_in_a_store_cannot_be_booked_in_again() -> None:
    with pytest.raises(errors.AlreadyInStore, match="Scan MOVE"):
        decide("BOOK_IN", IN_STORE, asked(OTHER_SHELF))


def test_an_exhibit_that_was_in_a_store_is_signed_in_and_not_booked_in() -> None:
    with pytest.raises(errors.ScanSignInInstead, match="Scan SIGN IN"):
        decide("BOOK_IN", SIGNED_OUT, asked(SHELF))


def test_an_exhibit_never_booked_in_cannot_be_signed_in() -> None:
    with pytest.raises(errors.NotInAStore, match="Scan BOOK IN first"):
        decide("SIGN_IN", an_exhibit(), asked(SHELF))


def test_only_an_exhibit_in_a_store_can_be_moved() -> None:
    with pytest.raises(errors.NotInAStore, match="with PC 4521 Reyes"):
        decide("MOVE", an_exhibit(), asked(SHELF))


def test_a_move_to_where_it_is_changes_nothing_and_says_so() -> None:
    with pytest.raises(errors.AlreadyThere, match="Nothing was changed"):
        decide("MOVE", IN_STORE, asked(SHELF))


def test_moving_changes_the_place_and_not_the_custodian() -> None:
    exhibit = after(IN_STORE, "MOVE", place=OTHER_SHELF)

    assert exhibit.place == OTHER_SHELF.ref
    assert exhibit.custody.id == IN_STORE.custody.id


@pytest.mark.parametrize("kind", ["BOOK_IN", "SIGN_IN"])
def test_an_exhibit_is_received_at_a_place_of_a_store_only(kind: str) -> None:
    exhibit = an_exhibit() if kind == "BOOK_IN" else SIGNED_OUT

    with pytest.raises(errors.NotAStorePlace):
        decide(kind, exhibit, asked(LAB))


@pytest.mark.parametrize("kind", ["BOOK_IN", "MOVE", "SIGN_IN", "SUBMIT"])
def test_an_act_that_goes_somewhere_needs_the_place(kind: str) -> None:
    with pytest.raises(errors.PlaceNeeded):
        decide(kind, IN_STORE, asked(None))


@pytest.mark.parametrize("kind", ["BOOK_IN", "MOVE", "SIGN_IN", "SIGN_OUT", "SUBMIT"])
def test_a_seal_that_differs_from_the_record_stops_the_act(kind: str) -> None:
    exhibit = {"BOOK_IN": an_exhibit(), "SIGN_IN": SIGNED_OUT}.get(kind, IN_STORE)
    place = LAB if kind == "SUBMIT" else OTHER_SHELF
    given = asked(place, seal="S999", receiver=REYES, purpose="court", due_back=DUE, submission="FS/1", authority="FSU")

    with pytest.raises(errors.SealDoesNotMatch, match=r"reads S999; the record says S100"):
        decide(kind, exhibit, given)


def test_a_wrong_seal_seen_in_passing_is_recorded_as_a_discrepancy() -> None:
    exhibit = after(IN_STORE, "SIGHTING", place=SHELF, seal="S999")

    assert [one.kind for one in exhibit.discrepancies] == ["wrong seal"]


def test_an_item_sighted_in_another_place_is_a_discrepancy_and_its_record_stays() -> None:
    exhibit = after(IN_STORE, "SIGHTING", place=OTHER_SHELF)

    assert [one.kind for one in exhibit.discrepancies] == ["wrong place"]
    assert exhibit.place == SHELF.ref


def test_a_release_needs_the_receivers_own_sign_in() -> None:
    with pytest.raises(errors.ReceiverNeeded):
        decide("SIGN_OUT", IN_STORE, asked(purpose="court", due_back=DUE))


def test_nobody_signs_out_to_themselves() -> None:
    with pytest.raises(errors.ReceiverIsActor):
        decide("SIGN_OUT", IN_STORE, asked(receiver=OKAFOR, purpose="court", due_back=DUE))


def test_a_release_needs_a_purpose() -> None:
    with pytest.raises(errors.PurposeNeeded):
        decide("SIGN_OUT", IN_STORE, asked(receiver=REYES, due_back=DUE))


@pytest.mark.parametrize("due", [None, SEIZED_AT])
def test_a_release_needs_a_later_date_of_return(due: object) -> None:
    with pytest.raises(errors.DueBackNeeded):
        decide("SIGN_OUT", IN_STORE, asked(receiver=REYES, purpose="court", due_back=due))


def test_signing_out_gives_custody_to_the_receiver_until_the_date() -> None:
    exhibit = after(IN_STORE, "SIGN_OUT", receiver=REYES, purpose="court", due_back=DUE)

    assert (exhibit.custody.kind, exhibit.custody.id) == (CustodyKind.PERSON, REYES.id)
    assert exhibit.due_back == DUE
    assert exhibit.place is None


def test_signing_in_ends_the_loan() -> None:
    exhibit = after(SIGNED_OUT, "SIGN_IN", place=SHELF)

    assert exhibit.in_store
    assert exhibit.due_back is None


@pytest.mark.parametrize("place", [LAB, COURIER])
def test_a_submission_goes_to_a_laboratory_or_a_courier(place: object) -> None:
    exhibit = after(IN_STORE, "SUBMIT", place=place, submission="FS/1", authority="FSU")

    assert exhibit.forensic is Forensic.SUBMITTED
    assert exhibit.submission == "FS/1"
    assert not exhibit.in_store


def test_a_submission_to_a_shelf_is_refused() -> None:
    with pytest.raises(errors.NotALaboratory):
        decide("SUBMIT", IN_STORE, asked(OTHER_SHELF, submission="FS/1", authority="FSU"))


def test_a_submission_needs_its_number() -> None:
    with pytest.raises(errors.SubmissionNeedsNumber):
        decide("SUBMIT", IN_STORE, asked(LAB, authority="FSU"))


def test_a_submission_needs_who_authorised_it() -> None:
    with pytest.raises(errors.SubmissionNeedsAuthority):
        decide("SUBMIT", IN_STORE, asked(LAB, submission="FS/1"))


def test_an_exhibit_at_the_laboratory_cannot_be_submitted_again() -> None:
    with pytest.raises(errors.NotInAStore, match="Scan LAB RETURN first"):
        decide("SUBMIT", AT_LAB, asked(LAB, submission="FS/2", authority="FSU"))


def test_a_decision_not_to_submit_must_be_changed_before_the_exhibit_is_sent() -> None:
    exhibit = an_exhibit(
        an_event(BookedIn(SHELF.ref), 2), an_event(Decided("NOT_REQUIRED", "cost", "Too dear"), 3, actor=REYES)
    )

    with pytest.raises(errors.DecidedOtherwise, match="PC 4521 Reyes decided 'not required'"):
        decide("SUBMIT", exhibit, asked(LAB, submission="FS/1", authority="FSU"))


def test_what_must_be_kept_cold_is_not_put_on_a_shelf_without_a_reason() -> None:
    exhibit = an_exhibit(category="BIO")

    with pytest.raises(errors.UnsuitablePlace, match="a fridge or freezer"):
        decide("BOOK_IN", exhibit, asked(SHELF))
    assert decide("BOOK_IN", exhibit, asked(FRIDGE)) == BookedIn(FRIDGE.ref)
    assert decide("BOOK_IN", exhibit, asked(SHELF, reason="fridge full")) == BookedIn(SHELF.ref)


def test_nobody_witnesses_their_own_act() -> None:
    with pytest.raises(errors.WitnessIsActor):
        decide("MOVE", IN_STORE, asked(OTHER_SHELF, witness=OKAFOR))


def test_a_scan_from_the_future_is_refused_and_one_within_the_tolerance_is_not() -> None:
    now = SEIZED_AT + timedelta(hours=10)

    with pytest.raises(errors.OccurredInTheFuture, match="not come yet"):
        decide("MOVE", IN_STORE, asked(OTHER_SHELF, at=now + timedelta(seconds=31), now=now))
    assert decide("MOVE", IN_STORE, asked(OTHER_SHELF, at=now + timedelta(seconds=30), now=now))


def test_a_scan_from_before_the_seizure_is_refused() -> None:
    with pytest.raises(errors.OccurredBeforeSeizure):
        decide("MOVE", IN_STORE, asked(OTHER_SHELF, hours=-1))


def test_what_a_late_scan_saw_is_recorded_even_where_the_state_would_refuse_it() -> None:
    assert as_observed("MOVE", an_exhibit(), asked(SHELF)) == Moved(SHELF.ref)
    assert as_observed("SIGN_IN", an_exhibit(), asked(SHELF)) == SignedIn(SHELF.ref)


@pytest.mark.parametrize(
    ("kind", "place"), [("MOVE", LAB), ("MOVE", None), ("SUBMIT", SHELF), ("SIGN_OUT", None), ("BOOK_IN", None)]
)
def test_a_late_scan_that_lacks_what_its_kind_needs_says_nothing(kind: str, place: object) -> None:
    assert as_observed(kind, an_exhibit(), asked(place)) is None  # type: ignore[arg-type]
