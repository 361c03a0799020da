"""Boxes over the API: taken whole with what is in them, or not at all; what left a box is not moved with it."""

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from exhibits_app.domain.boxes import manifest_sha256
from exhibits_app.domain.events import Basis
from exhibits_app.domain.exhibit import PresenceKind
from exhibits_app.domain.show import iso
from exhibits_app.services import boxes, labels
from tests.api.boxed import Boxed
from tests.api.conftest import Bench


@pytest.fixture
def boxed(bench: Bench) -> Boxed:
    return Boxed(bench, 8)


@pytest.fixture
def forty(bench: Bench) -> Boxed:
    return Boxed(bench, 40)


def test_items_that_are_put_in_are_what_the_box_holds(forty: Boxed) -> None:
    assert [one["verdict"] for one in forty.verdicts] == ["recorded"] * 40
    assert forty.verdicts[0]["sentence"].startswith("4516 Property Officer put AB/1 into Box 17")
    assert forty.view().items == 40
    assert forty.view().manifests[0].items == tuple(forty.items)


def test_a_sealed_box_of_forty_is_moved_in_one_scan_and_each_move_is_inferred(forty: Boxed) -> None:
    assert forty.seal()["verdict"] == "recorded"

    verdict = forty.bench.do("MOVE", forty.code, to=forty.safe)

    assert verdict["ref"] == "Box 17"
    assert "moved Box 17 to Ilford transit store, safe, with 40 items in it" in verdict["sentence"]
    last = forty.events(39)[-1]
    assert (last.kind, last.envelope.basis) == ("move", Basis.CONTAINER_SCAN)
    assert last.envelope.box is not None
    assert (last.envelope.box.name, last.envelope.box.items) == ("Box 17", 40)
    assert last.envelope.box.manifest == manifest_sha256(forty.items) == forty.view().manifests[0].sha256
    assert forty.exhibit(39).presence is PresenceKind.INFERRED
    assert forty.exhibit(39).place == forty.view().box.place == forty.bench.force.safe.ref
    assert forty.exhibit(39).box is not None


def test_the_items_of_a_box_are_one_act_in_the_ledger(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)

    boxed.bench.send(act)

    assert {boxed.events(at)[-1].envelope.act for at in range(8)} == {act["id"]}


