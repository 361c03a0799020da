"""Who gets in at the API: enrolled devices, and people's turns at them by badge and PIN."""

from tests.api.conftest import Bench
from tests.support.force import PIN


def begin(bench: Bench, badge: str, pin: str | None = None) -> tuple[int, str]:
    body = {"badge": badge} | ({"pin": pin} if pin else {})
    answer = bench.client.post("/api/v1/operators", json=body, headers=bench.headers)
    return answer.status_code, answer.json.get("code", "")


def test_no_route_answers_without_a_device_token(bench: Bench) -> None:
    answer = bench.client.get("/api/v1/clock")

    assert (answer.status_code, answer.json["code"]) == (401, "device_unknown")


def test_the_devices_cookie_alone_is_not_enough_for_a_foreign_form(bench: Bench) -> None:
    bench.client.set_cookie("exhibits_device", bench.token)

    assert bench.client.get("/api/v1/clock").status_code == 401
    assert bench.client.get("/api/v1/clock", headers={"X-Exhibits-Device": "page"}).status_code == 200


def test_a_revoked_device_gets_a_sentence_and_nothing_else(bench: Bench) -> None:
    from exhibits_app.services import devices

    with bench.force.services.store.read() as work:
        device = work.devices.all()[0]
    devices.revoke(bench.force.services, bench.force.person("administrator"), device.id)

    answer = bench.client.get("/api/v1/clock", headers=bench.headers)

    assert (answer.status_code, answer.json["code"]) == (401, "device_revoked")


def test_a_device_that_acted_before_records_nothing_once_it_is_revoked(bench: Bench) -> None:
    from exhibits_app.services import devices

    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    with bench.force.services.store.read() as work:
        device = work.devices.all()[0]
    devices.revoke(bench.force.services, bench.force.person("administrator"), device.id)
    before = (bench.chain_length(bench.items[1]), len(bench.scan_log()))

    answer = bench.send(bench.act("BOOK_IN", bench.codes[1], to=bench.shelf))

    assert (answer.status_code, answer.json["code"]) == (401, "device_revoked")
    assert (bench.chain_length(bench.items[1]), len(bench.scan_log())) == before


def test_a_badge_without_a_live_turn_needs_its_pin(bench: Bench) -> None:
    assert begin(bench, bench.force.badge("officer")) == (401, "pin_needed")


def test_a_live_turn_is_switched_to_by_the_badge_alone(bench: Bench) -> None:
    badge = bench.force.badge("officer")

    assert begin(bench, badge, PIN) == (201, "")
    assert begin(bench, badge) == (201, "")


def test_an_idle_turn_needs_the_pin_again(bench: Bench) -> None:
    badge = bench.force.badge("officer")
    begin(bench, badge, PIN)
    bench.at(minutes=31)

    assert begin(bench, badge) == (401, "pin_needed")


def test_a_wrong_pin_is_refused_and_too_many_are_made_to_wait(bench: Bench) -> None:
    badge = bench.force.badge("officer")

    assert [begin(bench, badge, "000001") for _ in range(5)] == [(401, "pin_wrong")] * 5
    assert begin(bench, badge, PIN) == (429, "too_many_attempts")
    bench.at(minutes=16)
    assert begin(bench, badge, PIN) == (201, "")


def test_a_reprinted_badge_revokes_the_old_one(bench: Bench) -> None:
    old = bench.force.badge("officer")
    bench.force.badge("officer")

    assert begin(bench, old, PIN) == (422, "revoked_label")


def test_an_ended_turn_records_nothing_more(bench: Bench) -> None:
    ended = bench.client.delete(f"/api/v1/operators/{bench.operator}", headers=bench.headers)

    assert ended.status_code == 200
    answer = bench.send(bench.act("BOOK_IN", bench.codes[0], to=bench.shelf)).json["acts"][0]
    assert answer["code"] == "operator_session_ended"


def test_a_code_is_looked_up_whatever_it_is(bench: Bench) -> None:
    from labels.payload import command_code

    def found(code: str) -> tuple[str, str]:
        answer = bench.client.get(f"/api/v1/codes/{code}", headers=bench.headers).json
        return answer["type"], answer["state"]

    old = bench.codes[0]
    new = bench.force.labels([bench.items[0]])[0]
    assert found(new) == ("item", "live")
    assert found(new.lower()) == ("item", "live")
    assert found(old) == ("item", "revoked")
    assert found(bench.shelf) == ("place", "live")
    assert found(bench.force.badge("officer")) == ("person", "live")
    assert found(command_code("CONFIRM")) == ("command", "live")


def test_the_description_of_the_api_is_openapi_3_1(bench: Bench) -> None:
    description = bench.client.get("/api/v1/openapi.json").json

    assert description["openapi"].startswith("3.1")
    assert "/api/v1/acts" in description["paths"]
