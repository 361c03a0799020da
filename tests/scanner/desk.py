"""A scan client at a store's desk that talks to the real service, without a network between them."""

import httpx
from uuid_utils.compat import uuid7

from exhibits_app.services import boxes, labels
from labels.payload import COMMANDS, is_ours
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
        self.case = self.force.case()
        self.codes = self.labelled(2)
        self.place = self.force.place_code(self.force.shelf)
        self.badge = self.force.badge("property_officer")
        self.shown, self.told = [], []
        self.outbox = Outbox(folder / "outbox.db", lambda: str(uuid7()))
        self.force.clock.move(minutes=1)

    def now(self):
        return self.force.clock.now().timestamp()

    def labelled(self, count=1, **given):
        """The labels of so many items of the case."""
        return self.force.labels(self.force.items(self.case, count, **given))

    def a_box(self, name):
        """The label of a new box on the shelf."""
        by = self.force.person("property_officer")
        box = boxes.open_box(self.force.services, by, name, self.force.shelf.id)
        return labels.print_box_labels(self.force.services, by, [box.id], "L7160").codes[0]

    def item(self, code):
        """The item of this label, as it stands on record."""
        with self.force.services.store.read() as work:
            return work.items.find(work.labels.find(code).subject).exhibit

    def told_last(self, code):
        """The last event of the item of this label."""
        with self.force.services.store.read() as work:
            return work.ledger.events_of(work.labels.find(code).subject)[-1]

    def scan(self, *given, token=None, badge=None):
        """A new run of the client: the badge, then what is given, three seconds apart.

        Commands are given by their names; what is no code is typed. Whoever is asked for a PIN has one.
        """
        transport = httpx.WSGITransport(app=self.force.app())
        with Service("http://service.test", token or self.token, now=self.now, transport=transport) as service:
            runner = Runner(
                *(Dialogue(), self.outbox, service),
                show=self.shown.append,
                told=self.told.append,
                now=self.now,
                new_id=lambda: str(uuid7()),
                ask=lambda question: PIN if question.what.endswith("pin") else None,
            )
            runner.start()
            for text in (badge or self.badge, *given):
                self.force.clock.move(seconds=3)
                code = COMMANDS.get(text, text)
                runner.take(e.CodeRead(code, self.now()) if is_ours(code) else e.Typed(text, self.now()))
        return runner.tally

    @property
    def said(self):
        return [effect.sentence for effect in self.shown if isinstance(effect, e.Say)]
