"""On pages: losses, holds, disposals, boxes, and acting for somebody who has left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.exhibit import CustodyKind, PresenceKind
from exhibits_app.services import boxes, deciding, happenings, labels
from exhibits_app.services.typed_acts import Particulars, Second
from tests.support.acted import acted
from tests.support.force import Force
from tests.support.typed import done, events, happen, leave, person, refused, signed, state


@pytest.fixture
def item(force: Force) -> int:
    """One item that the officer has seized, a knife without a decision of a death."""
    return force.items(force.case(category="violence"), category="KNF")[0]


@pytest.fixture
def booked(force: Force, item: int) -> int:
    """The same, in the Ilford store."""
    assert acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=force.place_code(force.shelf)) == ["recorded"]
    return item


def test_what_is_missing_is_found_again_and_the_gap_stays(force, booked):
    lost = done(force, "property_officer", booked, "UNACCOUNTED", text="Bays 1 to 4, twice.")
    missing = done(force, "supervisor", booked, "MISSING", text="All bays, by two, on 4 May.")
    assert lost.custody.kind is CustodyKind.UNKNOWN
    assert missing.presence is PresenceKind.MISSING

    found = done_in_store(force, booked)

    assert found.presence is PresenceKind.FOUND
    assert [one.kind for one in found.discrepancies] == ["unaccounted for"]


def done_in_store(force: Force, number: int):
    """Found by store staff, who see what their store lost through a colleague with the case."""
    grants = force.person("supervisor").grants
    staff = replace(force.person("property_officer"), grants=(*force.person("property_officer").grants, *grants))
    force.clock.move(minutes=1)
    given = Particulars(place=force.shelf.id, text="behind bay 2")
    (verdict,) = happenings.happen(force.services, staff, [number], "FOUND", given)
    assert verdict.refusal is None, verdict.told
    return state(force, number)


def test_disposal_takes_a_supervisor_who_authorises_and_two_others_who_do_it(force, booked):
    supervisor = "inspector"
    decide_against(force, booked)
    done(force, "exhibits_officer", booked, "HOLD", hold="proceedings", text="Trial on 9 June.")
    blocked = refused(force, supervisor, booked, "AUTHORISE_DISPOSAL", method="destroy", text="PACE s.22")
    done(force, "exhibits_officer", booked, "RELEASE_HOLD", hold="proceedings", reason="Trial ended.")
    authorised = done(force, supervisor, booked, "AUTHORISE_DISPOSAL", method="destroy", text="PACE s.22")

    assert blocked is errors.HoldBlocks
    assert authorised.legal.value == "disposal authorised"
    assert refused(force, "property_officer", booked, "RETAIN", text="CSI", purpose="x") is errors.NoDisposalAuthority
    assert refused(force, "property_officer", booked, "DESTROY", number="D/1") is errors.WitnessNeeded
    gone = done(force, "property_officer", booked, "DESTROY", Second(witness=signed("other")), number="D/1")
    assert gone.custody.kind is CustodyKind.DESTROYED
    assert gone.disposed == "destroy"


def test_what_was_restored_is_seized_again_as_the_same_item(force, booked):
    decide_against(force, booked)
    done(force, "inspector", booked, "AUTHORISE_DISPOSAL", method="restore", text="Owner known")
    given = {"text": "J. Example", "identity": "passport", "number": "R/7"}
    done(force, "property_officer", booked, "RESTORE", Second(witness=signed("other")), **given)

    again = done(force, "officer", booked, "RE_SEIZE", authority="PACE s.19", new_seal="N9")

    assert again.disposed is None
    assert again.custody.id == person(force, "officer")
    assert again.seal.number == "N9"


def decide_against(force: Force, number: int) -> None:
    choice = Choice("NOT_REQUIRED", "cost", "No budget.", "", "", None)
    deciding.decide(force.services, force.person("inspector"), number, choice)


def test_a_review_keeps_it_on_a_basis_until_a_date_ahead(force, item):
    until = force.clock.at + timedelta(days=90)

    kept = done(force, "supervisor", item, "REVIEW", text="Trial listed", until=until)

    assert (kept.retention_basis, kept.review_at) == ("Trial listed", until)
    assert refused(force, "supervisor", item, "REVIEW", text="x", until=force.clock.at) is errors.ParticularNeeded


def test_a_supervisor_hands_over_for_somebody_who_has_left_and_for_nobody_else(force, item):
    receiver = person(force, "exhibits_officer")
    still = refused(force, "supervisor", item, "OFFER", receiver=receiver, for_leaver=True)
    leave(force, "officer")

    offered = done(force, "supervisor", item, "OFFER", receiver=receiver, for_leaver=True)

    assert still is errors.StillHere
    assert offered.offer.giver.id == person(force, "officer")
    assert events(force, item)[-1].envelope.on_behalf_of.id == person(force, "officer")
    assert done(force, "exhibits_officer", item, "ACCEPT").custody.id == receiver


def test_a_supervisor_takes_back_the_offer_of_somebody_who_has_left(force, item):
    done(force, "officer", item, "OFFER", receiver=person(force, "other"))
    leave(force, "officer")

    assert happenings.possible(force.services, force.person("supervisor"), item)["REJECT"].name == "PC 4507 Officer"
    assert done(force, "supervisor", item, "REJECT", reason="He left.", for_leaver=True).offer is None


def test_nobody_but_a_supervisor_acts_for_a_leaver(force, item):
    leave(force, "officer")

    who = "exhibits_officer"
    assert refused(force, who, item, "OFFER", receiver=person(force, "other"), for_leaver=True) is errors.NoRight


def test_nothing_is_offered_to_somebody_who_has_left(force, item):
    leave(force, "other")

    with pytest.raises(errors.NotAChoice):
        happen(force, "officer", [item], "OFFER", receiver=person(force, "other"))


def test_what_is_possible_follows_the_state_and_the_rights(force, item):
    mine = happenings.possible(force.services, force.person("officer"), item)
    theirs = happenings.possible(force.services, force.person("supervisor"), item)

    assert {"OFFER", "OPEN", "VIEW"} <= set(mine)
    assert not {"ACCEPT", "SEAL", "SIGN_OUT", "HOLD", "DESTROY", "SPLIT"} & set(mine)
    assert {"HOLD", "REVIEW", "UNACCOUNTED"} <= set(theirs)
    assert not {"OFFER", "OPEN"} & set(theirs)


def a_box(force: Force, place) -> str:
    """A box at this place; the code of its label."""
    staff = force.person("property_officer")
    box = boxes.open_box(force.services, staff, "Crate 1", place.id)
    return labels.print_box_labels(force.services, staff, [box.id], "L7160").codes[0]


def test_an_item_goes_into_a_box_and_comes_out_of_it_and_the_manifest_says_so(force, booked):
    code = a_box(force, force.shelf)

    inside = done(force, "property_officer", booked, "PUT_IN", box=code)
    with force.services.store.read() as work:
        held = work.boxes.manifests(inside.box.id)[0].items
    out = done(force, "property_officer", booked, "TAKE_OUT")

    assert inside.box.name.endswith("Crate 1")
    assert held == (booked,)
    assert out.box is None
    with force.services.store.read() as work:
        assert work.boxes.manifests(inside.box.id)[0].items == ()


def test_an_item_goes_only_into_a_box_in_the_same_hands_whose_label_is_good(force, item):
    code = a_box(force, force.shelf)

    assert refused(force, "officer", item, "PUT_IN", box=code) is errors.BoxElsewhere
    with pytest.raises(errors.NotAChoice):
        happen(force, "officer", [item], "PUT_IN", box="B-0000-0000-0")
