"""What was scanned arrives once, in order, whatever the network does; and a no is said once, in the service's words."""

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.payload import COMMANDS, CodeType
from scanner import events as e
from scanner.client import Service
from scanner.deliver import deliver
from scanner.errors import DeviceRefused, NoAnswer, ServiceRefused
from scanner.outbox import Outbox
from tests.scanner.contract_server import PIN, TOKEN, ContractServer
from tests.scanner.desk import Client
from tests.scanner.pictures import a_code
from tests.scanner.test_outbox import NOW, a_draft, ids

BADGE, PLACE = a_code(50, CodeType.PERSON), a_code(51, CodeType.PLACE)


class Network(httpx.BaseTransport):
    """The way to the service. `plan` says of each request whether it fails before it arrives, after it, or not."""

    def __init__(self, server, plan=()):
        self._inner = httpx.WSGITransport(app=server)
        self.plan = list(plan)

    def handle_request(self, request):
        fate = self.plan.pop(0) if self.plan else "works"
        if fate == "before":
            raise httpx.ConnectError("down", request=request)
        response = self._inner.handle_request(request)
        response.read()
        if fate == "after":
            raise httpx.ReadTimeout("no answer", request=request)
        if fate == "proxy":
            return httpx.Response(200, html="<p>Sign in to the guest network</p>")
        if fate == "broken":
            return httpx.Response(503, json={"ok": False})
        return response


def a_service(server, plan=(), now=lambda: NOW, token=TOKEN):
    return Service("http://service.test", token, now=now, transport=Network(server, plan))


@pytest.fixture
def outbox(tmp_path):
    box = Outbox(tmp_path / "outbox.db", ids())
    yield box
    box.close()


def test_the_clock_offset_is_server_minus_device_in_the_middle_of_the_round_trip():
    times = iter([NOW, NOW + 2.0])
    server = ContractServer(now="2026-09-21T14:13:22.500000Z")  # NOW + 2.5

    with a_service(server, now=lambda: next(times)) as service:
        assert service.clock_offset_ms() == 1500


def test_a_badge_without_a_live_session_needs_its_pin():
    with a_service(ContractServer()) as service:
        with pytest.raises(ServiceRefused) as refused:
            service.sign_in(BADGE, None)
        operator = service.sign_in(BADGE, PIN)
        again = service.sign_in(BADGE, None)

    assert refused.value.said == "pin_needed"
    assert operator == again


@given(st.lists(st.sampled_from(["before", "after", "proxy", "broken", "works"]), max_size=12), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_every_act_arrives_once_and_in_order_whatever_the_network_does(tmp_path_factory, plan, acts):
    outbox = Outbox(tmp_path_factory.mktemp("outbox") / "outbox.db", ids())
    server = ContractServer()
    for number in range(acts):
        outbox.keep(a_draft(number), offset_ms=None if number % 2 else 0, at=NOW)

    with a_service(server, plan) as service:
        for _ in range(len(plan) + 1):
            deliver(outbox, service)
    left = outbox.waiting()
    outbox.close()

    assert left == []
    assert [act["device_seq"] for act in server.recorded] == list(range(1, acts + 1))


def test_a_silent_service_leaves_the_act_in_the_outbox(outbox):
    outbox.keep(a_draft(), offset_ms=0, at=NOW)

    with a_service(ContractServer(), ["before"]) as service:
        delivery = deliver(outbox, service)

    assert isinstance(delivery.stopped, NoAnswer)
    assert outbox.counts().queued == 1


def test_a_revoked_device_stops_and_keeps_everything(outbox):
    outbox.keep(a_draft(), offset_ms=0, at=NOW)
    server = ContractServer()
    server.device_revoked = True

    with a_service(server) as service:
        delivery = deliver(outbox, service)

    assert isinstance(delivery.stopped, DeviceRefused)
    assert outbox.counts().queued == 1


def test_an_answer_that_leaves_out_a_scan_is_no_answer(outbox):
    class Forgetful(ContractServer):
        def _verdicts(self, act, verdict):
            answer = super()._verdicts(act, verdict)
            return {**answer, "items": answer["items"][:-1]}

    outbox.keep(a_draft(items=a_draft(1).items + a_draft(2).items), offset_ms=0, at=NOW)

    with a_service(Forgetful()) as service:
        delivery = deliver(outbox, service)

    assert isinstance(delivery.stopped, NoAnswer)
    assert outbox.counts().queued == 1


def test_a_wrong_address_is_no_answer_to_an_act(outbox):
    class Elsewhere(ContractServer):
        def _answer(self, method, path, sent):
            return 404, {"ok": False, "code": "not_found", "error": "There is no such page.", "status": 404}

    outbox.keep(a_draft(), offset_ms=0, at=NOW)

    with a_service(Elsewhere()) as service:
        deliver(outbox, service)

    assert outbox.counts().queued == 1


def test_one_act_of_the_wrong_form_is_refused_and_the_others_are_recorded(outbox):
    class Strict(ContractServer):
        def _answer(self, method, path, sent):
            if path.endswith("/acts") and any(act["kind"] == "DANCE" for act in sent["acts"]):
                return 422, {"ok": False, "code": "malformed", "error": "There is no act DANCE.", "status": 422}
            return super()._answer(method, path, sent)

    for number, kind in enumerate(["MOVE", "DANCE", "MOVE"]):
        outbox.keep(a_draft(number, kind=kind), offset_ms=0, at=NOW)
    server = Strict()

    with a_service(server) as service:
        deliver(outbox, service)

    assert [act["device_seq"] for act in server.recorded] == [1, 3]
    assert [kept.answer["items"][0]["sentence"] for kept in outbox.rejected()] == ["There is no act DANCE."]


class Desk:
    """A client with its dialogue, outbox and service, and what it showed."""

    def __init__(self, outbox, service, answers=None):
        self.shown, self.told, self.at = [], [], NOW
        self.client = Client(
            *(service, outbox),
            now=lambda: self.at,
            shown=self.shown,
            told=self.told,
            answers=answers or {"pin": PIN},
        )

    def scan(self, *codes):
        for code in codes:
            self.at += 3
            self.client.scan(code)

    @property
    def said(self):
        return [effect.message for effect in self.shown if isinstance(effect, e.Say)]


def test_badge_command_place_item_and_confirm_are_a_recorded_act(outbox):
    server = ContractServer()
    with a_service(server) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE, COMMANDS["BOOK_IN"], PLACE, a_code(1), a_code(2), COMMANDS["CONFIRM"])

    (act,) = server.recorded
    assert (act["kind"], act["to"], act["operator"]) == ("BOOK_IN", PLACE, f"session-{BADGE}")
    assert [item["code"] for item in act["items"]] == [a_code(1), a_code(2)]
    assert (desk.client.runner.tally.recorded, desk.client.runner.tally.refused) == (2, 0)


