"""What is not a scan, over the API: dividing, naming, correcting, settling, by people who signed in at the device."""

from typing import Any

import pytest

from exhibits_app.services import devices
from tests.api.conftest import Bench
from tests.support.force import PIN

BASE = "/api/v1/items"


def turn(bench: Bench, name: str) -> str:
    """A turn of this person at the bench."""
    with bench.force.services.store.read() as work:
        device = devices.by_token(work, bench.token)
    return devices.begin_turn(bench.force.services, device, bench.force.badge(name), PIN).session.id


def post(bench: Bench, what: str, by: str, item: int | None = None, **given: Any) -> Any:
    given = {"operator": turn(bench, by)} | given
    return bench.client.post(f"{BASE}/{item or bench.items[0]}/{what}", json=given, headers=bench.headers)


def history(bench: Bench, by: str = "supervisor") -> dict[str, Any]:
    asked = f"{BASE}/{bench.items[0]}/history?operator={turn(bench, by)}"
    return dict(bench.client.get(asked, headers=bench.headers).json)


def exhibit(bench: Bench, item: int) -> Any:
    with bench.force.services.store.read() as work:
        return work.items.find(item).exhibit


@pytest.fixture
def unsealed(bench: Bench) -> int:
    case = bench.force.case(category="other", reference="01AB/8/26")
    return bench.force.items(case, category="KNF", reference="AB/80", seal="")[0]


def test_an_item_is_divided_and_the_parts_name_it(bench: Bench, unsealed: int) -> None:
    answer = post(bench, "split", "officer", unsealed, parts=[{"description": "Swab", "quantity": 1}], left=0)

    assert answer.status_code == 201, answer.json
    (part,) = answer.json["parts"]
    assert exhibit(bench, part).parent.register_no == unsealed


def test_parts_that_do_not_conserve_are_refused_and_change_nothing(bench: Bench, unsealed: int) -> None:
    answer = post(bench, "split", "officer", unsealed, parts=[{"description": "Swab", "quantity": 1}], left=5)

    assert (answer.status_code, answer.json["code"]) == (409, "quantities_differ")
    assert exhibit(bench, unsealed).parts == ()


def test_an_item_is_identified_by_its_seal_and_a_second_person_at_the_device(bench: Bench) -> None:
    seal = exhibit(bench, bench.items[0]).seal.number

    alone = post(bench, "relabel", "exhibits_officer", seal=seal)
    by_two = post(bench, "relabel", "exhibits_officer", seal=seal, witness=turn(bench, "officer"))

    assert (alone.status_code, alone.json["code"]) == (409, "two_ways_needed")
    assert by_two.status_code == 200, by_two.json
    assert exhibit(bench, bench.items[0]).code is None


def test_found_property_is_promoted_and_an_exhibit_is_not(bench: Bench) -> None:
    case = bench.force.case(category="other", reference="01AB/7/26")
    (found,) = bench.force.items(case, category="NON", reference="FP/1", seal="S900")

    promoted = post(bench, "promote", "officer", found, category="KNF", reason="It fits the wound.")
    refused = post(bench, "promote", "officer", category="KNF", reason="Once more.")

    assert promoted.status_code == 200, promoted.json
    assert exhibit(bench, found).reference == promoted.json["reference"]
    assert (refused.status_code, refused.json["code"]) == (409, "not_found_property")


def test_a_move_is_corrected_by_the_id_that_the_history_gives(bench: Bench) -> None:
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    booked = next(event["event"] for event in history(bench)["events"] if event["kind"] == "book_in")

    answer = post(bench, "corrections", "supervisor", event=booked, mistake="did not happen", reason="A try.")

    assert answer.status_code == 201, answer.json
    assert not exhibit(bench, bench.items[0]).in_store


def test_a_discrepancy_is_settled_by_the_ids_that_the_history_gives(bench: Bench) -> None:
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.force.clock.move(minutes=10)
    bench.do("SIGHTING", bench.codes[0], items=[bench.act("", bench.codes[0])["items"][0] | {"seal": "S999"}])
    (found,) = history(bench)["discrepancies"]

    given = {"event": found["event"], "discrepancy": found["discrepancy"], "finding": "seal-misread"}
    answer = post(bench, "findings", "supervisor", **given, reason="It reads S100.", seal="S100")

    assert answer.status_code == 201, answer.json
    assert history(bench)["discrepancies"] == []


@pytest.mark.parametrize("what", ["split", "relabel", "promote", "corrections", "findings"])
def test_a_turn_that_ran_out_does_none_of_it(bench: Bench, what: str) -> None:
    given = {
        "split": {"parts": [{"description": "Swab", "quantity": 1}], "left": 0},
        "relabel": {},
        "promote": {"category": "KNF"},
        "corrections": {"event": bench.operator, "mistake": "did not happen"},
        "findings": {"event": bench.operator, "discrepancy": "wrong seal", "finding": "explained"},
    }[what]
    bench.force.clock.move(days=2)

    answer = bench.client.post(
        f"{BASE}/{bench.items[0]}/{what}", json={"operator": bench.operator} | given, headers=bench.headers
    )

    assert (answer.status_code, answer.json["code"]) == (401, "operator_session_ended")


def test_who_may_not_see_an_item_learns_nothing_of_it(bench: Bench) -> None:
    answer = post(bench, "split", "auditor", parts=[{"description": "Swab", "quantity": 1}], left=0)

    assert answer.status_code == 404
