"""Who gets in where: every route, and every act at a device, against every role."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from uuid_utils.compat import uuid7

from exhibits_app.domain.people import Role
from exhibits_app.domain.show import iso
from exhibits_app.services import boxes, photos
from tests.support.force import Force, sign_in

ROLES = {role.value for role in Role}
ANYONE, DEVICE, SIGNED_IN = "anyone", "device", ROLES

# The people of the small force: officers and supervisors of one team, store staff of one store, the rest force-wide.
CASE_WORK = {"officer", "exhibits_officer", "supervisor"}
READERS = CASE_WORK | {"submissions", "coroners_officer", "disclosure_officer", "professional_standards"}
FINDERS = READERS | {"property_officer", "auditor"}
BOARD = {"exhibits_officer", "supervisor", "submissions", "coroners_officer", "auditor"}
HANDS = CASE_WORK | {"property_officer", "submissions"}
# Who may place a hold, the act that stands for all in the table; each act's own rights are tested with the acts.
HOLDERS = {"exhibits_officer", "supervisor", "coroners_officer"}
ADMINISTRATION = {"administrator"}
LEDGER = {"supervisor", "disclosure_officer", "auditor", "professional_standards", "administrator"}
EVIDENCE = {"supervisor", "disclosure_officer"}
CORRECTORS = CASE_WORK | {"property_officer"}

# Each route with the roles that it admits to the team's case and to the Ilford store.
TABLE: dict[str, str | set[str]] = {
    "account.mine": SIGNED_IN,
    "account.set_pin": SIGNED_IN,
    "act_alarms.close": ADMINISTRATION | {"supervisor"},
    "act_alarms.listed": ADMINISTRATION | {"supervisor"},
    "api.begin_turn": DEVICE,
    "api.check_acts": DEVICE,
    "api.clock": DEVICE,
    "api.end_turn": DEVICE,
    "api.look_up": DEVICE,
    "api.record_acts": DEVICE,
    "api_description.openapi": ANYONE,
    "api_docs.page": ANYONE,
    "board.overdue": BOARD,
    "board.soon": BOARD,
    "boxes.add": CASE_WORK | {"property_officer", "submissions"},
    "boxes.begin": {"property_officer"},
    "boxes.check": {"property_officer", "auditor"},
    "boxes.close": {"property_officer"},
    "boxes.confirm": {"property_officer"},
    "boxes.finish": {"property_officer"},
    "boxes.listed": CASE_WORK | {"property_officer", "submissions", "auditor"},
    "boxes.one": {"property_officer", "auditor"},
    "boxes.print_label": {"property_officer"},
    "case_papers.exhibits": READERS,
    "case_papers.exhibits_csv": READERS,
    "case_papers.exhibits_pdf": READERS,
    "case_papers.statement": READERS,
    "case_papers.statement_pdf": READERS,
    "cases.change": CASE_WORK,
    "cases.index": READERS,
    "cases.keep": CASE_WORK,
    "cases.new": CASE_WORK,
    "cases.open_case": CASE_WORK,
    "cases.see": READERS,
    "corrections.correct": CORRECTORS,
    "corrections.form": CORRECTORS,
    "continuity.case": READERS,
    "continuity.case_json": READERS,
    "continuity.case_pdf": READERS,
    "continuity.item": READERS,
    "continuity.item_json": READERS,
    "continuity.item_pdf": READERS,
    "devices.enrol": ADMINISTRATION,
    "devices.listed": ADMINISTRATION,
    "devices.revoke": ADMINISTRATION,
    "devices.use_here": ADMINISTRATION,
    "devices.write_off": ADMINISTRATION,
    "discrepancies.form": {"supervisor"},
    "discrepancies.listed": {"exhibits_officer", "property_officer", "supervisor", "auditor"},
    "discrepancies.settle": {"supervisor"},
    "evidence.case": EVIDENCE,
    "evidence.erasable": EVIDENCE,
    "evidence.erase": EVIDENCE,
    "evidence.item": EVIDENCE,
    "evidence.of_case": EVIDENCE,
    "evidence.of_item": EVIDENCE,
    "divide.keep_promote": CASE_WORK,
    "divide.keep_relabel": {"exhibits_officer", "property_officer"},
    "divide.keep_split": {"officer", "exhibits_officer", "property_officer"},
    "divide.promote": CASE_WORK,
    "divide.relabel": {"exhibits_officer", "property_officer"},
    "divide.split": {"officer", "exhibits_officer", "property_officer"},
    "handovers.answer": HANDS,
    "handovers.mine": HANDS,
    "gaps.case": READERS,
    "gaps.item": READERS | {"property_officer", "auditor"},
    "gaps.store": {"property_officer", "auditor"},
    "items.add_photograph": CASE_WORK,
    "items.decide": CASE_WORK | {"submissions"},
    "items.item": READERS | {"property_officer", "auditor"},
    "items.photograph": READERS,
    "labels.choose": CASE_WORK,
    "labels.file": {"officer"},  # The one who printed them.
    "labels.print_them": CASE_WORK,
    "labels.printed": {"officer"},
    "ledger.checkpoint": set(),  # Nothing is signed there: see test_ledger_paper.
    "ledger.daily": LEDGER,
    "ledger.filed": LEDGER,
    "ledger.overview": LEDGER,
    "left_behind.listed": {"supervisor"},
    "people.add": ADMINISTRATION,
    "people.badge": ADMINISTRATION,
    "people.change": ADMINISTRATION,
    "people.end_role": ADMINISTRATION,
    "people.give_role": ADMINISTRATION,
    "people.link": ADMINISTRATION,
    "people.listed": ADMINISTRATION,
    "people.new": ADMINISTRATION,
    "people.one": ADMINISTRATION,
    "people.save": ADMINISTRATION,
    "places.add": ADMINISTRATION,
    "places.close": ADMINISTRATION,
    "places.closing": ADMINISTRATION,
    "places.commands": ADMINISTRATION,
    "places.listed": ADMINISTRATION,
    "places.print_labels": ADMINISTRATION,
    "policy.limits": ROLES,
    "read_log.reads": {"professional_standards"},
    "receipts.receipt": set(),  # The entry there is a seizure: see test_ledger_paper.
    "record.form": HOLDERS,
    "record.keep": HOLDERS,
    "record.keep_many": READERS,
    "record.many": READERS,
    "register.check": CASE_WORK,
    "register.keep": CASE_WORK,
    "register.new": CASE_WORK,
    "register.registered": CASE_WORK,
    "register.suggest": CASE_WORK,
    "scan_log.scans": {"property_officer", "supervisor", "auditor", "professional_standards"},
    "search.index": FINDERS,
    "sign_in.first": ANYONE,
    "sign_in.form": ANYONE,
    "sign_in.keep_password": SIGNED_IN,
    "sign_in.password": SIGNED_IN,
    "sign_in.sign_in": ANYONE,
    "sign_in.sign_out": ANYONE,
    "sign_in.spend": ANYONE,
    "sign_in.stay": SIGNED_IN,
    "start.start": SIGNED_IN,
    "static": ANYONE,
    "store_room.page": ANYONE,
    "stores.contents": {"property_officer", "auditor"},
    "stores.mine": {"property_officer", "supervisor", "auditor"},
    "teams.add": ADMINISTRATION,
    "teams.listed": ADMINISTRATION,
}

STORE_STAFF = {"property_officer"}
SIGHTING = CASE_WORK | {"property_officer", "submissions", "auditor"}
ACTS: dict[str, set[str]] = {
    "BOOK_IN": STORE_STAFF,
    "MOVE": STORE_STAFF,
    "SIGN_OUT": STORE_STAFF,
    "SIGN_IN": STORE_STAFF,
    "SUBMIT": STORE_STAFF | {"submissions"},
    "SIGHTING": SIGHTING,
}

with BytesIO() as _file:
    Image.new("RGB", (8, 8), "white").save(_file, "PNG")
    BAG = _file.getvalue()


@pytest.fixture
def token(force):
    """The token of the force's device, with one item of the team's case booked in there."""
    device, token = force.device()
    codes = force.labels(force.items(force.case(), 1))
    operator = force.turn(device, "property_officer")
    answer = send(force, token, act(force, "BOOK_IN", operator, codes[0], force.place_code(force.shelf)))
    assert answer["verdict"] == "recorded", answer
    assert boxes.open_box(force.services, force.person("property_officer"), "Box 17", force.shelf.id).id == 1
    photograph = photos.Upload("bag.png", BAG)
    assert photos.add_photograph(force.services, force.person("officer"), 1, photograph) == sha256(BAG).hexdigest()
    return token


def act(force: Force, kind: str, operator: str, code: str, place: str, **more: object) -> dict[str, Any]:
    """An act on one item, as a device sends it."""
    return {
        "id": str(uuid7()), "kind": kind, "device_seq": 1, "occurred_at": iso(force.clock.at), "operator": operator,
        "to": place, "items": [{"scan": str(uuid7()), "code": code}],
    } | more  # fmt: skip


def send(force: Force, token: str, given: dict[str, Any], to: str = "") -> dict[str, Any]:
    """Send an act; gives the answer for its item, or for the act where it was refused as a whole."""
    headers = {"Authorization": f"Bearer {token}"}
    answer = force.app().test_client().post(f"/api/v1/acts{to}", json=given, headers=headers).json["acts"][0]
    return dict((answer["items"] or [answer])[0] if answer["code"] is None else answer)


def address(app: Any, force: Force, rule: Any) -> str:
    """The rule's address for the team's case, the item in it, the Ilford store, the other officer, the device."""
    number = force.people["other"].id if rule.endpoint.startswith("people.") else 1
    values = {
        "case_id": 1, "box_id": 1, "register_no": 1, "kind": "hold", "store": force.store.id, "job": 1, "number": number,
        "seq": 0, "size": 1, "sha256": sha256(BAG).hexdigest(), "secret": "spent",
        "session": str(uuid7()), "code": "E4KT922RM7", "filename": "icon.svg",
        "event": str(uuid7()),
    }  # fmt: skip
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments}))


def shut_out(answer: Any) -> bool:
    """Whether the answer says that one may not, must sign in first, or may not even know of it."""
    if answer.status_code == 302:
        return "/sign-in?next=" in answer.location
    if answer.status_code == 401:
        return "signed_out" in answer.text or (answer.is_json and answer.json["code"] == "device_unknown")
    return answer.status_code in {403, 404}


def tried(app: Any, force: Force, rule: Any, who: str | None, token: str | None = None) -> Any:
    """Ask for the route as this person, with nothing in the body."""
    client = app.test_client()
    if who is not None:
        sign_in(client, who)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
    json = {} if rule.endpoint.startswith("api.") and method == "POST" else None
    return client.open(address(app, force, rule), method=method, headers=headers, json=json, buffered=True)


def rule_of(app: Any, endpoint: str) -> Any:
    """The only rule of the endpoint."""
    (rule,) = app.url_map.iter_rules(endpoint)
    return rule


def test_every_route_is_in_the_table_and_nothing_else_is(force):
    assert {rule.endpoint for rule in force.app().url_map.iter_rules()} == set(TABLE)


@pytest.mark.parametrize("endpoint", sorted(name for name, who in TABLE.items() if isinstance(who, set)))
def test_a_page_is_for_its_roles_and_for_nobody_else(force, token, endpoint):
    app = force.app()
    rule = rule_of(app, endpoint)

    admitted = {role for role in ROLES if not shut_out(tried(app, force, rule, role))}
    anonymous = tried(app, force, rule, None)

    assert admitted == TABLE[endpoint]
    assert shut_out(anonymous)


@pytest.mark.parametrize("endpoint", sorted(name for name, who in TABLE.items() if who == DEVICE))
def test_the_api_is_for_devices_and_for_nobody_else(force, token, endpoint):
    app = force.app()
    rule = rule_of(app, endpoint)

    admitted = {role for role in ROLES if not shut_out(tried(app, force, rule, role))}

    assert admitted == set()
    assert shut_out(tried(app, force, rule, None))
    assert not shut_out(tried(app, force, rule, None, token))


@pytest.mark.parametrize("endpoint", sorted(name for name, who in TABLE.items() if who == ANYONE))
def test_what_is_for_anyone_is_for_anyone(force, endpoint):
    app = force.app()

    assert not shut_out(tried(app, force, rule_of(app, endpoint), None))
    assert not shut_out(tried(app, force, rule_of(app, endpoint), "officer"))


def test_a_route_without_its_access_beside_it_is_nobodys(force):
    app = force.app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    answers = [tried(app, force, rule_of(app, "forgotten"), who) for who in (None, "administrator", "supervisor")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_an_act_is_for_its_roles_and_for_nobody_else(force, token, kind):
    with force.services.store.read() as work:
        device = work.devices.all()[0]
        code = work.items.find(1).exhibit.code
    place = force.place_code(force.lab if kind == "SUBMIT" else force.safe)
    receiver = force.turn(device, "inspector")
    more = {
        "receiver": receiver, "purpose": "court", "due_back": iso(force.clock.at + timedelta(days=1)),
        "submission": "FS/1", "authority": "DI Example",
    }  # fmt: skip

    answers = {
        role: send(force, token, act(force, kind, force.turn(device, role), code, place, **more), "/check")
        for role in ROLES
    }

    assert {role for role, answer in answers.items() if answer.get("error_code") != "no_right"} == ACTS[kind]


def test_an_act_at_another_store_is_not_for_staff_of_this_one(force, token):
    with force.services.store.read() as work:
        device = work.devices.all()[0]
        code = work.items.find(1).exhibit.code
    given = act(force, "MOVE", force.turn(device, "property_officer"), code, force.place_code(force.far_store))

    assert send(force, token, given, "/check")["error_code"] == "no_right"
