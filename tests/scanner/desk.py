"""A scan client at a store's desk that talks to the real service, without a network between them."""

from dataclasses import replace

import httpx
from uuid_utils.compat import uuid7

from exhibits_app.services import boxes, labels
from labels.payload import COMMANDS, is_ours
from scanner import events as e
from scanner.client import Service
from scanner.inbox import Inbox
from scanner.line import Line
from scanner.outbox import Outbox
from scanner.pictures import Pictures
from scanner.runner import Runner
from scanner.session import Dialogue
from scanner.symbols import Symbol
from tests.scanner.pictures import a_picture, a_symbol
from tests.support.force import PIN, a_force

CORNERS = ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0))


class Client:
    """The scan client but for its threads: what the line to the service has to do is done after each scan."""

    def __init__(self, service, outbox, *, now, shown, told, answers=None, pictures=None):
        self.outbox, self.now = outbox, now
        self.pictures = Pictures(pictures) if pictures else None
        self.inbox = Inbox()
        self.line = Line(
            *(service, lambda: outbox),
            now=now,
            new_id=lambda: str(uuid7()),
            post=self.inbox.post,
            clock=now,
            pictures=pictures,
        )
        self.runner = Runner(
            *(Dialogue(), outbox, self.line),
            show=shown.append,
            told=told.append,
            now=now,
            answers=answers,
            pictures=self.pictures,
        )
        self.line.look()
        self.settle()

    def scan(self, text):
        """A code is scanned, or something typed that is none; a device that keeps pictures sees the code, too."""
        if self.pictures and is_ours(text):
            self.pictures.see(a_picture(a_symbol(text)), Symbol(text, "Code128", True, CORNERS))
        self.runner.take(e.CodeRead(text, self.now()) if is_ours(text) else e.Typed(text, self.now()))
        self.settle()

    def settle(self):
        """Until all that was asked is answered and all that was answered is taken."""
        while not (self.runner.settled and self.inbox.empty):
            self.line.work_off(self.outbox)
            self.inbox.work_off()


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
        self.folder = folder / "pictures"
        self.outbox = Outbox(folder / "outbox.db", lambda: str(uuid7()))
        self.force.clock.move(minutes=1)

    def now(self):
        return self.force.clock.now().timestamp()

    def service(self, transport=httpx.WSGITransport, token=None):
        """The real service, over a transport that is made for its application."""
        return Service(
            "http://service.test", token or self.token, now=self.now, transport=transport(app=self.force.app())
        )

    def wants_pictures(self, wanted=True):
        """The force wants pictures of scans from now on, or none."""
        services = self.force.services
        self.force.services = replace(services, limits=replace(services.limits, scan_pictures=wanted))

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

    def scan(self, *given, token=None, badge=None, pictures=None, transport=httpx.WSGITransport):
        """A new run of the client: the badge, then what is given, three seconds apart.

        Commands are given by their names; what is no code is typed. Whoever is asked for a PIN has one.
        """
        with self.service(transport, token) as service:
            client = Client(service, self.outbox, now=self.now, shown=self.shown, told=self.told, pictures=pictures)
            for text in (badge or self.badge, *given):
                self.force.clock.move(seconds=3)
                client.scan(COMMANDS.get(text, text))
                while (asked := client.runner.dialogue.asking) and asked.secret:
                    client.scan(PIN)
        return client.runner.tally

    @property
    def said(self):
        return [effect.sentence for effect in self.shown if isinstance(effect, e.Say)]
