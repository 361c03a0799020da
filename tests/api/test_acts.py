"""Acts over the API: recorded once, answered item by item, and refused without a trace but the scan log."""

from datetime import timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from exhibits_app.domain.show import iso
from tests.api.conftest import Bench


def test_a_book_in_of_two_items_is_recorded_and_told_in_sentences(bench: Bench) -> None:
    verdicts = bench.verdicts(bench.act("BOOK_IN", *bench.codes, to=bench.shelf, reason=" No room\u200b in  bay 3"))

    assert [one["verdict"] for one in verdicts] == ["recorded", "recorded"]
    assert verdicts[0]["ref"] == "AB/1"
    assert "because: No room in bay 3," in verdicts[0]["sentence"]
    assert verdicts[0]["sentence"].startswith("4516 Property Officer booked AB/1 into Ilford transit store, bay 2")


def test_the_same_act_again_changes_nothing_and_says_so(bench: Bench) -> None:
    act = bench.act("BOOK_IN", *bench.codes, to=bench.shelf)
    bench.send(act)
    length = bench.chain_length(bench.items[0])

    verdicts = bench.verdicts(act)

    assert [one["verdict"] for one in verdicts] == ["already_recorded"] * 2
    assert bench.chain_length(bench.items[0]) == length


def test_the_same_act_id_with_other_content_is_refused(bench: Bench) -> None:
    act = bench.act("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.send(act)

    answer = bench.send(act | {"reason": "something else"}).json["acts"][0]

    assert (answer["status"], answer["code"]) == ("refused", "same_id_other_content")
    assert bench.scan_log()[0].code == "same_id_other_content"


def test_the_same_scan_in_another_act_is_not_recorded_twice(bench: Bench) -> None:
    first = bench.act("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.send(first)

    again = bench.verdicts(bench.act("BOOK_IN", to=bench.shelf, items=first["items"]))

    assert again[0]["verdict"] == "already_recorded"


def test_the_same_scan_id_on_another_item_is_refused(bench: Bench) -> None:
    first = bench.act("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.send(first)
    items = [{"scan": first["items"][0]["scan"], "code": bench.codes[1]}]

    verdict = bench.verdicts(bench.act("BOOK_IN", to=bench.shelf, items=items))[0]

    assert verdict["error_code"] == "same_id_other_content"


def test_one_item_refused_does_not_hold_up_the_others(bench: Bench) -> None:
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)

    answer = bench.send(bench.act("BOOK_IN", *bench.codes, to=bench.shelf)).json["acts"][0]

    assert answer["status"] == "part_recorded"
    assert [one["error_code"] for one in answer["items"]] == ["already_in_store", None]


def test_a_whole_day_of_an_exhibit_is_a_chain_in_the_ledger(bench: Bench) -> None:
    code, force = bench.codes[0], bench.force
    lab = force.place_code(force.lab)
    far = force.place_code(force.safe)

    bench.do("BOOK_IN", code, to=bench.shelf)
    bench.at(minutes=5)
    bench.do("MOVE", code, to=far)
    bench.at(minutes=5)
    due = iso(force.clock.at + timedelta(days=2))
    receiver = bench.turn("officer")
    bench.do("SIGN_OUT", code, receiver=receiver, purpose="interview", due_back=due)
    bench.at(minutes=5)
    bench.do("SIGN_IN", code, to=bench.shelf)
    bench.at(minutes=5)
    bench.do("SIGHTING", code, to=bench.shelf)
    bench.at(minutes=5)
    bench.do("SUBMIT", code, to=lab, submission="FS/1", authority="FSU")

    with force.services.store.read() as work:
        kinds = [entry.type for entry in work.ledger.of_item(bench.items[0])]
        exhibit = work.items.find(bench.items[0]).exhibit
    assert kinds == ["seize", "label", "book_in", "move", "sign_out", "sign_in", "sighting", "submit"]
    assert exhibit.forensic.value == "submitted"


def refused(bench: Bench, act: dict[str, Any]) -> str:
    length = bench.chain_length(bench.items[0])
    verdict = bench.verdicts(act)[0]
    assert verdict["verdict"] == "refused"
    assert verdict["sentence"].endswith(".")
    assert bench.chain_length(bench.items[0]) == length
    assert bench.scan_log()[0].code == verdict["error_code"]
    return str(verdict["error_code"])


def test_a_misread_code_is_refused_and_stays_on_the_scan_log(bench: Bench) -> None:
    code = bench.codes[0]
    misread = code[:4] + ("A" if code[4] != "A" else "B") + code[5:]

    assert refused(bench, bench.act("BOOK_IN", misread, to=bench.shelf)) == "not_a_code"


def test_a_code_never_issued_is_refused(bench: Bench) -> None:
    from labels.payload import CodeType, issue

    assert refused(bench, bench.act("BOOK_IN", issue(CodeType.ITEM, lambda n: b"\x07" * n), to=bench.shelf)) == (
        "unknown_code"
    )


def test_a_revoked_label_alarms(bench: Bench) -> None:
    bench.force.labels([bench.items[0]])

    act = bench.act("BOOK_IN", bench.codes[0], to=bench.shelf)
    sentence = bench.verdicts(act)[0]["sentence"]

    assert sentence.startswith("STOP: label")
    assert bench.scan_log()[0].code == "revoked_label"


def test_a_place_scanned_as_an_item_is_refused(bench: Bench) -> None:
    assert refused(bench, bench.act("BOOK_IN", bench.shelf, to=bench.shelf)) == "wrong_kind_of_code"


def test_a_seal_that_differs_is_refused(bench: Bench) -> None:
    items = [{"scan": str(uuid7()), "code": bench.codes[0], "seal": "S999"}]

    assert refused(bench, bench.act("BOOK_IN", to=bench.shelf, items=items)) == "seal_does_not_match"


def test_a_seal_is_compared_without_case_and_blanks(bench: Bench) -> None:
    items = [{"scan": str(uuid7()), "code": bench.codes[0], "seal": " s100 "}]

    bench.do("BOOK_IN", to=bench.shelf, items=items)


def test_a_seal_too_long_to_be_one_is_refused_with_a_sentence_and_not_the_whole_request(bench: Bench) -> None:
    items = [{"scan": str(uuid7()), "code": bench.codes[0], "seal": "S" * 500}]

    assert refused(bench, bench.act("BOOK_IN", to=bench.shelf, items=items)) == "too_long"


def test_a_future_time_is_refused(bench: Bench) -> None:
    soon = iso(bench.force.clock.at + timedelta(minutes=10))

    assert refused(bench, bench.act("BOOK_IN", bench.codes[0], to=bench.shelf, occurred_at=soon)) == (
        "occurred_in_the_future"
    )


def test_a_fast_device_clock_is_corrected_by_its_measured_offset(bench: Bench) -> None:
    fast = iso(bench.force.clock.at + timedelta(minutes=10))

    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf, occurred_at=fast, clock_offset_ms=-600_000)


def test_staff_of_one_store_do_not_book_in_at_another(bench: Bench) -> None:
    far = bench.force.place_code(bench.force.far_store)

    assert refused(bench, bench.act("BOOK_IN", bench.codes[0], to=far)) == "no_right"


def test_an_officer_may_not_move_items(bench: Bench) -> None:
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    officer = bench.turn("officer")

    safe = bench.force.place_code(bench.force.safe)
    assert refused(bench, bench.act("MOVE", bench.codes[0], to=safe, operator=officer)) == "no_right"


def test_an_act_without_an_operator_is_refused_and_its_scans_are_kept_on_the_log(bench: Bench) -> None:
    answer = bench.send(bench.act("BOOK_IN", *bench.codes, to=bench.shelf, operator=None)).json["acts"][0]

    assert answer["code"] == "no_operator"
    assert [line.text for line in bench.scan_log()[:2]] == bench.codes[::-1]


def test_an_act_of_a_turn_at_another_device_is_refused(bench: Bench) -> None:
    other, _ = bench.force.device()
    elsewhere = bench.force.turn(other, "property_officer")

    answer = bench.send(bench.act("BOOK_IN", bench.codes[0], to=bench.shelf, operator=elsewhere)).json["acts"][0]

    assert answer["code"] == "operator_session_ended"


def test_an_unknown_kind_is_refused_by_name(bench: Bench) -> None:
    answer = bench.send(bench.act("TELEPORT", bench.codes[0])).json["acts"][0]

    assert answer["code"] == "unknown_act_kind"
    assert "TELEPORT" in answer["error"]


def test_the_same_item_twice_in_one_act_counts_once(bench: Bench) -> None:
    verdicts = bench.verdicts(bench.act("BOOK_IN", bench.codes[0], bench.codes[0], to=bench.shelf))

    assert [one["error_code"] for one in verdicts] == [None, "duplicate_scan"]


def test_a_scan_that_arrives_a_day_late_is_recorded_with_its_discrepancy(bench: Bench) -> None:
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    scanned_at = bench.force.clock.at + timedelta(minutes=1)
    bench.at(hours=24)

    verdict = bench.do("BOOK_IN", bench.codes[0], to=bench.shelf, occurred_at=iso(scanned_at))

    assert verdict["verdict"] == "recorded_with_discrepancy"
    assert "impossible move" in verdict["sentence"]


def test_a_late_scan_is_put_where_it_belongs_in_the_timeline(bench: Bench) -> None:
    safe = bench.force.place_code(bench.force.safe)
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    earlier = bench.force.clock.at + timedelta(minutes=30)
    bench.at(hours=1)
    bench.do("MOVE", bench.codes[0], to=safe)
    bench.at(hours=1)

    bench.do("SIGHTING", bench.codes[0], to=bench.shelf, occurred_at=iso(earlier))

    with bench.force.services.store.read() as work:
        exhibit = work.items.find(bench.items[0]).exhibit
    assert exhibit.place is not None
    assert exhibit.place.id == bench.force.safe.id
    assert exhibit.discrepancies == ()


def test_checking_gives_the_verdicts_and_records_nothing(bench: Bench) -> None:
    act = bench.act("BOOK_IN", *bench.codes, to=bench.shelf)

    answer = bench.send(act, to="/api/v1/acts/check").json["acts"][0]

    assert [one["verdict"] for one in answer["items"]] == ["would_record"] * 2
    assert bench.chain_length(bench.items[0]) == 2
    assert bench.scan_log() == []


def test_a_seal_that_differs_stays_on_the_scan_log_also_where_it_was_only_checked(bench: Bench) -> None:
    items = [{"scan": str(uuid7()), "code": code, "seal": "S999"} for code in bench.codes[:1]]
    items.append({"scan": str(uuid7()), "code": bench.codes[1]})

    for _again in range(2):
        bench.send(bench.act("BOOK_IN", to=bench.shelf, items=items), to="/api/v1/acts/check")

    assert [(line.scan, line.code, "S999" in line.sentence) for line in bench.scan_log()] == [
        (items[0]["scan"], "seal_does_not_match", True)
    ]
    assert bench.scan_log()[0].person == bench.force.people["property_officer"].id


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "not-a-uuid"},
        {"device_seq": 0},
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-05-04T09:00:00"},
        {"occurred_at": "0001-01-01T00:00:00+05:00"},
        {"occurred_at": "9999-12-31T23:59:59.999999-05:00"},
        {"items": []},
        {"surprise": True},
        {"kind": None},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_a_malformed_act_gets_one_sentence_in_the_one_error_shape(bench: Bench, broken: dict[str, Any]) -> None:
    answer = bench.send(bench.act("BOOK_IN", *bench.codes) | broken)

    assert answer.status_code == 422
    assert set(answer.json) == {"ok", "code", "error", "status"}
    assert bench.codes[0] not in answer.get_data(as_text=True)


def test_a_queue_of_acts_is_answered_in_its_order(bench: Bench) -> None:
    safe = bench.force.place_code(bench.force.safe)
    first, second = bench.act("BOOK_IN", bench.codes[0], to=bench.shelf), bench.act("MOVE", bench.codes[0], to=safe)

    answer = bench.send(first, second).json["acts"]

    assert [(one["id"], one["status"]) for one in answer] == [(first["id"], "recorded"), (second["id"], "recorded")]
