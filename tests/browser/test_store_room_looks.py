"""The store-room page can be read and used by everyone: in each theme, at both widths, also while it asks or stops."""

from collections.abc import Callable

import pytest

from labels import payload
from tests.support.axe import accessibility_faults
from tests.support.chromium import Visit
from tests.support.force import PIN
from tests.support.pages import fetch
from tests.support.store_room import (
    PIN_ASKED,
    by_hand,
    command,
    has_rows,
    refused_on_purpose,
    says,
    scan,
)

SMALL = """minimum => [...document.querySelectorAll('button, input, label.choose__one')].filter(one => {
  const box = one.getBoundingClientRect()
  return one.checkVisibility() && one.type !== 'checkbox' && one.type !== 'radio' && box.width && box.height < minimum
}).map(one => one.outerHTML)"""
SMALL_TEXT = """minimum => [...document.querySelectorAll('body *')].filter(one =>
  one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) &&
  parseFloat(getComputedStyle(one).fontSize) < minimum).map(one => one.outerHTML)"""


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 360), ("dark", 360), ("contrast", 1280)])
def test_the_page_is_accessible_while_it_works_asks_and_stops(room, new_visit: Callable[..., Visit], theme, width):
    visit = new_visit(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    visit.context.add_init_script(f"localStorage.setItem('store-room-theme', '{theme}')")
    page = room.open(visit)
    faults = accessibility_faults(page)
    scan(page, room.badge)
    says(page, "#question", "Enter your PIN.")
    faults += accessibility_faults(page)
    by_hand(page, PIN)
    says(page, "#operator", "Property Officer")
    command(page, "BOOK_IN")
    scan(page, room.place)
    scan(page, room.codes[0])
    says(page, "#rows", "Will be recorded:")
    faults += accessibility_faults(page)
    scan(page, payload.issue(payload.CodeType.ITEM, lambda size: bytes([5] * size)))
    says(page, "#stop", "was never issued here")
    faults += accessibility_faults(page)
    page.locator("#stop-seen").click()
    command(page, "CONFIRM")
    says(page, "#odd", "Exceptions: 1")
    faults += accessibility_faults(page)
    page.locator("#settings-open").click()
    faults += accessibility_faults(page)

    assert faults == []
    assert page.evaluate(SMALL, 56) == []
    assert page.evaluate(SMALL_TEXT, 24) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    refused_on_purpose(visit, PIN_ASKED)


def test_a_theme_is_kept_on_the_device(room, new_visit: Callable[..., Visit]):
    page = room.open(new_visit())
    page.locator("#settings-open").click()
    page.get_by_label("High contrast").check()

    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "contrast"


def test_rows_are_told_apart_without_colour(room, new_visit: Callable[..., Visit]):
    visit = new_visit()
    page = room.open(visit)
    room.sign_in(page)
    command(page, "BOOK_IN")
    scan(page, room.place)
    scan(page, room.codes[0])
    scan(page, payload.issue(payload.CodeType.ITEM, lambda size: bytes([6] * size)))
    has_rows(page, 2)
    says(page, "#rows", "Refused:")
    says(page, "#rows", "Will be recorded:")

    assert page.locator("#rows use").evaluate_all("icons => icons.map(icon => icon.getAttribute('href'))") == [
        "#icon-stop",
        "#icon-good",
    ]
    refused_on_purpose(visit, PIN_ASKED)


def test_both_pages_are_well_formed(room):
    client = room.force.app().test_client()

    closed = fetch(client, "/store-room")
    client.set_cookie("exhibits_device", room.token)
    opened = fetch(client, "/store-room")
    phone = fetch(client, "/phone")

    assert (closed.h1, opened.h1, phone.h1) == ("Store room", "Store room", "Phone")
    assert "not enrolled" in closed.text
    assert "data-idle-seconds" in opened.html
