"""The store-room page opens without a network, outlives a crash, and is the only one of its kind in a browser."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from exhibits_app.services import devices
from exhibits_app.web import offline
from exhibits_app.web.offline import SHELLS
from tests.support import machine
from tests.support.chromium import FLAGS, Visit
from tests.support.store_room import (
    PIN_ASKED,
    StoreRoom,
    command,
    device_cookie,
    has_rows,
    network_is_back,
    refused_on_purpose,
    says,
    scan,
)

KEPT = """name => caches.open(name).then(cache => cache.keys()).then(kept =>
  kept.map(request => new URL(request.url).pathname))"""


@contextmanager
def opened_at(browser: Browser, profile: Path, room: StoreRoom) -> Iterator[BrowserContext]:
    """A browser with a profile that stays, enrolled as the room's device."""
    program = machine.chromium_program()
    context = browser.browser_type.launch_persistent_context(str(profile), executable_path=program, args=FLAGS)
    context.add_cookies([device_cookie(room) | {"expires": time.time() + 3600}])
    try:
        yield context
    finally:
        with suppress(Error):  # It was killed.
            context.close()


def kill(profile: Path) -> None:
    """End that browser as a flat battery would."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # Processes end meanwhile.
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if f"--user-data-dir={profile}" in words and not any(word.startswith("--type=") for word in words):
                os.kill(int(folder.name), signal.SIGKILL)


def is_kept(page: Page) -> None:
    """The service worker has all it needs."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_an_open_batch_outlives_a_crash_and_the_page_opens_without_the_service(chromium, room, tmp_path):
    profile = tmp_path / "profile"
    with opened_at(chromium, profile, room) as context:
        page = context.new_page()
        page.goto(f"{room.url}/store-room")
        is_kept(page)
        room.sign_in(page)
        command(page, "BOOK_IN")
        scan(page, room.place)
        for number, code in enumerate(room.codes[:2], 1):
            scan(page, code)
            has_rows(page, number)
        room.stop()
        kill(profile)

    with opened_at(chromium, profile, room) as context:
        page = context.new_page()
        page.goto(f"{room.url}/store-room")
        says(page, "#message", "The batch that was open is still here, with 2 items.")
        has_rows(page, 2)
        says(page, "#doing", "BOOK IN")
        scan(page, room.badge)
        says(page, "#operator", "Property Officer")
        scan(page, room.codes[2])
        has_rows(page, 3)
        command(page, "CONFIRM")
        says(page, "#line", "No network: 3 scans kept on this device")
        room.start()
        network_is_back(page)
        says(page, "#line", "All sent")

    assert [room.events(code).count("book_in") for code in room.codes] == [1, 1, 1]


def test_a_second_tab_says_so_and_takes_the_open_batch_over_when_told_to(room, new_visit: Callable[..., Visit]):
    visit = new_visit()
    first = room.open(visit)
    room.sign_in(first)
    scan(first, room.codes[0])
    has_rows(first, 1)

    second = visit.page()
    second.goto(f"{room.url}/store-room")
    says(second, "#elsewhere", "The store room is open in another tab")
    scan(second, room.codes[1])
    says(second, "#elsewhere", "The last scan was not taken here.")
    second.locator("#elsewhere-take").click()

    says(second, "#message", "still here, with 1 item.")
    says(first, "#elsewhere", "The store room is open in another tab")
    refused_on_purpose(visit, PIN_ASKED)


def test_a_device_keeps_the_page_and_nothing_of_any_case_and_takes_a_new_version_between_batches(
    room, new_visit: Callable[..., Visit], monkeypatch
):
    visit = new_visit(service_workers="allow")
    page = room.open(visit)
    is_kept(page)
    page.reload()
    says(page, "#line", "All sent")
    room.sign_in(page)
    scan(page, room.codes[0])
    has_rows(page, 1)
    (cache,) = page.evaluate("caches.keys()")
    kept = page.evaluate(KEPT, cache)
    assert sorted(kept) == sorted(["/store-room", *SHELLS["store-room"].assets])

    a_new_version(monkeypatch)
    page.evaluate("navigator.serviceWorker.getRegistration().then(known => known.update()).then(() => true)")
    says(page, "#renew", "A new version of this page is ready.")
    page.locator("#renew-now").click()
    says(page, "#renew", "CONFIRM or CANCEL the open batch first.")
    command(page, "UNDO")
    has_rows(page, 0)
    with page.expect_navigation():
        page.locator("#renew-now").click()
    says(page, "#line", "All sent")
    assert page.evaluate("caches.keys()") not in ([], [cache])

    devices.revoke(room.force.services, room.force.person("administrator"), 1)
    page.reload()
    says(page, "main", "has been revoked")
    assert page.evaluate("caches.keys()") == []
    refused_on_purpose(visit, PIN_ASKED)


def a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service is of a later version than the page that a browser keeps."""
    now = SHELLS["store-room"]
    monkeypatch.setitem(SHELLS, "store-room", replace(now, patterns=(*now.patterns, "page.js")))
    offline.version_of.cache_clear()


@pytest.fixture(autouse=True)
def the_version_is_counted_anew() -> Iterator[None]:
    yield
    offline.version_of.cache_clear()


FILL = """async size => {
  const { openOutbox } = await import('/static/store-room/outbox.js')
  const outbox = await openOutbox()
  const noise = () => Array.from({ length: size }, Math.random).join()
  for (let number = 0; ; number += 1) await outbox.rememberTurn({ badge: `filler ${size} ${number}`, noise: noise() })
}"""


def fill_up(page: Page) -> None:
    """Write until the browser refuses, in ever smaller pieces."""
    for size in (1000, 5):
        with pytest.raises(Error, match="its storage is full"):
            page.evaluate(FILL, size)


def test_a_scan_that_the_device_has_no_room_for_is_not_taken_and_said_aloud(room, new_visit: Callable[..., Visit]):
    visit = new_visit()
    blank = visit.page()
    blank.goto(f"{room.url}/static/icon.svg")
    disk = visit.context.new_cdp_session(
        blank
    )  # Before the page is opened: the browser remembers how much room there was.
    disk.send("Storage.overrideQuotaForOrigin", {"origin": room.url, "quotaSize": 300_000})
    page = room.open(visit)
    room.sign_in(page)
    fill_up(page)

    scan(page, room.codes[0])
    says(page, "#stop", "This device cannot keep scans (its storage is full): the last one was not taken.")
    has_rows(page, 0)

    disk.send("Storage.overrideQuotaForOrigin", {"origin": room.url})
    page.locator("#stop-seen").click()
    scan(page, room.codes[1])
    has_rows(page, 1)
    expect(page.locator("#stop")).to_be_hidden()
    refused_on_purpose(visit, PIN_ASKED)
