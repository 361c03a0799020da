"""What is recorded on pages: the rules of devices, a verdict for each item, second people with their own sign-in."""

from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.history import sentence
from exhibits_app.services import happenings
from exhibits_app.services.typed_acts import Particulars, Second, SignIn
from tests.support.acted import acted
from tests.support.force import Force
from tests.support.typed import done, events, happen, person, refused, signed, state


@pytest.fixture
def item(force: Force) -> int:
    """One item that the officer has seized, a knife without a decision of a death."""
    return force.items(force.case(category="violence"), category="KNF")[0]


@pytest.fixture
def booked(force: Force, item: int) -> int:
    """The same, in the Ilford store."""
    assert acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=force.place_code(force.shelf)) == ["recorded"]
    return item


def test_an_offer_changes_no_custody_and_its_acceptance_does(force, item):
    offered = done(force, "officer", item, "OFFER", receiver=person(force, "exhibits_officer"), seal="s100")
    accepted = done(force, "exhibits_officer", item, "ACCEPT", seal="S100")

    assert offered.custody.id == person(force, "officer")
    assert offered.offer.receiver.id == person(force, "exhibits_officer")
    assert accepted.custody.id == person(force, "exhibits_officer")
    assert accepted.offer is None


def test_what_is_typed_is_told_as_entered_by_hand(force, item):
    (verdict,) = happen(force, "officer", [item], "OFFER", receiver=person(force, "other"))

    assert verdict.told == ("PC 4507 Officer offered AB/1 to PC 4505 Other, at 10:01 on 4 May 2026 (entered by hand).")


def test_the_person_an_item_is_offered_to_can_answer_whatever_their_team(force, item):
    done(force, "officer", item, "OFFER", receiver=person(force, "other"))

    assert done(force, "other", item, "ACCEPT").custody.id == person(force, "other")
    assert "OFFER" in happenings.possible(force.services, force.person("other"), item)


def test_an_item_of_others_does_not_exist(force, item):
    with pytest.raises(errors.NotFound):
        happen(force, "other", [item], "OFFER", receiver=person(force, "officer"))


def test_one_item_that_is_not_theirs_to_see_stops_the_whole_act(force, item):
    hidden = force.items(force.case("inspector", reference="02/1/26", restricted=True), by="inspector", seal="")[0]

    with pytest.raises(errors.NotFound):
        happen(force, "exhibits_officer", [item, hidden], "HOLD", hold="proceedings")
    assert state(force, item).holds == ()


def test_many_items_each_get_their_own_verdict_in_one_act(force):
    case = force.case(category="violence")
    items = force.items(case, 3, category="KNF")
    done(force, "officer", items[1], "OFFER", receiver=person(force, "other"))

    verdicts = happen(force, "officer", [*items, items[0]], "OFFER", receiver=person(force, "exhibits_officer"))

    assert [type(one.refusal) for one in verdicts] == [type(None), errors.AlreadyOffered, type(None)]
    acts = {events(force, number)[-1].envelope.act for number in (items[0], items[2])}
    assert len(acts) == 1
    assert events(force, items[1])[-1].envelope.act not in acts


def test_one_new_seal_does_not_go_on_two_items_of_an_act(force):
    items = force.items(force.case(category="violence"), 2, category="KNF", seal="")

    verdicts = happen(force, "officer", items, "SEAL", new_seal="N1")

    assert [type(one.refusal) for one in verdicts] == [type(None), errors.SealUsedBefore]


@pytest.mark.parametrize("numbers", [[], range(1, 102)])
def test_an_act_is_for_one_to_a_hundred_items(force, item, numbers):
    with pytest.raises(errors.BadInput):
        happen(force, "officer", numbers, "SIGHTING")


def test_a_kind_that_has_no_rule_is_refused(force, item):
    with pytest.raises(errors.UnknownActKind):
        happen(force, "officer", [item], "VANISH")


