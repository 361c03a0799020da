"""What a property store meets every week: each case has a right answer, and nothing is settled by deleting."""

from datetime import timedelta

import pytest

from exhibits_app.domain.errors import PlaceNotEmpty
from exhibits_app.domain.events import Event, Mistake
from exhibits_app.domain.exhibit import CustodyKind, Exhibit
from exhibits_app.domain.fold import as_recorded
from exhibits_app.services import act_alarms, alerts, closing, corrections, exhibits, left_behind, people, rebuild
from exhibits_app.services.corrections import Wanted
from exhibits_app.services.people import PersonForm
from tests.services.late import Bench
from tests.support.force import Force


@pytest.fixture
def items(force: Force) -> list[int]:
    return force.items(force.case(), 2, category="KNF")


@pytest.fixture
def codes(force: Force, items: list[int]) -> list[str]:
    return force.labels(items)


@pytest.fixture
def shelf(force: Force) -> str:
    return force.place_code(force.shelf)


@pytest.fixture
def safe(force: Force) -> str:
    return force.place_code(force.safe)


@pytest.fixture
def bench(force: Force, codes: list[str]) -> Bench:
    return Bench.of(force)


def state(force: Force, item: int) -> Exhibit:
    with force.services.store.read() as work:
        return work.items.find(item).exhibit


def events_of(force: Force, item: int) -> list[Event]:
    with force.services.store.read() as work:
        return work.ledger.events_of(item)


def open_kinds(force: Force, item: int) -> list[str]:
    return [one.kind for one in state(force, item).discrepancies]


def sound(force: Force) -> bool:
    """Whether every chain verifies and every projection is what the entries say."""
    return rebuild.verify_chains(force.services).faults == rebuild.rebuild(force.services, write=False).faults == []


def test_swapped_labels(force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str, safe: str) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)  # In truth this was the second item: the labels are swapped.
    booked = next(event.envelope.id for event in events_of(force, items[0]) if event.kind == "book_in")

    wanted = Wanted(booked, Mistake.ITEM.value, "The labels of the two bags were swapped.", item=codes[1])
    corrections.correct(force.services, force.person("supervisor"), items[0], wanted, None)
    renewed = force.labels(items)
    refused = bench.do("SIGHTING", codes[0], to=shelf)

    assert state(force, items[0]).custody.kind is CustodyKind.PERSON
    assert state(force, items[1]).where == "at Ilford transit store, bay 2"
    assert refused["error_code"] == "revoked_label"
    assert open_kinds(force, items[0]) == ["revoked label"]
    assert bench.do("SIGHTING", renewed[1], to=shelf)["verdict"] == "recorded"
    assert sound(force)


