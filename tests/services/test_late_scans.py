"""Scans that arrive late, twice or in doubt: they are taken as they were made, and what is odd about them is raised."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.services import act_alarms, acts, closing, devices, exhibits, people
from exhibits_app.services.people import PersonForm
from tests.services.late import Bench, events_of, open_kinds, sound, state
from tests.support.force import Force


def test_acts_of_a_queue_may_arrive_in_any_order(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str, safe: str
) -> None:
    booked = bench.act("BOOK_IN", codes[0], to=shelf)
    force.clock.move(minutes=10)
    moved = bench.act("MOVE", codes[0], to=safe)
    force.clock.move(hours=20)

    bench.send(moved)
    bench.send(booked)

    assert state(force, items[0]).where == "at Ilford transit store, safe"
    assert open_kinds(force, items[0]) == []
    with force.services.store.read() as work:
        assert work.devices.with_unsent() == []
    assert sound(force)


def test_the_same_scan_of_another_item_is_refused_and_alarmed(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    first = bench.act("BOOK_IN", codes[0], to=shelf)
    bench.send(first)
    other = bench.act("BOOK_IN", codes[1], to=shelf)
    again = replace(other, items=(replace(other.items[0], scan=first.items[0].scan),))

    (verdict,) = bench.send(again)

    assert verdict["items"][0]["error_code"] == "same_id_other_content"
    assert act_alarms.waiting(force.services, force.person("administrator")) == 1
    assert len(events_of(force, items[1])) == 2


def test_a_scan_from_before_a_place_was_closed_is_recorded_though_it_arrives_after(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    offline = bench.act("BOOK_IN", codes[0], to=shelf)
    force.clock.move(hours=2)
    closing.close(force.services, force.person("administrator"), force.shelf.id)
    force.clock.move(hours=2)

    (verdict,) = bench.send(offline)

    assert verdict["items"][0]["verdict"] == "recorded"
    assert open_kinds(force, items[0]) == []


def test_an_officer_who_left_did_what_they_did_before(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    offline = bench.act("BOOK_IN", codes[0], to=shelf)
    force.clock.move(hours=1)
    who = force.people["property_officer"]
    form = PersonForm(who.name, "property_officer", who.rank, who.number, "p@force.test", who.team, False)
    people.change_person(force.services, force.person("administrator"), who.id, form)
    force.clock.move(hours=1)

    before = bench.send(offline)[0]["items"][0]["verdict"]
    after = bench.send(bench.act("BOOK_IN", codes[1], to=shelf))[0]

    assert before == "recorded"
    assert after["code"] == "operator_session_ended"


def test_rights_count_as_they_were_when_a_late_scan_was_made(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    offline = bench.act("BOOK_IN", codes[0], to=shelf)
    force.clock.move(hours=1)
    who = force.person("property_officer")
    people.end_grant(force.services, force.person("administrator"), who.id, who.grants[0])
    force.clock.move(hours=1)
    since = bench.act("BOOK_IN", codes[1], to=shelf, at=force.clock.at - timedelta(minutes=30))

    verdicts = [verdict["items"][0] for verdict in bench.send(offline, since)]

    assert [verdict["verdict"] for verdict in verdicts] == ["recorded", "refused"]
    assert verdicts[1]["error_code"] == "no_right"


def test_a_label_that_was_good_when_it_was_scanned_is_good(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    offline = bench.act("BOOK_IN", codes[0], to=shelf)
    force.clock.move(hours=1)
    force.labels(items[:1])
    force.clock.move(hours=1)

    assert bench.send(offline)[0]["items"][0]["verdict"] == "recorded"
    assert open_kinds(force, items[0]) == []


def test_a_revoked_label_raises_one_discrepancy_however_often_it_is_scanned(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    force.labels(items[:1])
    force.clock.move(minutes=1)

    verdicts = [bench.do("BOOK_IN", codes[0], to=shelf)["error_code"] for _ in range(3)]

    with force.services.store.read() as work:
        scans = [line for line in work.scans.latest() if line.code == "revoked_label"]
    assert verdicts == ["revoked_label"] * 3
    assert open_kinds(force, items[0]) == ["revoked label"]
    assert len(scans) == 3
    assert sound(force)


def test_a_check_of_a_revoked_label_raises_nothing(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    force.labels(items[:1])
    force.clock.move(minutes=1)

    acts.check(force.services, bench.device, [bench.act("BOOK_IN", codes[0], to=shelf)])

    assert open_kinds(force, items[0]) == []


def test_a_late_seal_that_is_in_use_elsewhere_is_recorded_as_used_twice(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    bench.do("OPEN", codes[0], reason="Checked the contents.")
    force.clock.move(minutes=1)
    late = bench.act("SEAL", codes[0], item={"new_seal": "S101"})
    force.clock.move(hours=3)

    (verdict,) = bench.send(late)

    assert verdict["items"][0]["verdict"] == "recorded_with_discrepancy"
    assert open_kinds(force, items[0]) == ["seal used twice"]
    assert sound(force)


def test_a_late_scan_that_a_rule_would_have_refused_is_recorded_and_somebody_looks_into_it(force: Force) -> None:
    (item,) = force.items(force.case(), 1, category="CASH")
    (code,) = force.labels([item])
    bench = Bench.of(force)
    late = bench.act("BOOK_IN", code, to=force.place_code(force.safe), item={"counted": "250 GBP"})
    force.clock.move(hours=3)

    live = bench.do("BOOK_IN", code, to=force.place_code(force.safe), item={"counted": "250 GBP"})
    (verdict,) = bench.send(late)

    assert live["error_code"] == "witness_needed"
    assert verdict["items"][0]["verdict"] == "recorded_with_discrepancy"
    assert open_kinds(force, item) == ["against the rules"]
    assert "witness" in state(force, item).discrepancies[0].recorded
    assert sound(force)


@pytest.mark.parametrize(("counted", "kinds"), [("3 tablets", []), ("2 tablets", ["quantity"]), ("about 2", [])])
def test_a_count_that_differs_from_the_record_is_a_discrepancy(force: Force, counted: str, kinds: list[str]) -> None:
    (item,) = force.items(force.case(), 1, category="DRUG", quantity="3", unit="tablets")
    (code,) = force.labels([item])
    bench = Bench.of(force)
    witness = force.turn(bench.device, "inspector")

    bench.do("BOOK_IN", code, to=force.place_code(force.safe), witness=witness, item={"counted": counted})

    assert open_kinds(force, item) == kinds


def test_nothing_is_missing_while_a_device_of_the_store_has_scans_to_send(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    bench.made += 3  # Three acts are made and do not arrive.
    auditor = Bench.of(force, "auditor")
    bench.do("SIGHTING", codes[0], to=shelf)

    refused = auditor.do("UNACCOUNTED", codes[0], text="Looked on every shelf of bay 2.")
    view = exhibits.see(force.services, force.person("officer"), items[0])
    devices.write_off(force.services, force.person("administrator"), bench.device.id, "The scanner was run over.")
    recorded = auditor.do("UNACCOUNTED", codes[0], text="Looked on every shelf of bay 2.")

    assert refused["error_code"] == "unsent_scans"
    assert view.unsent == ("Ilford bench 1",)
    assert recorded["verdict"] == "recorded_with_discrepancy"


def test_a_device_of_another_store_with_scans_to_send_does_not_matter(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    far, _token = devices.enrol(force.services, force.person("administrator"), "Central 1", force.far_store.id)
    away = Bench(force, far, force.turn(far, "property_officer"), made=7)
    away.do("SIGHTING", codes[1])
    auditor = Bench.of(force, "auditor")

    verdict = auditor.do("UNACCOUNTED", codes[0], text="Looked on every shelf of bay 2.")

    assert verdict["verdict"] == "recorded_with_discrepancy"
