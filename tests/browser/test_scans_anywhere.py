"""A handheld's burst on any page of the service is a scan: it types into no form, sends none, and leads somewhere."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from exhibits_app.services import box_check, boxes, labels
from labels import payload
from tests.support.axe import accessibility_faults
from tests.support.force import Force, a_force, sign_in
from tests.support.serving import served
from tests.support.store_room import PATIENCE, by_hand, scan
from tests.web.access_table import TABLE
from tests.web.addresses import address

CODE = payload.issue(payload.CodeType.ITEM, lambda size: bytes(range(60, 60 + size)))
FIELD = "main :is(input, textarea):not([type=hidden])"
FOCUSES = (FIELD, "main :is(select, button)")
# Milliseconds a key, as fast handhelds type, and now and then a slow one.
DELAYS = (5, 8, 5, 20, 8, 5, 50)
ORDER = ("officer", "property_officer", "administrator", "supervisor", "auditor", "professional_standards")
NO_PAGES_OF_BASE = {"store_room.page", "api_docs.page", "sign_in.spend"}
CONTENT = """[...document.querySelectorAll('input, select, textarea')].map(one =>
  one.checked ? 'on' : one.value).join('|')"""
TOLD = """() => {
  const said = document.getElementById('scan-said')
  const told = said?.hidden ?? true ? '' : said.innerHTML
  if (said) said.hidden = true
  return told || ([...document.querySelectorAll('main [data-takes-code=""]')].find(one => one.value)?.value ?? '')
}"""


KEEP_A_SCAN = """async code => {
  const { openOutbox } = await import('/static/store-room/outbox.js')
  const act = { kind: 'SIGHTING', operator: 'nobody', occurred: 0, items: [{ code, at: 0, method: 'scan' }] }
  await (await openOutbox()).step(null, [act], { offsetMs: 0 })
}"""


@dataclass
class Pages:
    """A browser on the pages of a force, which follows no link to what was scanned and sends no form."""

    force: Force
    app: Any
    url: str
    page: Page
    asked: list[str] = field(default_factory=list)

    def led_to(self, route: Route) -> None:
        """The page went to what was scanned, or sent a form. It is answered with nothing, so that the page stays."""
        request = route.request
        if request.method == "POST" or "/search" in request.url:
            self.asked.append(f"{request.method} {request.url} {request.post_data}")
            route.fulfill(status=204)
        else:
            route.continue_()

    def become(self, name: str | None) -> None:
        """Sign the browser in as this person, or out."""
        self.page.context.clear_cookies()
        if name is None:
            return
        client = self.app.test_client()
        sign_in(client, name)
        secret = client.get_cookie("exhibits_session").value
        self.page.context.add_cookies([{"name": "exhibits_session", "value": secret, "url": self.url}])

    def scanned(self) -> str:
        """What came of the last scan: where the page went, what it said, or the code in the field that asks for one."""
        told = ""
        until = time.monotonic() + PATIENCE / 1000
        while not self.asked and not told and time.monotonic() < until:
            self.page.wait_for_timeout(5)
            told = str(self.page.evaluate(TOLD))
        return self.asked.pop() if self.asked else told


@pytest.fixture(scope="module")
def pages(chromium, tmp_path_factory) -> Iterator[Pages]:
    force = a_force(tmp_path_factory.mktemp("pages"))
    force.items(force.case(), 2)
    force.labels([1])
    staff = force.person("property_officer")
    boxes.open_box(force.services, staff, "Box 17", force.shelf.id)
    boxes.close(force.services, staff, 1)
    box_check.begin(force.services, staff, 1, "Count it")
    context = chromium.new_context(service_workers="block")
    with served(force) as url:
        made = Pages(force, force.app(), url, context.new_page())
        made.page.route(re.compile(r"/search\?q=|/reconcile|/confirm|/cases|label"), made.led_to)
        yield made
        context.close()
    force.services.store.close()


def all_pages(force: Force, app: Any) -> list[tuple[str | None, str]]:
    """The address of every page of the service that is HTML, and who opens it."""
    clients: dict[str | None, Any] = {None: app.test_client()}
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        who = TABLE[rule.endpoint]
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES_OF_BASE or who == "device":
            continue
        name = next((role for role in ORDER if role in who), next(iter(sorted(who)), None)) if who != "anyone" else None
        if name not in clients:
            clients[name] = app.test_client()
            sign_in(clients[name], str(name))
        path = address(app, force, rule)
        answer = clients[name].get(path, buffered=True)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found.append((name, path))
    return sorted(found, key=lambda one: (str(one[0]), one[1]))


def test_a_burst_on_every_page_is_a_scan_and_leaves_its_forms_alone(pages):
    every = all_pages(pages.force, pages.app)
    assert len(every) > 40
    wrong, last = [], "nobody yet"
    for turn, (name, path) in enumerate(every):
        if name != last:
            pages.become(name)
            last = name
        pages.page.goto(pages.url + path, wait_until="domcontentloaded")
        before = pages.page.evaluate(CONTENT)
        asks = pages.page.locator("main [data-takes-code]").count()
        delay, focus = DELAYS[turn % len(DELAYS)], FOCUSES[turn % 2]
        if pages.page.locator(focus).count():
            pages.page.locator(focus).first.focus()
        scan(pages.page, CODE, delay=delay)
        told = pages.scanned()
        if not any(code in told for code in (CODE, payload.printed(CODE))):
            wrong.append(f"{path} at {delay} ms: {told}")
        if (pages.page.evaluate(CONTENT) != before and not asks) or pages.asked:
            wrong.append(f"{path}: its form was changed or sent: {pages.asked}")
    assert wrong == []


@pytest.fixture
def officer(pages: Pages) -> Pages:
    """The officer's browser on the form for a new case."""
    pages.become("officer")
    pages.asked.clear()
    pages.page.goto(f"{pages.url}/cases/new")
    pages.page.locator("#title").focus()
    return pages