def test_a_mistaken_scan_is_corrected_without_deleting_anything(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    before = events_of(force, items[0])
    mistake = before[-1].envelope.id

    wanted = Wanted(mistake, Mistake.NOTHING.value, "The scanner was being tried out.")
    corrections.correct(force.services, force.person("supervisor"), items[0], wanted, None)

    after = events_of(force, items[0])
    view = exhibits.see(force.services, force.person("supervisor"), items[0])
    struck = [line for line in view.lines if line.taken]
    assert after[: len(before)] == before
    assert state(force, items[0]).custody.kind is CustodyKind.PERSON
    assert as_recorded(after).custody.kind is CustodyKind.STORE
    assert [line.event.envelope.id for line in struck] == [mistake]
    assert sound(force)


def test_an_offline_scan_that_arrives_a_day_late_is_accepted_and_revises_the_timeline(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str, safe: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    force.clock.move(hours=1)
    offline = bench.act("MOVE", codes[0], to=safe)
    force.clock.move(hours=1)
    other = Bench.of(force, "supervisor")
    other.do("SIGHTING", codes[0], to=shelf)
    force.clock.move(hours=24)

    (verdict,) = bench.send(offline)
    alerts.run(force.services)

    exhibit = state(force, items[0])
    view = exhibits.see(force.services, force.person("supervisor"), items[0])
    revised = [line for line in view.lines if line.revised]
    relied = [line for line in view.lines if line.relied]
    told = [one["person"] for one in view.alerts if one["clock"] == "timeline"]
    assert verdict["items"][0]["verdict"] == "recorded_with_discrepancy"
    assert exhibit.where == "at Ilford transit store, safe"
    assert open_kinds(force, items[0]) == ["wrong place"]
    assert [line.event.kind for line in revised] == ["move"]
    assert [line.event.kind for line in relied] == ["sighting"]
    assert told == [force.people["supervisor"].id]
    assert sound(force)


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


def test_the_same_id_with_other_content_is_refused_and_alarmed(
    force: Force, codes: list[str], bench: Bench, shelf: str, safe: str
) -> None:
    first = bench.act("BOOK_IN", codes[0], to=shelf)
    bench.send(first)

    verdicts = bench.send(first, bench.act("BOOK_IN", codes[1], to=safe, id=first.id))

    lines, _ = act_alarms.page(force.services, force.person("administrator"))
    assert [verdict["code"] for verdict in verdicts] == [None, "same_id_other_content"]
    assert [(line.alarm.subject, line.alarm.closed_at) for line in lines] == [(first.id, None)]
    assert act_alarms.waiting(force.services, force.person("supervisor")) == 1
    assert act_alarms.waiting(force.services, force.person("officer")) == 0


def test_the_same_scan_of_another_item_is_refused_and_alarmed(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    first = bench.act("BOOK_IN", codes[0], to=shelf)
    bench.send(first)
    other = bench.act("BOOK_IN", codes[1], to=shelf)
    again = other.__class__(**{**_fields(other), "items": (_renamed(other.items[0], first.items[0].scan),)})

    (verdict,) = bench.send(again)

    assert verdict["items"][0]["error_code"] == "same_id_other_content"
    assert act_alarms.waiting(force.services, force.person("administrator")) == 1
    assert len(events_of(force, items[1])) == 2


def _fields(act: object) -> dict[str, object]:
    return {name: getattr(act, name) for name in act.__dataclass_fields__}  # type: ignore[attr-defined]


def _renamed(item: object, scan: str) -> object:
    return item.__class__(**{**{name: getattr(item, name) for name in item.__dataclass_fields__}, "scan": scan})  # type: ignore[attr-defined]


def test_a_store_is_closed_when_its_contents_are_re_homed(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str, safe: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    administrator = force.person("administrator")

    with pytest.raises(PlaceNotEmpty, match="still holds 1 item"):
        closing.close(force.services, administrator, force.shelf.id)
    with pytest.raises(PlaceNotEmpty):
        closing.close(force.services, administrator, force.store.id)
    bench.do("MOVE", codes[0], to=safe)
    closing.close(force.services, administrator, force.shelf.id)
    refused = bench.do("BOOK_IN", codes[1], to=shelf)

    assert refused["error_code"] == "place_closed"
    assert "bay 2" in " ".join(
        line.told for line in exhibits.see(force.services, force.person("officer"), items[0]).lines
    )


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


def test_an_officer_leaves_while_holding_items(force: Force, items: list[int]) -> None:
    officer = force.people["officer"]
    form = PersonForm(officer.name, "officer", officer.rank, officer.number, "officer@force.test", officer.team, False)

    people.change_person(force.services, force.person("administrator"), officer.id, form)

    rows, _ = left_behind.page(force.services, force.person("supervisor"))
    shown = people.see_person(force.services, force.person("administrator"), officer.id)
    assert [row.item.exhibit.register_no for row in rows] == items
    assert all(row.may_offer for row in rows)
    assert [one.exhibit.register_no for one in shown.holds] == items
    assert left_behind.waiting(force.services, force.person("supervisor")) == 2
    assert left_behind.waiting(force.services, force.person("officer")) == 0


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
    from exhibits_app.services import acts

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
    from exhibits_app.services import devices

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
    from exhibits_app.services import devices

    bench.do("BOOK_IN", codes[0], to=shelf)
    far, _token = devices.enrol(force.services, force.person("administrator"), "Central 1", force.far_store.id)
    away = Bench(force, far, force.turn(far, "property_officer"), made=7)
    away.do("SIGHTING", codes[1])
    auditor = Bench.of(force, "auditor")

    verdict = auditor.do("UNACCOUNTED", codes[0], text="Looked on every shelf of bay 2.")

    assert verdict["verdict"] == "recorded_with_discrepancy"


def test_a_joint_sign_out_names_both_and_one_of_them_brings_it_back(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    force.clock.move(minutes=1)
    both = {"receiver": force.turn(bench.device, "officer"), "joint": force.turn(bench.device, "other")}

    bench.do("SIGN_OUT", codes[0], purpose="court", due_back=force.clock.at + timedelta(days=1), **both)
    held = state(force, items[0]).where
    force.clock.move(minutes=1)
    bench.do("SIGN_IN", codes[0], to=shelf)

    assert held == "with PC 4507 Officer and PC 4505 Other"
    assert state(force, items[0]).joint is None
    assert open_kinds(force, items[0]) == []


def test_the_lab_sends_back_the_wrong_item(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    for code in codes:
        bench.do("BOOK_IN", code, to=shelf)
    given = {"submission": "FS/26/1", "authority": "DI Example"}
    bench.do("SUBMIT", codes[0], to=force.place_code(force.lab), **given)
    force.clock.move(days=2)

    # The parcel holds the second item, which by the record never left the shelf.
    refused = bench.do("LAB_RETURN", codes[1], to=shelf)
    seen = bench.do("SIGHTING", codes[1], item={"seal": "LAB7"}, to=shelf)

    assert refused["verdict"] == "refused"
    assert seen["verdict"] == "recorded_with_discrepancy"
    assert open_kinds(force, items[1]) == ["wrong seal"]
    assert state(force, items[0]).custody.kind is CustodyKind.EXTERNAL


def test_an_exhibit_that_was_used_up_in_examination_has_ended(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    bench.do("SUBMIT", codes[0], to=force.place_code(force.lab), submission="FS/26/1", authority="DI Example")
    force.clock.move(days=2)
    unit = Bench.of(force, "submissions")

    verdict = unit.do("CONSUME", codes[0], item={"number": "NF/77"}, text="Report NF/77/1")

    assert verdict["verdict"] == "recorded", verdict
    assert state(force, items[0]).disposed == "consumed"