def test_the_same_act_with_a_box_again_changes_nothing(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    boxed.bench.send(act)
    length = len(boxed.events(0))

    again = boxed.bench.verdicts(act)

    assert [one["verdict"] for one in again] == ["already_recorded"]
    assert len(boxed.events(0)) == length


def test_the_same_scan_of_a_box_in_another_act_changes_nothing(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    boxed.bench.send(act)
    length = len(boxed.events(0))

    again = boxed.bench.verdicts(boxed.bench.act("MOVE", to=boxed.bench.shelf, items=act["items"]))

    assert [one["verdict"] for one in again] == ["already_recorded"]
    assert again[0]["sentence"] == "This scan of Box 17 is on record already."
    assert len(boxed.events(0)) == length


def test_a_scan_of_an_item_cannot_be_that_of_a_box_too(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    boxed.bench.send(act)
    items = [{"scan": act["items"][0]["scan"], "code": boxed.another("Box 18")[1]}]

    verdict = boxed.bench.verdicts(boxed.bench.act("MOVE", to=boxed.safe, items=items))[0]

    assert verdict["error_code"] == "same_id_other_content"


def test_checking_a_box_answers_as_recording_it_would_and_records_nothing(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    length = len(boxed.events(0))

    checked = boxed.bench.send(act, to="/api/v1/acts/check").json["acts"][0]["items"][0]

    assert (checked["verdict"], len(boxed.events(0))) == ("would_record", length)
    assert checked["sentence"] == boxed.bench.verdicts(act)[0]["sentence"]


def test_an_item_scanned_elsewhere_has_left_its_box(boxed: Boxed) -> None:
    boxed.bench.do("MOVE", boxed.codes[3], to=boxed.safe)
    boxed.bench.at(minutes=1)
    far = boxed.bench.force.place_code(boxed.bench.force.store)

    verdict = boxed.bench.do("MOVE", boxed.code, to=far)

    assert "with 7 items in it" in verdict["sentence"]
    assert boxed.exhibit(3).place == boxed.bench.force.safe.ref
    assert boxed.exhibit(3).box is None
    assert boxed.items[3] not in [row.item.exhibit.register_no for row in boxed.view().rows]


def test_a_box_is_refused_whole_when_one_item_cannot_go_with_it(boxed: Boxed) -> None:
    force = boxed.bench.force
    notes = force.items(force.case(reference="03EF/1/26"), 1, category="CASH", reference="GH/9", seal="")
    code = force.labels(notes)[0]
    boxed.bench.at(minutes=1)
    act = boxed.bench.act("BOOK_IN", code, to=boxed.safe, witness=boxed.bench.turn("supervisor"))
    act["items"][0]["counted"] = "40 pounds"
    assert boxed.bench.verdicts(act)[0]["verdict"] == "recorded"
    boxed.bench.do("PUT_IN", code, to=boxed.code)
    boxed.bench.at(minutes=1)
    bay = force.place_code(force.store)

    verdict = boxed.bench.verdicts(boxed.bench.act("MOVE", boxed.code, to=bay))[0]

    assert verdict["error_code"] == "box_held_up"
    assert verdict["sentence"].startswith("Box 17 cannot go with an item in it, so nothing of it is recorded. GH/9")
    assert boxed.exhibit(0).place == force.shelf.ref
    assert boxed.view().box.place == force.shelf.ref


def test_cash_in_a_sealed_box_is_booked_in_with_its_box(bench: Bench) -> None:
    force = bench.force
    officer = force.person("officer")
    notes = force.items(force.case(reference="03EF/1/26"), 1, category="CASH", reference="GH/9", seal="")
    codes = force.labels(notes)
    box = boxes.open_box(force.services, officer, "Evidence box 4")
    code = labels.print_box_labels(force.services, officer, [box.id], "L7160").codes[0]
    bench.at(minutes=1)
    staff, bench.operator = bench.operator, bench.turn("officer")
    bench.do("PUT_IN", codes[0], to=code)
    act = bench.act("SEAL", code)
    act["items"][0]["new_seal"] = "B901"
    assert bench.verdicts(act)[0]["verdict"] == "recorded"
    bench.operator = staff
    bench.at(minutes=1)

    verdict = bench.do("BOOK_IN", code, to=force.place_code(force.safe))

    assert "booked Evidence box 4 into Ilford transit store, safe, with 1 item in it" in verdict["sentence"]
    with force.services.store.read() as work:
        assert work.items.find(notes[0]).exhibit.in_store


def test_nothing_goes_into_a_sealed_box_or_comes_out_of_it(boxed: Boxed) -> None:
    boxed.seal()

    out = boxed.bench.verdicts(boxed.bench.act("TAKE_OUT", boxed.codes[0], to=boxed.code))[0]

    assert (out["error_code"], out["sentence"]) == (
        "box_shut",
        "Box 17 is recorded as sealed under B900. Scan OPEN and the box first, then AB/1.",
    )


def test_what_another_has_does_not_go_into_the_box(boxed: Boxed) -> None:
    force = boxed.bench.force
    at_home = force.items(force.case(reference="04GH/1/26"), 1, reference="GH/1", seal="")
    code = force.labels(at_home)[0]
    boxed.bench.at(minutes=1)
    boxed.bench.operator = boxed.bench.turn("officer")

    verdict = boxed.bench.verdicts(boxed.bench.act("PUT_IN", code, to=boxed.code))[0]

    assert verdict["error_code"] == "box_elsewhere"


def test_the_seal_of_a_box_is_used_once_in_the_force(boxed: Boxed) -> None:
    assert boxed.seal("S100")["error_code"] == "seal_used_before"
    assert boxed.seal("B900")["verdict"] == "recorded"

    other = boxed.bench.act("SEAL", boxed.another("Box 18")[1])
    other["items"][0]["new_seal"] = "B900"

    verdict = boxed.bench.verdicts(other)[0]
    assert verdict["error_code"] == "seal_used_before"
    assert "used before, on Box 17" in verdict["sentence"]


def test_a_box_with_another_seal_than_recorded_is_not_moved(boxed: Boxed) -> None:
    boxed.seal()
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    act["items"][0]["seal"] = "B901"

    assert boxed.bench.verdicts(act)[0]["error_code"] == "seal_does_not_match"


def test_a_box_seen_with_another_seal_puts_every_item_in_doubt(boxed: Boxed) -> None:
    boxed.seal()
    act = boxed.bench.act("SIGHTING", boxed.code)
    act["items"][0]["seal"] = "B901"

    verdict = boxed.bench.verdicts(act)[0]

    assert verdict["verdict"] == "recorded_with_discrepancy"
    assert [one.kind for one in boxed.exhibit(7).discrepancies] == ["wrong seal on its box"]
    assert boxed.exhibit(7).seal.kind.value == "sealed"
    assert boxed.view().box.seal.kind.value == "suspect"


def test_a_box_in_a_box_goes_with_it_and_never_into_itself(boxed: Boxed) -> None:
    outer, outer_code = boxed.another("Crate 1")
    boxed.bench.do("PUT_IN", boxed.code, to=outer_code)
    boxed.bench.at(minutes=1)

    into_itself = boxed.bench.verdicts(boxed.bench.act("PUT_IN", outer_code, to=boxed.code))[0]
    moved = boxed.bench.do("MOVE", outer_code, to=boxed.safe)

    assert into_itself["error_code"] == "box_in_itself"
    assert "moved Crate 1 to Ilford transit store, safe, with 8 items in it" in moved["sentence"]
    assert boxed.view().box.place == boxed.exhibit(0).place == boxed.bench.force.safe.ref
    assert boxed.view().box.parent is not None
    assert boxed.view().box.parent.id == outer
    assert boxed.exhibit(0).box is not None
    assert boxed.exhibit(0).box.id == boxed.box


def test_a_box_that_is_signed_out_comes_back_with_what_is_in_it(boxed: Boxed) -> None:
    due = iso(boxed.bench.force.clock.at + timedelta(days=1))
    officer = boxed.bench.turn("officer")
    boxed.bench.do("SIGN_OUT", boxed.code, receiver=officer, purpose="court", due_back=due)
    boxed.bench.at(minutes=1)
    with_officer = boxed.exhibit(4)

    boxed.bench.do("SIGN_IN", boxed.code, to=boxed.safe)

    assert (with_officer.where, with_officer.box is not None) == ("with PC 4507 Officer", True)
    assert boxed.exhibit(4).place == boxed.bench.force.safe.ref


def test_a_box_is_offered_and_accepted_with_all_that_is_in_it(boxed: Boxed) -> None:
    officer = boxed.bench.turn("officer")
    boxed.bench.do("OFFER", boxed.code, receiver=officer)
    boxed.bench.at(minutes=1)
    offered = boxed.exhibit(2)
    boxed.bench.operator = officer

    boxed.bench.do("ACCEPT", boxed.code)

    assert (offered.in_store, offered.offer is not None) == (True, True)
    assert boxed.exhibit(2).where == boxed.view_as("officer").box.where == "with PC 4507 Officer"


def test_what_is_done_to_items_one_by_one_is_not_done_to_a_box(boxed: Boxed) -> None:
    verdict = boxed.bench.verdicts(boxed.bench.act("DESTROY", boxed.code))[0]

    assert (verdict["error_code"], verdict["sentence"]) == (
        "not_for_a_box",
        "DESTROY is for items one by one, not for the whole of Box 17. Scan the items in it.",
    )


def test_the_code_of_a_box_says_what_it_is(boxed: Boxed) -> None:
    boxed.seal()

    found = boxed.bench.client.get(f"/api/v1/codes/{boxed.code}", headers=boxed.bench.headers).json

    assert (found["type"], found["state"]) == ("box", "live")
    assert found["subject"] == {
        "id": boxed.box, "name": "Box 17", "place": "at Ilford transit store, bay 2", "items": 8, "seal": "B900",
        "closed": True, "counting": False,
    }  # fmt: skip
    assert found["sentence"].endswith(" is Box 17.")


def test_an_empty_box_is_moved_too(bench: Bench) -> None:
    boxed = Boxed(bench, 3)
    box, code = boxed.another("Box 18")

    verdict = bench.do("MOVE", code, to=boxed.safe)

    assert "moved Box 18 to Ilford transit store, safe, empty" in verdict["sentence"]
    with bench.force.services.store.read() as work:
        assert work.boxes.find(box).place == bench.force.safe.ref


def test_a_box_code_that_nobody_issued_is_refused(boxed: Boxed) -> None:
    verdict = boxed.bench.verdicts(boxed.bench.act("MOVE", "B000000000", to=boxed.safe, id=str(uuid7())))[0]

    assert verdict["verdict"] == "refused"
