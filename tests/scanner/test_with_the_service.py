"""The real scan client talks to the real service, without a network between them."""

from hashlib import sha256

import httpx
import pytest

from scanner import events as e
from scanner.pictures import hand_over
from tests.scanner.desk import Desk
from tests.support.submitted import a_draft, authorised, find, to_submit


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.outbox.close()
    desk.force.services.store.close()


def test_items_are_booked_in_and_the_service_says_so_in_a_sentence(desk):
    tally = desk.scan("BOOK_IN", desk.place, *desk.codes, "CONFIRM")

    assert (tally.recorded, tally.refused) == (2, 0)
    assert all("booked" in verdict.sentence for verdict in desk.told)
    assert desk.outbox.counts().sent == 1


def test_a_verdict_stands_before_commit_and_a_refusal_is_said(desk):
    """An item that was never booked in cannot be signed in."""
    desk.scan("SIGN_IN", desk.place, desk.codes[0])

    checked = [effect for effect in desk.shown if isinstance(effect, e.Say) and effect.message == "checked"]
    assert [effect.tone for effect in checked] == ["stop"]
    assert desk.told == []


def test_a_device_that_is_not_enrolled_keeps_its_scans_and_says_so(desk):
    tally = desk.scan(token="unknown")

    assert tally.stopped is not None