def test_a_refused_item_is_said_with_stop_and_counted(outbox):
    server = ContractServer()
    server.refuse_codes = {a_code(2)}
    with a_service(server) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE, PLACE, a_code(1), a_code(2), COMMANDS["CONFIRM"])

    assert [verdict.verdict for verdict in desk.told] == ["recorded", "refused"]
    assert outbox.counts().rejected == 1
    assert [effect.tone for effect in desk.shown if isinstance(effect, e.Say)][-1] == "stop"


def test_scans_during_an_outage_are_sent_when_the_service_is_back(outbox):
    server = ContractServer()
    network = Network(server)
    with Service("http://service.test", TOKEN, now=lambda: NOW, transport=network) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE, PLACE)
        network.plan = ["before"] * 6
        desk.scan(a_code(1), COMMANDS["CONFIRM"], PLACE, a_code(2))
        network.plan = ["before"] * 4
        desk.scan(COMMANDS["CONFIRM"])
        waiting = desk.client.runner.waiting
        network.plan = []
        desk.client.line.look()
        desk.client.settle()

    assert waiting == 2
    assert "queued" in desk.said
    assert [act["items"][0]["code"] for act in server.recorded] == [a_code(1), a_code(2)]


def test_without_the_service_nobody_can_sign_in_and_it_is_said(outbox):
    with a_service(ContractServer(), ["before"] * 9) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE)

    assert desk.said == ["no_answer"]


def test_whoever_signed_in_here_before_is_switched_to_without_the_network_even_after_a_restart(outbox):
    with a_service(ContractServer()) as service:
        Desk(outbox, service).scan(BADGE)

    with a_service(ContractServer(), ["before"] * 9) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE)

    assert desk.said == ["signed_in"]


def test_rows_that_could_not_be_checked_are_checked_when_the_service_is_back(outbox):
    server = ContractServer()
    network = Network(server)
    with Service("http://service.test", TOKEN, now=lambda: NOW, transport=network) as service:
        desk = Desk(outbox, service)
        desk.scan(BADGE, PLACE)
        network.plan = ["before"]
        desk.scan(a_code(1))
        desk.client.line.look()
        desk.client.settle()

    checked = [event for event in desk.shown if isinstance(event, e.Checked)]
    assert [item.code for event in checked for item in event.items] == [a_code(1)]


def test_a_wrong_pin_in_a_file_is_tried_once(outbox):
    with a_service(ContractServer()) as service:
        desk = Desk(outbox, service, answers={"pin": "0000"})
        desk.scan(BADGE)

    assert desk.said == ["pin_wrong"]
    assert desk.client.runner.dialogue.operator is None
