"""What a property store meets every week: each case has a right answer, and nothing is settled by deleting."""

from datetime import timedelta

import pytest

from exhibits_app.domain.errors import PlaceNotEmpty
from exhibits_app.domain.events import Mistake
from exhibits_app.domain.exhibit import CustodyKind
from exhibits_app.domain.fold import as_recorded
from exhibits_app.services import act_alarms, alerts, closing, corrections, exhibits, left_behind, people
from exhibits_app.services.corrections import Wanted
from exhibits_app.services.people import PersonForm
from tests.services.late import Bench, events_of, open_kinds, sound, state
from tests.support.force import Force


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

    again = bench.do("LAB_RETURN", codes[1], to=shelf)

    assert (refused["verdict"], again["verdict"]) == ("refused", "refused")
    assert seen["verdict"] == "recorded_with_discrepancy"
    assert open_kinds(force, items[1]) == ["wrong item back", "wrong seal"]
    assert [event.kind for event in events_of(force, items[1])][-3:] == ["sighting", "discrepancy", "sighting"]
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