def test_cash_is_booked_in_by_two_who_count_it(desk):
    (cash,) = desk.labelled(category="CASH", description="Cash")
    safe, witness = desk.force.place_code(desk.force.safe), desk.force.badge("exhibits_officer")

    tally = desk.scan("BOOK_IN", safe, cash, witness, "£240 in notes", "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    booked = desk.told_last(cash)
    assert (booked.kind, booked.body.counted) == ("book_in", "£240 in notes")
    assert booked.envelope.witness.id == desk.force.people["exhibits_officer"].id


def test_a_witness_proves_who_they_are_though_they_were_here_a_minute_ago(desk):
    (cash,) = desk.labelled(category="CASH")
    safe, witness = desk.force.place_code(desk.force.safe), desk.force.badge("exhibits_officer")
    desk.scan(badge=witness)
    desk.shown.clear()

    desk.scan("BOOK_IN", safe, cash, witness)

    assert [effect.what for effect in desk.shown if isinstance(effect, e.Ask)] == ["pin", "witness_pin", "counted"]


def test_cash_without_a_witness_is_refused_on_record(desk):
    (cash,) = desk.labelled(category="CASH")

    tally = desk.scan("BOOK_IN", desk.force.place_code(desk.force.safe), cash, "CONFIRM", desk.codes[0], "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 1)
    assert desk.told[0].sentence.endswith("a witness must sign in with their own badge and PIN.")


def test_a_firearm_is_booked_in_by_two_and_somebody_made_it_safe(desk):
    (firearm,) = desk.labelled(category="FA", description="Air rifle")
    safe, witness = desk.force.place_code(desk.force.safe), desk.force.badge("exhibits_officer")

    tally = desk.scan("WITNESS", witness, "BOOK_IN", safe, firearm, "PC 88 Marsh, firearms officer", "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    assert desk.told_last(firearm).body.made_safe_by == "PC 88 Marsh, firearms officer"


def test_a_place_that_does_not_suit_is_taken_for_a_reason_on_record(desk):
    (swab,) = desk.labelled(category="BIO", description="Swab")

    tally = desk.scan("BOOK_IN", desk.place, swab, "The freezer is full", "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    assert desk.told_last(swab).envelope.reason == "The freezer is full"


def test_an_item_is_opened_and_sealed_anew(desk):
    (item,) = desk.labelled()
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")

    desk.scan("OPEN", "Examination", item, "CONFIRM", "SEAL", item, "NEW77", "CONFIRM")

    assert desk.item(item).seal.number == "NEW77"
    assert [verdict.verdict for verdict in desk.told] == ["recorded"] * 3


def test_a_laboratory_has_an_item_under_its_own_number_and_returns_it_under_a_new_seal(desk):
    (item,) = desk.labelled()
    lab, submissions = desk.force.place_code(desk.force.lab), desk.force.badge("submissions")
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")
    desk.scan("SUBMIT", lab, "FS/1/26", "DI Inspector", item, "CONFIRM", badge=submissions)
    desk.scan("LAB_RECEIPT", lab, item, "NF-0042", "CONFIRM", badge=submissions)

    tally = desk.scan("LAB_RETURN", desk.place, item, "LAB900", "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    assert (desk.item(item).seal.number, desk.item(item).where) == ("LAB900", "at Ilford transit store, bay 2")
    assert "NF-0042" in str(desk.item(item).aliases)


def test_a_submission_of_the_register_leaves_by_its_number_and_its_items_alone(desk):
    going, staying = desk.labelled(2)
    numbers = [desk.item(code).register_no for code in (going, staying)]
    desk.scan("BOOK_IN", desk.place, going, staying, "CONFIRM")
    to_submit(desk.force, numbers)
    authorised(desk.force, a_draft(desk.force, desk.case.id, numbers[:1]))
    courier = desk.force.place_code(desk.force.carrier)

    tally = desk.scan("SUBMIT", courier, "FS-000001", staying, going, "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 1)
    assert desk.told_last(going).body.authority == "4511 Submissions"
    assert "FS-000001 is not authorised for" in desk.said[-2] + desk.said[-1]
    assert find(desk.force, 1).state.value == "sent"


def test_an_item_goes_to_court_under_its_number_and_comes_back(desk):
    (item,) = desk.labelled()
    court = desk.force.place_code(desk.force.court)
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")

    desk.scan("TO_COURT", court, item, "Exhibit 7", "CONFIRM")
    assert desk.told_last(item).body.number == "Exhibit 7"
    desk.scan("FROM_COURT", desk.place, item, "CONFIRM")

    assert desk.item(item).where == "at Ilford transit store, bay 2"


def test_a_handover_is_offered_to_a_badge_and_changes_hands_only_when_it_is_accepted(desk):
    (item,) = desk.labelled()
    giver, taker = desk.force.badge("officer"), desk.force.badge("other")

    desk.scan("OFFER", taker, item, "CONFIRM", badge=giver)
    between = desk.item(item).where
    desk.scan("ACCEPT", item, "CONFIRM", badge=taker)

    assert between == "with PC 4507 Officer"
    assert desk.item(item).where == "with PC 4505 Other"


def test_an_offer_is_turned_down_with_a_reason(desk):
    (item,) = desk.labelled()
    taker = desk.force.badge("other")
    desk.scan("OFFER", taker, item, "CONFIRM", badge=desk.force.badge("officer"))

    desk.scan("REJECT", "The bag is torn", item, "CONFIRM", badge=taker)

    assert desk.item(item).offer is None
    assert desk.item(item).where == "with PC 4507 Officer"


def test_two_people_sign_an_item_out_together(desk):
    (item,) = desk.labelled()
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")

    one, other = desk.force.badge("officer"), desk.force.badge("other")
    tally = desk.scan("SIGN_OUT", one, "Court", "7", "TOGETHER", other, item, "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    assert desk.item(item).joint.id == desk.force.people["other"].id


def test_a_carrier_takes_an_item_to_another_store(desk):
    (item,) = desk.labelled()
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")
    far = desk.force.place_code(desk.force.far_store)

    tally = desk.scan("COLLECT", desk.force.place_code(desk.force.carrier), far, item, "CONFIRM")

    assert (tally.recorded, tally.refused) == (1, 0)
    assert desk.told_last(item).body.bound_for.id == desk.force.far_store.id


def test_a_viewing_says_who_was_present(desk):
    (item,) = desk.labelled()
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")

    desk.scan("VIEW", "Dr Hale for the defence", "CONFIRM", item, "CONFIRM")

    assert (desk.told_last(item).body.present, desk.told_last(item).body.opened) == ("Dr Hale for the defence", False)


def test_an_item_is_reported_not_found_and_found_again(desk):
    (item,) = desk.labelled()
    desk.scan("BOOK_IN", desk.place, item, "CONFIRM")

    desk.scan("UNACCOUNTED", "Bays 1 to 4, twice", item, "CONFIRM")
    lost = desk.item(item).custody.kind.value
    desk.scan("FOUND", desk.place, item, "CONFIRM")

    assert lost == "unknown"
    assert desk.item(item).where == "at Ilford transit store, bay 2"


def test_items_are_put_into_a_box_which_is_sealed_moved_and_looked_into(desk):
    items = desk.labelled(3)
    box = desk.a_box("Box 17")
    desk.scan("BOOK_IN", desk.place, *items, "CONFIRM")

    desk.scan("PUT_IN", box, *items[:2], "CONFIRM")
    inside = [desk.item(code).box.name for code in items[:2]]
    desk.scan("SEAL", box, "B900", "CONFIRM")
    desk.scan("MOVE", desk.force.place_code(desk.force.safe), box, "CONFIRM")
    moved = [desk.item(code).where for code in items]
    desk.scan(
        "OPEN", "Stocktake", box, "CONFIRM", "SIGHTING", box, *items[:2], "CONFIRM", "TAKE_OUT", items[0], "CONFIRM"
    )

    assert inside == ["Box 17"] * 2
    assert moved == ["at Ilford transit store, safe"] * 2 + ["at Ilford transit store, bay 2"]
    assert (desk.item(items[0]).box, desk.item(items[1]).box.name) == (None, "Box 17")
    assert {verdict.verdict for verdict in desk.told} == {"recorded"}


class PicturesGetLost(httpx.WSGITransport):
    """A network whose answers about pictures do not arrive."""

    def handle_request(self, request):
        response = super().handle_request(request)
        if request.url.path.endswith("/picture"):
            raise httpx.ReadTimeout("no answer", request=request)
        return response


def test_a_device_keeps_no_pictures_where_the_force_wants_none(desk):
    desk.scan("BOOK_IN", desk.place, desk.codes[0], "CONFIRM", pictures=desk.folder)

    assert not desk.folder.exists()
    assert desk.outbox.pictures.by_scan() == {}


def test_a_picture_is_handed_over_after_its_act_and_deleted_when_the_service_has_it(desk):
    """That of an item whose scan was refused stays, without a word more."""
    desk.wants_pictures()
    desk.scan("BOOK_IN", desk.place, *desk.codes, "CONFIRM", pictures=desk.folder)

    events = [desk.told_last(code).envelope.id for code in desk.codes]
    with desk.force.services.store.read() as work:
        kept = [work.scan_pictures.find(event).sha256 for event in events]
    assert [sha256(desk.force.services.files.get(one)).hexdigest() for one in kept] == kept
    assert list(desk.folder.iterdir()) == []
    desk.scan("BOOK_IN", desk.place, desk.codes[0], "CONFIRM", pictures=desk.folder)
    assert [one.stem for one in desk.folder.iterdir()] == list(desk.outbox.pictures.by_scan().values())
    assert len(desk.outbox.pictures.by_scan()) == 1
    assert not any(isinstance(one, e.Say) and one.message == "picture_refused" for one in desk.shown)


def test_a_picture_whose_answer_was_lost_is_handed_over_again_and_a_refused_one_stays_with_a_sentence(desk):
    desk.wants_pictures()
    desk.scan("BOOK_IN", desk.place, desk.codes[0], "CONFIRM", pictures=desk.folder, transport=PicturesGetLost)
    assert len(list(desk.folder.iterdir())) == 1
    with desk.service() as service:
        assert hand_over(desk.outbox, service, desk.folder) == ([], False)
    assert (list(desk.folder.iterdir()), desk.outbox.pictures.by_scan()) == ([], {})

    desk.scan("BOOK_IN", desk.place, desk.codes[1], "CONFIRM", pictures=desk.folder, transport=PicturesGetLost)
    desk.wants_pictures(False)
    with desk.service() as service:
        (said,), _ = hand_over(desk.outbox, service, desk.folder)
        assert said.startswith("This force keeps no pictures of scans.")
        assert hand_over(desk.outbox, service, desk.folder) == ([], False)
    assert len(list(desk.folder.iterdir())) == 1