def test_a_seal_is_changed_by_opening_with_a_reason_and_sealing_anew(force, item):
    opened = done(force, "officer", item, "OPEN", seal="S100", reason="Photograph the blade.")
    sealed = done(force, "officer", item, "SEAL", new_seal="s200")

    assert opened.seal.kind.value == "opened"
    assert sealed.seal.number == "S200"
    assert refused(force, "officer", item, "SEAL", new_seal="S201") is errors.StillSealed
    assert force.items(force.case(reference="9/9/26"), seal="S300")
    done(force, "officer", item, "OPEN", reason="Again.")
    assert refused(force, "officer", item, "SEAL", new_seal="S300") is errors.SealUsedBefore


def test_drugs_are_opened_before_a_witness_who_signs_in(force):
    item = force.items(force.case(category="drugs"), category="DRUG", description="Powder")[0]

    assert refused(force, "officer", item, "OPEN", reason="Weigh it.") is errors.WitnessNeeded
    done(force, "officer", item, "OPEN", Second(witness=signed("other")), reason="Weigh it.")

    assert events(force, item)[-1].envelope.witness.id == person(force, "other")


def test_nobody_witnesses_their_own_act(force, item):
    assert (
        refused(force, "officer", item, "OPEN", Second(witness=signed("officer")), reason="x") is errors.WitnessIsActor
    )


def test_a_witness_with_a_wrong_password_stops_the_act_and_counts_as_an_attempt(force, item):
    wrong = Second(witness=SignIn("other", "wrong horse battery"))
    officer, given = force.person("officer"), Particulars(reason="x")

    for _ in range(5):
        with pytest.raises(errors.SecondNotSignedIn, match="of the witness is wrong"):
            happenings.happen(force.services, officer, [item], "OPEN", given, wrong)
    with pytest.raises(errors.TooManyAttempts):
        happenings.happen(force.services, officer, [item], "OPEN", given, wrong)

    assert len(events(force, item)) == 1


def test_a_receiver_signs_in_for_what_they_take_and_a_second_one_takes_it_with_them(force, booked):
    due = force.clock.at + timedelta(days=1)
    given = {"purpose": "court", "due_back": due, "seal": "S100"}

    assert refused(force, "property_officer", booked, "SIGN_OUT", **given) is errors.ReceiverNeeded
    own = Second(receiver=signed("property_officer"))
    assert refused(force, "property_officer", booked, "SIGN_OUT", own, **given) is errors.ReceiverIsActor
    both = Second(receiver=signed("officer"), joint=signed("other"))
    out = done(force, "property_officer", booked, "SIGN_OUT", both, **given)

    assert out.where == "with PC 4507 Officer and PC 4505 Other"
    assert out.due_back == due


def test_what_happened_earlier_is_judged_by_what_was_so_then(force, booked):
    """The officer opened it on the way, before the store had it, and says so an hour later."""
    earlier = force.clock.at - timedelta(minutes=30)
    force.clock.move(minutes=20)

    assert refused(force, "officer", booked, "OPEN", reason="Now.") is errors.NotTheHolder
    after = done(force, "officer", booked, "OPEN", reason="On the way.", occurred_at=earlier)

    assert after.in_store
    event = events(force, booked)[-1]
    assert event.envelope.occurred_at == earlier
    assert event.envelope.late


@pytest.mark.parametrize(("hours", "refusal"), [(1, errors.OccurredInTheFuture), (-3, errors.OccurredBeforeSeizure)])
def test_a_time_that_cannot_be_is_refused(force, item, hours, refusal):
    at = force.clock.at + timedelta(hours=hours)

    assert refused(force, "officer", item, "OPEN", reason="x", occurred_at=at) is refusal


def test_a_condition_is_kept_and_one_that_is_not_on_the_list_is_not(force, item):
    done(force, "officer", item, "SIGHTING", condition="WET")

    assert "condition: wet" in sentence(events(force, item)[-1], "AB/1")
    assert refused(force, "officer", item, "SIGHTING", condition="ODD") is errors.NotAChoice


def test_only_staff_of_the_store_move_what_it_holds(force, booked):
    moved = done(force, "property_officer", booked, "MOVE", place=force.safe.id)

    assert moved.place.id == force.safe.id
    assert refused(force, "officer", booked, "MOVE", place=force.shelf.id) is errors.NoRight
    assert refused(force, "property_officer", booked, "MOVE", place=force.far_store.id) is errors.NoRight
