"""Scans of boxes that arrive late, and what checking a box against its manifest finds."""

import pytest

from exhibits_app.domain.events import Basis
from exhibits_app.domain.exhibit import PresenceKind
from tests.api.boxed import Boxed
from tests.api.conftest import Bench


@pytest.fixture
def boxed(bench: Bench) -> Boxed:
    return Boxed(bench, 8)


def test_a_box_that_was_moved_yesterday_arrives_late_and_moves_what_was_in_it_then(boxed: Boxed) -> None:
    yesterday = boxed.bench.force.clock.at
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    boxed.bench.at(hours=1)
    boxed.bench.do("MOVE", boxed.codes[5], to=boxed.bench.force.place_code(boxed.bench.force.store))
    boxed.bench.at(hours=20)

    verdict = boxed.bench.verdicts(act)[0]

    assert "with 8 items in it" in verdict["sentence"]
    stayed, left = boxed.exhibit(6), boxed.exhibit(5)
    assert (stayed.place, stayed.box is not None) == (boxed.bench.force.safe.ref, True)
    assert (left.place, left.box) == (boxed.bench.force.store.ref, None)
    moved = next(event for event in boxed.events(5) if event.envelope.basis is Basis.CONTAINER_SCAN)
    assert (moved.envelope.late, moved.envelope.corrected) == (True, yesterday)
    assert left.discrepancies == ()


def test_an_item_that_left_late_told_was_not_moved_with_the_box(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.codes[5], to=boxed.safe)
    boxed.bench.at(hours=1)
    boxed.bench.do("MOVE", boxed.code, to=boxed.bench.force.place_code(boxed.bench.force.store))
    boxed.bench.at(hours=20)

    boxed.bench.verdicts(act)

    left = boxed.exhibit(5)
    assert (left.place, left.box) == (boxed.bench.force.safe.ref, None)
    assert [one.kind for one in left.discrepancies] == ["wrong box"]


def test_a_late_scan_does_not_move_a_box_back(boxed: Boxed) -> None:
    act = boxed.bench.act("MOVE", boxed.code, to=boxed.safe)
    boxed.bench.at(hours=1)
    boxed.bench.do("MOVE", boxed.code, to=boxed.bench.force.place_code(boxed.bench.force.store))
    boxed.bench.at(hours=20)

    boxed.bench.verdicts(act)

    assert boxed.view().box.place == boxed.exhibit(0).place == boxed.bench.force.store.ref


def test_what_is_not_seen_when_a_box_is_checked_is_not_in_it_any_more(boxed: Boxed) -> None:
    boxed.seal()
    boxed.open()
    boxed.bench.send(boxed.bench.act("SIGHTING", *boxed.codes[:6], to=boxed.code))
    boxed.bench.at(minutes=1)

    verdict = boxed.seal("B902")

    assert verdict["verdict"] == "recorded_with_discrepancy"
    assert "Discrepancy: AB/7 (not in its box), AB/8 (not in its box)." in verdict["sentence"]
    assert [boxed.exhibit(at).box is None for at in (0, 5, 6, 7)] == [False, False, True, True]
    assert boxed.exhibit(0).presence is PresenceKind.INFERRED
    assert [one.kind for one in boxed.exhibit(7).discrepancies] == ["not in its box"]
    assert boxed.view().box.shut == "sealed under B902"


def test_what_is_found_in_a_box_is_put_on_record_there_and_is_a_discrepancy(boxed: Boxed) -> None:
    force = boxed.bench.force
    stray = force.items(force.case(reference="05JK/1/26"), 1, category="KNF", reference="JK/1", seal="")
    code = force.labels(stray)[0]
    boxed.bench.at(minutes=1)
    boxed.bench.do("BOOK_IN", code, to=boxed.safe)
    boxed.seal()
    boxed.open()

    verdict = boxed.bench.verdicts(boxed.bench.act("SIGHTING", code, to=boxed.code))[0]

    assert verdict["verdict"] == "recorded_with_discrepancy"
    with force.services.store.read() as work:
        found = work.items.find(stray[0]).exhibit
    assert found.box is not None
    assert (found.box.id, [one.kind for one in found.discrepancies]) == (boxed.box, ["found in box"])


def test_items_are_not_seen_in_a_box_that_is_shut(boxed: Boxed) -> None:
    boxed.seal()

    verdict = boxed.bench.verdicts(boxed.bench.act("SIGHTING", boxed.codes[0], to=boxed.code))[0]

    assert verdict["error_code"] == "box_shut"


def test_an_item_that_left_its_box_while_that_was_sealed_is_a_discrepancy(boxed: Boxed) -> None:
    boxed.seal()

    verdict = boxed.bench.do("MOVE", boxed.codes[3], to=boxed.safe)

    assert verdict["verdict"] == "recorded_with_discrepancy"
    assert "left its shut box: seen scanned by itself, recorded in Box 17, sealed under B900" in verdict["sentence"]
    assert (boxed.exhibit(3).box, boxed.exhibit(3).place) == (None, boxed.bench.force.safe.ref)


def test_a_box_is_not_closed_over_a_box_in_it_that_nobody_saw(boxed: Boxed) -> None:
    crate, crate_code = boxed.another("Crate 1")
    boxed.bench.do("PUT_IN", boxed.code, to=crate_code)
    boxed.box, boxed.code, inner, inner_code = crate, crate_code, boxed.box, boxed.code
    boxed.seal("C1")
    boxed.open()

    unseen = boxed.seal("C2")
    boxed.bench.do("SIGHTING", inner_code, to=crate_code)
    seen = boxed.seal("C2")

    assert (unseen["error_code"], seen["verdict"]) == ("inner_box_not_seen", "recorded")
    assert boxed.exhibit(0).box is not None
    assert boxed.exhibit(0).box.id == inner


def test_a_box_that_is_taken_out_of_another_stays_where_it_was_put(boxed: Boxed) -> None:
    _crate, crate_code = boxed.another("Crate 1")
    boxed.bench.do("PUT_IN", boxed.code, to=crate_code)
    boxed.bench.at(minutes=1)

    boxed.bench.do("TAKE_OUT", boxed.code)
    boxed.bench.at(minutes=1)
    boxed.bench.do("MOVE", crate_code, to=boxed.safe)

    assert boxed.view().box.parent is None
    assert boxed.exhibit(0).place == boxed.bench.force.shelf.ref
