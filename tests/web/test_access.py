"""Who gets in where: every route, and every act at a device, against every role."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from exhibits_app.domain.show import iso
from exhibits_app.services import boxes, labels, photos, reprints
from exhibits_app.services.ports import ScanPicture
from tests.support.force import Force, a_force, sign_in
from tests.support.submitted import a_bare_draft

from .access_table import ANYONE, CASE_WORK, DEVICE, ROLES, TABLE
from .addresses import BAG, SCAN, address

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


def laid_out(force: Force) -> str:
    """The token of the force's device, with one item of the team's case booked in there."""
    device, token = force.device()
    codes = force.labels(force.items(force.case(), 1))
    again = reprints.Again("damaged")
    quick = replace(force.services, read_labels_back=False)
    assert labels.print_item_labels(quick, force.person("officer"), [1], "L7160", again=again).job == 1
    operator = force.turn(device, "property_officer")
    answer = send(force, token, act(force, "BOOK_IN", operator, codes[0], force.place_code(force.shelf)))
    assert answer["verdict"] == "recorded", answer
    assert boxes.open_box(force.services, force.person("property_officer"), "Box 17", force.shelf.id).id == 1
    assert force.blanks(1)[0] == 1
    photograph = photos.Upload("bag.png", BAG)
    assert photos.add_photograph(force.services, force.person("officer"), 1, photograph) == sha256(BAG).hexdigest()
    picture = ScanPicture(SCAN, 1, sha256(BAG).hexdigest(), device.id, force.clock.at)
    force.services.store.write(lambda work: work.scan_pictures.add(picture))
    force.services.store.write(lambda work: work.submissions.add(a_bare_draft(force)))
    return token


@pytest.fixture
def token(force):
    return laid_out(force)


@dataclass
class Standing:
    """A force that every page is asked of that changes nothing, and a client for each role."""

    force: Force
    app: Any
    clients: dict[str, Any] = field(default_factory=dict)

    def asked(self, rule: Any, who: str) -> Any:
        """Ask for the page as this role."""
        if who not in self.clients:
            self.clients[who] = self.app.test_client()
            sign_in(self.clients[who], who)
        return self.clients[who].get(address(self.app, self.force, rule), buffered=True)


@pytest.fixture(scope="module")
def standing(tmp_path_factory) -> Iterator[Standing]:
    force = a_force(tmp_path_factory.mktemp("standing"))
    laid_out(force)
    yield Standing(force, force.app())
    force.services.store.close()


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
def test_a_page_is_for_its_roles_and_for_nobody_else(standing, endpoint, request):
    rule = rule_of(standing.app, endpoint)
    app, force = standing.app, standing.force
    if "GET" in rule.methods:
        admitted = {role for role in ROLES if not shut_out(standing.asked(rule, role))}
    else:  # What changes something gets a force of its own.
        force = request.getfixturevalue("force")
        request.getfixturevalue("token")
        app = force.app()
        admitted = {role for role in ROLES if not shut_out(tried(app, force, rule, role))}

    assert admitted == TABLE[endpoint]
    assert shut_out(tried(app, force, rule, None))


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