def test_what_a_hand_types_stays_and_a_scan_after_it_offers_a_link_instead_of_losing_it(officer):
    officer.page.keyboard.type("Mill Lane", delay=100)

    scan(officer.page, CODE)

    assert "What you typed here is not sent yet." in officer.scanned()
    expect(officer.page.locator("#title")).to_have_value("Mill Lane")


def test_a_foreign_barcode_is_typed_where_the_focus_is_and_sends_nothing(officer):
    scan(officer.page, "5012345678900")

    expect(officer.page.locator("#title")).to_have_value("5012345678900")
    officer.page.wait_for_timeout(50)
    assert (officer.asked, officer.page.url) == ([], f"{officer.url}/cases/new")


def test_a_foreign_barcode_presses_no_button(officer):
    officer.page.locator("main form button").first.focus()

    scan(officer.page, "5012 345678900")

    officer.page.wait_for_timeout(50)
    assert (officer.asked, officer.page.url) == ([], f"{officer.url}/cases/new")


def test_enter_from_a_hand_sends_the_form(officer):
    by_hand(officer.page, "Mill")

    assert "POST" in officer.scanned()


def test_a_scan_on_the_page_that_confirms_a_printing_confirms_wherever_the_focus_is(pages):
    services = replace(pages.force.services, read_labels_back=False)
    item = pages.force.items(pages.force.case(reference="01AB/8/26"), 1, seal="")
    made = labels.print_item_labels(services, pages.force.person("officer"), item, "L7160")
    pages.become("officer")
    pages.asked.clear()
    pages.page.goto(f"{pages.url}/printing/{made.job}/confirm")
    assert accessibility_faults(pages.page) == []
    pages.page.get_by_role("button", name="Scan with the camera").focus()

    scan(pages.page, CODE)

    assert re.search(f"POST .*confirm .*code={payload.printed(CODE)}", pages.scanned())


def test_badges_and_commands_are_for_the_counter(officer):
    scan(officer.page, payload.COMMANDS["CONFIRM"])

    assert "A command is scanned at the store-room page" in officer.scanned()


@pytest.mark.parametrize("what", ["box", "place", "item"])
def test_a_scan_opens_the_page_of_the_box_the_place_or_the_item(pages, what):
    force, staff = pages.force, pages.force.person("property_officer")
    code, address = {
        "box": (lambda: labels.print_box_labels(force.services, staff, [1], "L7160").codes[0], "/boxes/1"),
        "place": (lambda: force.place_code(force.shelf), f"/stores/{force.store.id}?place={force.shelf.id}"),
        "item": (lambda: force.labels([2])[0], "/items/2"),
    }[what]
    client = pages.app.test_client()
    sign_in(client, "officer" if what == "item" else "property_officer")

    assert client.get(f"/search?q={code()}").location == address


def test_a_check_is_not_ended_while_scans_wait_on_this_device(pages):
    pages.become("property_officer")
    pages.page.goto(f"{pages.url}/boxes/1/reconcile")
    pages.page.evaluate(KEEP_A_SCAN, CODE)

    pages.page.get_by_role("button", name="End the check").click()

    expect(pages.page.locator("#scan-said")).to_contain_text("1 scan on this device is not sent yet")
    assert pages.asked == []
