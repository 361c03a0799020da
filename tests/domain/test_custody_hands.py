"""The rules of what holders do: handing over, sealing, opening, showing, boxing, and two people for some things."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.custody import decide
from exhibits_app.domain.events import Accepted, BookedIn, BoxRef, Offered, PutIn, SealOpened, SignedOut
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, SealKind
from exhibits_app.domain.fold import apply
from exhibits_app.domain.people import PersonRef
from tests.domain.exhibits import OKAFOR, REYES, SEIZED_AT, SHELF, an_event, an_exhibit, asked

DUE = SEIZED_AT + timedelta(days=3)
MARSH = PersonRef(3, "DC 88 Marsh")
WITH_REYES = an_exhibit()
IN_STORE = an_exhibit(an_event(BookedIn(SHELF.ref), 2))
OFFER = an_event(Offered(MARSH), 3, actor=REYES)
OFFERED = an_exhibit(OFFER)
OPENED = an_exhibit(an_event(SealOpened("S100"), 3, actor=REYES))
JOINTLY = an_exhibit(an_event(BookedIn(SHELF.ref), 2), an_event(SignedOut(REYES, "court", DUE, joint=MARSH), 3))
BOX = BoxRef(3, "Box 17")


def after(exhibit: Exhibit, kind: str, **given: object) -> Exhibit:
    given.setdefault("actor", REYES)
    body = decide(kind, exhibit, asked(**given))  # type: ignore[arg-type]
    return apply(exhibit, an_event(body, 10, actor=given["actor"]))


def test_an_offer_changes_no_custody() -> None:
    exhibit = after(WITH_REYES, "OFFER", receiver=MARSH)

    assert exhibit.custody == WITH_REYES.custody
    assert exhibit.offer is not None
    assert (exhibit.offer.giver, exhibit.offer.receiver) == (REYES, MARSH)


def test_custody_changes_when_the_offer_is_accepted() -> None:
    exhibit = after(OFFERED, "ACCEPT", actor=MARSH)

    assert (exhibit.custody.kind, exhibit.custody.id) == (CustodyKind.PERSON, MARSH.id)
    assert exhibit.offer is None
    assert exhibit.discrepancies == ()


def test_only_the_holder_offers_an_exhibit() -> None:
    with pytest.raises(errors.NotTheHolder, match="with PC 4521 Reyes"):
        decide("OFFER", WITH_REYES, asked(receiver=MARSH, store_staff=False))


def test_either_of_two_joint_holders_offers_it() -> None:
    assert after(JOINTLY, "OFFER", actor=MARSH, receiver=OKAFOR).offer is not None
    assert JOINTLY.where == "with PC 4521 Reyes and DC 88 Marsh"


def test_a_supervisor_offers_on_behalf_of_a_holder_who_left() -> None:
    asked_for = asked(actor=OKAFOR, on_behalf_of=REYES, receiver=MARSH, store_staff=False)

    assert decide("OFFER", WITH_REYES, asked_for) == Offered(MARSH)


@pytest.mark.parametrize(
    ("exhibit", "given", "refusal"),
    [
        (WITH_REYES, {"actor": REYES}, errors.ReceiverNeeded),
        (WITH_REYES, {"actor": REYES, "receiver": REYES}, errors.OfferToSelf),
        (OFFERED, {"actor": REYES, "receiver": OKAFOR}, errors.AlreadyOffered),
        (WITH_REYES, {"actor": REYES, "receiver": MARSH, "seal": "S9"}, errors.SealDoesNotMatch),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(
    exhibit: Exhibit, given: dict[str, object], refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        decide("OFFER", exhibit, asked(**given))  # type: ignore[arg-type]


def test_nobody_accepts_what_is_offered_to_another() -> None:
    with pytest.raises(errors.NotOfferedToYou, match="DC 88 Marsh"):
        decide("ACCEPT", OFFERED, asked(actor=OKAFOR))


@pytest.mark.parametrize("kind", ["ACCEPT", "REJECT"])
def test_what_nobody_offers_cannot_be_answered(kind: str) -> None:
    with pytest.raises(errors.NoOffer):
        decide(kind, WITH_REYES, asked(actor=MARSH, reason="not mine"))


@pytest.mark.parametrize("actor", [MARSH, REYES])
def test_an_offer_is_turned_down_or_withdrawn_with_a_reason_and_custody_stays(actor: PersonRef) -> None:
    with pytest.raises(errors.ParticularNeeded):
        decide("REJECT", OFFERED, asked(actor=actor))

    exhibit = after(OFFERED, "REJECT", actor=actor, reason="wrong item")

    assert exhibit.offer is None
    assert exhibit.custody == WITH_REYES.custody


def test_a_handover_that_nobody_offered_is_an_impossible_move() -> None:
    exhibit = an_exhibit(an_event(Accepted("none"), 3, actor=MARSH))

    assert [one.kind for one in exhibit.discrepancies] == ["impossible move"]
    assert exhibit.custody.id == MARSH.id


def test_opening_needs_a_reason_and_leaves_the_number_on_record() -> None:
    with pytest.raises(errors.ParticularNeeded):
        decide("OPEN", WITH_REYES, asked(actor=REYES))

    exhibit = after(WITH_REYES, "OPEN", reason="swabbing", seal="S100")

    assert (exhibit.seal.kind, exhibit.seal.number) == (SealKind.OPENED, "S100")
    assert exhibit.opened_at is not None


def test_what_is_not_sealed_cannot_be_opened() -> None:
    with pytest.raises(errors.NothingToOpen):
        decide("OPEN", OPENED, asked(actor=REYES, reason="again"))


def test_a_seal_is_not_put_over_a_seal() -> None:
    with pytest.raises(errors.StillSealed, match="Scan OPEN first"):
        decide("SEAL", WITH_REYES, asked(actor=REYES, new_seal="S101"))


def test_sealing_needs_the_new_number() -> None:
    with pytest.raises(errors.SealNumberNeeded):
        decide("SEAL", OPENED, asked(actor=REYES))


def test_a_reseal_closes_what_was_opened() -> None:
    exhibit = after(OPENED, "SEAL", new_seal="S101")

    assert (exhibit.seal.kind, exhibit.seal.number, exhibit.opened_at) == (SealKind.SEALED, "S101", None)


@pytest.mark.parametrize(("kind", "given"), [("SEAL", {"new_seal": "S9"}), ("OPEN", {"reason": "x"}), ("VIEW", {})])
def test_only_the_holder_touches_the_seal(kind: str, given: dict[str, object]) -> None:
    exhibit = OPENED if kind == "SEAL" else WITH_REYES
    given |= {"present": "the defence expert"}

    with pytest.raises(errors.NotTheHolder):
        decide(kind, exhibit, asked(actor=OKAFOR, store_staff=False, **given))


def test_store_staff_act_for_the_store_that_holds_the_item() -> None:
    assert decide("OPEN", IN_STORE, asked(actor=OKAFOR, reason="audit")) == SealOpened()


@pytest.mark.parametrize("category", ["CASH", "DRUG", "DTH-DRUG", "FA"])
@pytest.mark.parametrize("kind", ["SEAL", "OPEN", "VIEW"])
def test_cash_drugs_and_firearms_are_sealed_and_opened_by_two(category: str, kind: str) -> None:
    exhibit = replace(OPENED if kind == "SEAL" else WITH_REYES, category=category)
    given = {"new_seal": "S9", "reason": "count", "present": "PS Amin", "opened": True}

    with pytest.raises(errors.WitnessNeeded):
        decide(kind, exhibit, asked(actor=REYES, **given))

    decide(kind, exhibit, asked(actor=REYES, witness=MARSH, **given))


def test_nobody_witnesses_their_own_act() -> None:
    with pytest.raises(errors.WitnessIsActor):
        decide("OPEN", WITH_REYES, asked(actor=REYES, witness=REYES, reason="count"))


def test_a_view_names_who_was_present_and_opens_only_if_it_opened() -> None:
    with pytest.raises(errors.ParticularNeeded):
        decide("VIEW", WITH_REYES, asked(actor=REYES))

    closed = after(WITH_REYES, "VIEW", present="Dr Lund, for the defence")
    opened = after(WITH_REYES, "VIEW", present="Dr Lund, for the defence", opened=True)

    assert closed.seal == WITH_REYES.seal
    assert opened.seal.kind is SealKind.OPENED


@pytest.mark.parametrize(
    ("category", "given", "refusal"),
    [
        ("CASH", {}, errors.WitnessNeeded),
        ("CASH", {"witness": MARSH}, errors.CountNeeded),
        ("DRUG", {"witness": MARSH}, errors.CountNeeded),
        ("FA", {"made_safe_by": "PC 2207"}, errors.WitnessNeeded),
        ("FA", {"witness": MARSH}, errors.MadeSafeNeeded),
    ],
)
def test_cash_drugs_and_firearms_are_booked_in_by_two(
    category: str, given: dict[str, object], refusal: type[errors.Refusal]
) -> None:
    exhibit = replace(WITH_REYES, category=category)

    with pytest.raises(refusal):
        decide("BOOK_IN", exhibit, asked(SHELF, reason="no safe here", **given))

    decide(
        "BOOK_IN",
        exhibit,
        asked(SHELF, reason="no safe here", witness=MARSH, counted="240 pounds", made_safe_by="PC 2207"),
    )


def test_two_officers_sign_out_jointly_and_either_brings_it_back() -> None:
    exhibit = after(IN_STORE, "SIGN_OUT", actor=OKAFOR, receiver=REYES, joint=MARSH, purpose="court", due_back=DUE)

    assert exhibit.custody.id == REYES.id
    assert exhibit.joint == MARSH
    assert after(exhibit, "SIGN_IN", actor=OKAFOR, place=SHELF).joint is None


def test_the_second_taker_is_not_the_one_who_signs_out() -> None:
    with pytest.raises(errors.ReceiverIsActor):
        decide("SIGN_OUT", IN_STORE, asked(receiver=REYES, joint=OKAFOR, purpose="court", due_back=DUE))


def test_an_item_is_known_to_be_in_its_box_until_it_is_seen_elsewhere() -> None:
    boxed = after(IN_STORE, "PUT_IN", actor=OKAFOR, box=BOX)

    assert boxed.box == BOX
    assert after(boxed, "TAKE_OUT", actor=OKAFOR).box is None


def test_boxing_needs_the_box() -> None:
    with pytest.raises(errors.ParticularNeeded, match="the box"):
        decide("PUT_IN", IN_STORE, asked())


def test_taking_out_of_another_box_than_recorded_is_a_discrepancy() -> None:
    boxed = an_exhibit(an_event(BookedIn(SHELF.ref), 2), an_event(PutIn(BOX, SHELF.ref), 3))

    exhibit = after(boxed, "TAKE_OUT", actor=OKAFOR, box=BoxRef(4, "Box 18"))

    assert [one.kind for one in exhibit.discrepancies] == ["wrong box"]
