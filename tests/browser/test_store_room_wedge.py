"""A handheld types like a keyboard: its scans are caught wherever the focus is, and never end up in a form."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from exhibits_app.web.offline import STATIC
from labels import payload
from tests.support.serving import running
from tests.support.store_room import (
    PATIENCE,
    by_hand,
    has_rows,
    says,
    scan,
    strike,
)

ITEMS = 4
CODE = payload.issue(payload.CodeType.ITEM, lambda size: bytes(range(60, 60 + size)))
OTHER = payload.issue(payload.CodeType.PLACE, lambda size: bytes(range(90, 90 + size)))
FOREIGN_FORM = """<!doctype html><title>A form</title><form><input id="name"><input id="password" type="password">
<select id="kind"><option value="">Choose</option><option>Box</option></select><input id="day" type="date">
<button type="submit">Send</button></form><script type="module">
import { Wedge } from '/static/store-room/wedge.js'
window.scans = []
window.sent = 0
new Wedge({ hold: location.search === '?hold', onCodes: codes => window.scans.push(...codes) })
document.querySelector('form').addEventListener('submit', event => { event.preventDefault(); window.sent += 1 })
window.ready = true
</script>"""


@dataclass
class Form:
    """A form that is not the store room's, on a page that listens for scans."""

    page: Page

    def scans(self, number: int = 1) -> list[str]:
        """What was caught, once there are so many."""
        self.page.wait_for_function("number => window.scans.length >= number", arg=number, timeout=PATIENCE)
        return self.page.evaluate("window.scans")

    def is_untouched(self) -> bool:
        return self.page.evaluate(
            "[...document.querySelectorAll('input, select')].every(one => !one.value) && !window.sent"
        )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page's modules are served."""
    app = Flask("a foreign form", static_folder=str(STATIC))
    with running(app) as url:
        yield url


@pytest.fixture(params=["hold", "pass"])
def form(address: str, page: Page, request: pytest.FixtureRequest) -> Form:
    """With keys held back until they prove to be a hand's, as in the store room, and without, as elsewhere."""
    page.route("**/form*", lambda route: route.fulfill(body=FOREIGN_FORM, content_type="text/html"))
    page.goto(f"{address}/form?{request.param}")
    page.wait_for_function("window.ready")
    return Form(page)


@pytest.mark.parametrize("delay", [5, 30, 50])
def test_a_scan_is_caught_wherever_the_focus_is(form, delay):
    for number, focus in enumerate(("#name", "#password", "#kind", "#day", "button", "body"), 1):
        form.page.locator(focus).first.focus()

        scan(form.page, CODE, delay=delay)

        assert form.scans(number) == [CODE] * number, focus
        assert form.is_untouched(), focus


SET_UPS = {
    "ended with Tab": (CODE, "Tab"),
    "not ended at all": (CODE, ""),
    "with Caps Lock on": (CODE.lower(), "Enter"),
    "after Code 128's identifier": (f"]C0{CODE}", "Enter"),
    "after a QR code's identifier": (f"]Q1{CODE}", "Enter"),
    "after a Data Matrix's identifier": (f"]d2{CODE}", "Tab"),
    "with an end that is only spelt": (f"{CODE}\\n", ""),
    "with hyphens": (payload.printed(CODE), "Enter"),
}


def test_a_scan_is_known_however_the_scanner_was_set_up(form):
    form.page.locator("#name").focus()
    for number, (set_up, (typed, end)) in enumerate(SET_UPS.items(), 1):
        scan(form.page, typed, end=end)

        assert form.scans(number) == [CODE] * number, set_up
        assert form.is_untouched(), set_up
        form.page.locator("#name").focus()


def test_scans_that_run_together_are_two(form):
    form.page.locator("#name").focus()

    scan(form.page, CODE + OTHER)

    assert form.scans(2) == [CODE, OTHER]
    assert form.is_untouched()


def test_a_scan_that_arrives_as_a_whole_as_on_android_is_caught(form):
    form.page.locator("#name").focus()

    form.page.keyboard.insert_text(CODE)

    assert form.scans() == [CODE]
    assert form.is_untouched()


def test_a_second_ending_of_a_scan_sends_no_form(form):
    form.page.locator("#name").focus()

    scan(form.page, CODE)
    form.page.keyboard.press("Enter")

    assert form.scans() == [CODE]
    assert form.is_untouched()


FRENCH = dict(zip("1234567890QAZWM", "&é\"'(-è_çàAQWZ,", strict=True))


def test_a_scan_is_read_by_the_places_of_the_keys_on_a_french_keyboard(form):
    form.page.locator("#name").focus()
    places = [(letter, f"{'Digit' if letter.isdigit() else 'Key'}{letter}") for letter in CODE]

    strike(form.page, [*((FRENCH.get(letter, letter), place) for letter, place in places), ("Enter", "Enter")])

    assert form.scans() == [CODE]
    assert form.is_untouched()


def test_a_scan_from_a_french_scanner_on_a_french_keyboard_is_read_by_its_letters(form):
    form.page.locator("#name").focus()
    where = {"A": "KeyQ", "Q": "KeyA", "Z": "KeyW", "W": "KeyZ"}
    keys = [(letter, where.get(letter, f"{'Digit' if letter.isdigit() else 'Key'}{letter}")) for letter in CODE]

    strike(form.page, [*keys, ("Enter", "Enter")])

    assert form.scans() == [CODE]


def test_what_a_hand_types_goes_where_it_was_meant(form):
    form.page.locator("#name").focus()

    by_hand(form.page, "okafor 12")

    expect(form.page.locator("#name")).to_have_value("okafor 12")
    assert form.page.evaluate("[window.scans.length, window.sent]") == [0, 1]


def test_what_a_hand_typed_stays_when_a_scan_follows(form):
    form.page.locator("#name").focus()
    form.page.keyboard.type("okafor", delay=130)
    form.page.wait_for_timeout(150)

    scan(form.page, CODE)

    assert form.scans() == [CODE]
    expect(form.page.locator("#name")).to_have_value("okafor")


def test_a_code_typed_by_hand_is_typing(form):
    form.page.locator("#name").focus()

    by_hand(form.page, CODE)

    expect(form.page.locator("#name")).to_have_value(CODE)
    assert form.page.evaluate("window.scans") == []


def test_a_foreign_barcode_goes_where_it_was_scanned_into(form):
    form.page.locator("#name").focus()

    scan(form.page, "5012345678900", end="")

    expect(form.page.locator("#name")).to_have_value("5012345678900")
    assert form.page.evaluate("window.scans") == []


def test_the_store_room_takes_scans_wherever_the_focus_is(room, visit):
    page = room.open(visit)
    room.sign_in(page)
    where = ["body", "#code", "#settings-open", "[data-command=CANCEL]"]

    for number, (focus, code) in enumerate(zip(where, room.codes, strict=True), 1):
        page.locator(focus).focus()
        scan(page, code, delay=30 if number % 2 else 5)

        has_rows(page, number)
        expect(page.locator("#code")).to_have_value("")
        expect(page.locator("#settings")).to_be_hidden()


def test_a_foreign_barcode_is_no_pin_and_is_said(room, visit):
    page = room.open(visit)
    scan(page, room.badge)
    says(page, "#question", "Enter your PIN.")

    scan(page, "5012345678900")

    says(page, "#question-error", "That was no badge")
    expect(page.locator("#answer")).to_have_value("")
