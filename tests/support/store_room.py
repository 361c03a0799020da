"""A store room to try: a real service on a loopback port, labels, badges, an enrolled browser and a handheld."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from exhibits_app.clock import SystemClock
from exhibits_app.web.security import DEVICE_COOKIE
from labels.payload import COMMANDS
from tests.support.chromium import Visit
from tests.support.force import PIN, Force, a_force
from tests.support.serving import SOON, ShortWait, whole_files

PATIENCE = 20_000  # ms: this machine may be busy with other tests
PIN_ASKED = "status of 401"  # The browser logs every refusal of the service as an error.


@dataclass
class StoreRoom:
    """The force, its service on a port of its own, and what lies on the counter."""

    force: Force
    codes: list[str]
    place: str
    badge: str
    token: str
    port: int = 0
    _running: list[tuple[BaseWSGIServer, threading.Thread]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the service, on the port that it had before if it had one."""
        app = whole_files(self.force.app())
        server = make_server("127.0.0.1", self.port, app, threaded=True, request_handler=ShortWait)
        self.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(SOON,), name="store-room service")
        thread.start()
        self._running.append((server, thread))

    def stop(self) -> None:
        """Stop the service as an outage would: nobody listens any more."""
        while self._running:
            server, thread = self._running.pop()
            server.shutdown()
            server.server_close()
            thread.join()

    def open(self, visit: Visit, path: str = "/store-room") -> Page:
        """The store-room page, or the phone's, in a browser that is enrolled as a device."""
        visit.context.add_cookies([device_cookie(self)])
        page = visit.page()
        page.set_default_timeout(PATIENCE)
        page.goto(self.url + path)
        says(page, "#line", "All sent")
        return page

    def sign_in(self, page: Page, badge: str = "", who: str = "Property Officer") -> None:
        """Badge, then PIN on the keyboard at the speed of a hand."""
        scan(page, badge or self.badge)
        says(page, "#question", "Enter your PIN.")
        by_hand(page, PIN)
        says(page, "#operator", who)

    def where(self, code: str) -> str:
        """Where the register has the item of this label."""
        with self.force.services.store.read() as work:
            exhibit = work.items.find(self.register_no(code)).exhibit
        assert exhibit is not None
        return exhibit.where

    def events(self, code: str) -> list[str]:
        """The kinds of events in the ledger of the item of this label, in their order."""
        with self.force.services.store.read() as work:
            return [event.kind for event in work.ledger.events_of(self.register_no(code))]

    def register_no(self, code: str) -> int:
        with self.force.services.store.read() as work:
            label = work.labels.find(code)
        assert label is not None
        assert label.subject is not None
        return label.subject


def device_cookie(room: StoreRoom) -> Any:
    """What makes a browser the room's device."""
    return {"name": DEVICE_COOKIE, "value": room.token, "url": room.url, "httpOnly": True, "sameSite": "Strict"}


@contextmanager
def a_store_room(folder: Path, *, items: int = 3, idle: timedelta | None = None) -> Iterator[StoreRoom]:
    """A running service with so many labelled items, a place's label and the property officer's badge."""
    force = a_force(folder)
    force.clock.at = datetime.now(UTC)
    limits = force.services.limits
    force.services = replace(
        force.services, clock=SystemClock(), limits=replace(limits, turn_idle=idle or limits.turn_idle)
    )
    try:
        case = force.case()
        codes = [code for at in range(0, items, 100) for code in force.labels(force.items(case, min(100, items - at)))]
        place, badge = force.place_code(force.shelf), force.badge("property_officer")
        room = StoreRoom(force, codes, place, badge, force.device()[1])
        room.start()
        try:
            yield room
        finally:
            room.stop()
    finally:
        force.services.store.close()


def scan(page: Page, text: str, *, delay: float = 5, end: str = "Enter") -> None:
    """What a handheld does: it types the code and ends it. `delay` in milliseconds between keys."""
    strike(page, [(key, _place(key)) for key in [*text, *([end] if end else [])]], delay)


def strike(page: Page, keys: list[tuple[str, str]], delay: float = 5) -> None:
    """Keys as (what the computer takes them for, the place on the keyboard).

    Each carries the time at which a scanner would have sent it, so that a busy machine does not make it slow.
    """
    session = page.context.new_cdp_session(page)
    start = time.time()
    special = {"Enter": {"text": "\r", "windowsVirtualKeyCode": 13}, "Tab": {"windowsVirtualKeyCode": 9}}
    for number, (key, place) in enumerate(keys):
        at = {"key": key, "code": place, "timestamp": start + number * delay / 1000}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **at, **special.get(key, {"text": key})})
        if key in special:
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", **at})
    session.detach()


def _place(key: str) -> str:
    """Where the key is on an American keyboard, as browsers name it."""
    signs = {"]": "BracketRight", "-": "Minus", "\\": "Backslash", " ": "Space"}
    if len(key) > 1:
        return key
    return f"Digit{key}" if key.isdigit() else f"Key{key.upper()}" if key.isalpha() else signs[key]


def command(page: Page, name: str) -> None:
    """Scan a command from the sheet."""
    scan(page, COMMANDS[name])


def by_hand(page: Page, text: str) -> None:
    """What a person types, ended with Enter."""
    page.keyboard.type(text, delay=130)
    page.keyboard.press("Enter")


def says(page: Page, where: str, text: str) -> None:
    """The element is to be seen and holds this text, or soon does."""
    expect(page.locator(where)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(where)).to_contain_text(text, timeout=PATIENCE, use_inner_text=True)


def has_rows(page: Page, number: int) -> None:
    """So many items stand in the open batch."""
    expect(page.locator("#count")).to_have_text(str(number), timeout=PATIENCE)


def refused_on_purpose(visit: Visit, *expected: str) -> None:
    """Take these expected lines of the browser's console out of what counts against a test; all others stay."""
    visit.complaints[:] = [line for line in visit.complaints if not any(part in line for part in expected)]


def network_is_back(page: Page) -> None:
    """What a browser tells its pages then; without it they look for the service every few seconds."""
    page.evaluate("dispatchEvent(new Event('online'))")
