"""The real scan client talks to the real service, without a network between them."""

import httpx
import pytest
from uuid_utils.compat import uuid7

from labels.payload import COMMANDS
from scanner import events as e
from scanner.client import Service
from scanner.outbox import Outbox
from scanner.runner import Runner
from scanner.session import Dialogue
from tests.support.force import PIN, a_force


class Desk:
    """A scan client at the Ilford store's desk, and what it showed."""

    def __init__(self, folder):
        self.force = a_force(folder)
        _, self.token = self.force.device()
        self.codes = self.force.labels(self.force.items(self.force.case(), 2))
        self.place = self.force.place_code(self.force.shelf)
        self.badge = self.force.badge("property_officer")
        self.shown, self.told = [], []
        self.outbox = Outbox(folder / "outbox.db", lambda: str(uuid7()))
        self.force.clock.move(minutes=1)

    def now(self):
        return self.force.clock.now().timestamp()

    def scan(self, *codes, token=None):
        """A new run of the client: the badge, then these codes, three seconds apart."""
        transport = httpx.WSGITransport(app=self.force.app())
        with Service("http://service.test", token or self.token, now=self.now, transport=transport) as service:
            runner = Runner(
                *(Dialogue(), self.outbox, service),
                show=self.shown.append,
                told=self.told.append,
                now=self.now,
                new_id=lambda: str(uuid7()),
                answers={"pin": PIN},
            )
            runner.start()
            for code in (self.badge, *codes):
                self.force.clock.move(seconds=3)
                runner.take(e.CodeRead(code, self.now()))
        return runner.tally

    @property
    def said(self):
        return [effect.sentence for effect in self.shown if isinstance(effect, e.Say)]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.outbox.close()
    desk.force.services.store.close()


def test_items_are_booked_in_and_the_service_says_so_in_a_sentence(desk):
    tally = desk.scan(COMMANDS["BOOK_IN"], desk.place, *desk.codes, COMMANDS["CONFIRM"])

    assert (tally.recorded, tally.refused) == (2, 0)
    assert all("booked" in verdict.sentence for verdict in desk.told)
    assert desk.outbox.counts().sent == 1


def test_a_verdict_stands_before_commit_and_a_refusal_is_said(desk):
    """An item that was never booked in cannot be signed in."""
    desk.scan(COMMANDS["SIGN_IN"], desk.place, desk.codes[0])

    checked = [effect for effect in desk.shown if isinstance(effect, e.Say) and effect.message == "checked"]
    assert [effect.tone for effect in checked] == ["stop"]
    assert desk.told == []


def test_a_device_that_is_not_enrolled_keeps_its_scans_and_says_so(desk):
    tally = desk.scan(token="unknown")

    assert tally.stopped is not None
