"""Alerts for another system: posted once, signed, and without case details; a fault is tried again with the same id."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from exhibits_app.jobs.webhook import SignedWebhook
from exhibits_app.services import alerts
from exhibits_app.services.context import Services
from tests.support.force import Force

SECRET = b"only the two of us know"


@dataclass
class Receiver:
    """A system that takes posts, in order, and answers with `status`."""

    url: str = ""
    status: int = 204
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            """Nothing: the tests look at what was taken."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/alerts"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def posting(force: Force, receiver: Receiver) -> Services:
    return replace(force.services, webhook=SignedWebhook(receiver.url, SECRET, force.clock))


@pytest.fixture
def overdue(force: Force) -> int:
    (item,) = force.items(force.case(supervisor=force.people["supervisor"].id))
    force.clock.move(days=4)
    return item


def test_alerts_are_posted_once_with_a_signature_that_the_receiver_can_check(
    force: Force, receiver: Receiver, overdue: int
) -> None:
    services = posting(force, receiver)

    alerts.run(services)
    alerts.run(services)

    ((headers, body),) = receiver.taken
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(SECRET, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(force.clock.at.timestamp()))
    told = json.loads(body)["data"]["alerts"]
    assert {one["clock"] for one in told} == {"decision", "submission", "book in"}
    assert {one["register_no"] for one in told} == {overdue}


def test_a_post_holds_references_and_no_case_details(force: Force, receiver: Receiver, overdue: int) -> None:
    alerts.run(posting(force, receiver))

    assert not any(word in receiver.taken[0][1].decode() for word in ("Mill Lane", "01AB/1/26", "Bed sheet", "death"))


@pytest.mark.parametrize("status", [500, 302, 410])
def test_a_post_that_is_not_taken_goes_again_later_with_the_same_id(
    force: Force, receiver: Receiver, overdue: int, status: int
) -> None:
    services = posting(force, receiver)
    receiver.status = status
    first = alerts.run(services)
    receiver.status = 200
    force.clock.move(minutes=3)

    later = alerts.run(services)

    assert (first.failed, later.sent) == (1, 1)
    assert f"the webhook answered {status}" in first.faults[0]
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == 1


def test_mail_waits_for_a_mail_server_while_the_webhook_goes(force: Force, receiver: Receiver, overdue: int) -> None:
    outcome = alerts.run(posting(force, receiver))

    with force.services.store.read() as work:
        waiting = work.alerts.outbox()["waiting"]
    assert (outcome.sent, waiting) == (1, outcome.queued)


def test_a_webhook_that_is_not_there_loses_nothing(force: Force, overdue: int) -> None:
    with receiving() as gone:
        services = posting(force, gone)

    outcome = alerts.run(services)

    assert outcome.failed == 1
    later = force.clock.at + timedelta(minutes=3)
    leased = force.services.store.write(lambda work: work.alerts.lease(later, later, to="webhook"))
    assert [message.subject for message in leased] == [f"{outcome.raised} alerts"]
