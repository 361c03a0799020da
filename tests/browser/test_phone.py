"""The phone page, its camera a film: from badge to ledger, and everybody can use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from labels.payload import COMMANDS
from tests.support.axe import accessibility_faults
from tests.support.chromium import FLAGS, Visit, camera_flags, visit
from tests.support.film import Grey, a_picture, a_symbol, a_y4m, labels_shown
from tests.support.force import PIN
from tests.support.looks import keep_picture
from tests.support.machine import chromium_program
from tests.support.store_room import PATIENCE, PIN_ASKED, StoreRoom, a_store_room, refused_on_purpose, says

SIZE = (640, 480)
POSTER = "https://example.org/win"
HEARD = """() => {
  window.heard = []
  const sentence = document.getElementById('sentence')
  new MutationObserver(() => window.heard.push(sentence.textContent)).observe(sentence, { childList: true })
}"""

IN_SIGHT = """yes => {
  Object.defineProperty(document, 'hidden', { value: !yes, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreRoom]:
    with a_store_room(tmp_path_factory.mktemp("phone"), items=2) as room:
        yield room


def shown(room: StoreRoom) -> Iterator[Grey]:
    """A badge, time for a PIN, BOOK IN, the place, a poster's QR code, two items at once, CONFIRM."""
    yield from labels_shown([room.badge], between=20)
    yield from labels_shown([COMMANDS["BOOK_IN"], room.place], between=2)
    yield from [a_picture(a_symbol(POSTER, "QRCode", 4), size=SIZE)] * 5
    yield from [a_picture(*(a_symbol(code, "QRCode", 4) for code in room.codes), angle=8, size=SIZE)] * 8
    yield from labels_shown([COMMANDS["CONFIRM"]], between=10)


@pytest.fixture(scope="module")
def filmed(room: StoreRoom, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera plays the film over and over."""
    film = a_y4m(tmp_path_factory.mktemp("film") / "counter.y4m", shown(room))
    flags = [*FLAGS, *camera_flags(Path(film))]
    browser = chromium.browser_type.launch(executable_path=chromium_program(), args=flags)
    yield browser
    browser.close()


@pytest.fixture
def phone(filmed: Browser) -> Iterator[Visit]:
    with visit(filmed, viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce") as person:
        person.context.grant_permissions(["camera"])
        yield person
        refused_on_purpose(person, PIN_ASKED)


def start(page: Page) -> None:
    page.get_by_role("button", name="Start the camera").click()


def test_two_items_are_booked_in_with_the_camera_alone(room: StoreRoom, phone: Visit):
    page = room.open(phone, "/phone")
    page.evaluate(HEARD)
    start(page)
    says(page, "#question", "Enter your PIN.")
    for digit in PIN:
        page.locator(f"[data-digit='{digit}']").click()
    page.locator("#question .key--confirm").click()

    says(page, "#message", "2 items are recorded.")
    page.get_by_role("button", name="Stop camera").click()

    assert [room.where(code) for code in room.codes] == ["at Ilford transit store, bay 2"] * 2
    assert [room.events(code).count("book_in") for code in room.codes] == [1, 1]
    heard = page.evaluate("window.heard")
    assert sum("A web address, not one of our labels" in sentence for sentence in heard) >= 1
    says(page, "#done", "booked AB/1 into Ilford transit store, bay 2")
    expect(page.locator("video")).to_have_js_property("srcObject", None)


def test_a_refused_camera_says_what_to_do_and_typing_goes_on(room: StoreRoom, phone: Visit):
    phone.context.clear_permissions()
    page = room.open(phone, "/phone")

    start(page)

    says(page, "[data-eye-trouble]", "The camera is not allowed for this page: tap the sign beside the address")
    page.locator("#code").fill(room.codes[0])
    page.locator("#code").press("Enter")
    says(page, "#message", "Scan your badge first.")


def test_everyone_can_use_the_page_upright_lying_and_at_a_desk(room: StoreRoom, phone: Visit):
    page = room.open(phone, "/phone")
    faults = accessibility_faults(page)
    start(page)
    expect(page.locator(".eye")).to_have_attribute("data-state", "on", timeout=PATIENCE)

    for width, height in ((360, 740), (740, 360), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        faults += accessibility_faults(page)
        keep_picture(page, "/phone")
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert faults == []


def test_the_camera_rests_while_the_page_is_not_in_sight(room: StoreRoom, phone: Visit):
    page = room.open(phone, "/phone")
    start(page)
    expect(page.locator(".eye")).to_have_attribute("data-state", "on", timeout=PATIENCE)

    page.evaluate(IN_SIGHT, False)
    says(page, "[data-eye-trouble]", "The camera rests while this page is not in sight.")
    expect(page.locator("video")).to_have_js_property("srcObject", None)
    page.evaluate(IN_SIGHT, True)

    expect(page.locator(".eye")).to_have_attribute("data-state", "on", timeout=PATIENCE)


def test_the_camera_reads_without_a_network(filmed: Browser, tmp_path: Path):
    with (
        a_store_room(tmp_path, items=1) as cellar,
        visit(filmed, service_workers="allow", permissions=["camera"]) as person,
    ):
        page = cellar.open(person, "/phone")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        cellar.stop()
        page.reload()
        says(page, "#line", "No network")

        start(page)

        says(page, "#message", "No network: a PIN cannot be checked now.")
        refused_on_purpose(person, PIN_ASKED, "ERR_CONNECTION_REFUSED")
