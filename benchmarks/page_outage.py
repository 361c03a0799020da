"""The store-room page while its service is killed for a minute: 500 scans are recorded once each, in their order."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support import machine
from tests.support.chromium import running_chromium, visit
from tests.support.killed import Killable
from tests.support.store_room import (
    PIN_ASKED,
    StoreRoom,
    a_store_room,
    command,
    has_rows,
    network_is_back,
    refused_on_purpose,
    says,
    scan,
)

MINUTE = 60.0
PATIENCE = 120_000  # ms: the service has much to catch up with, on a machine that may be busy.


def drive(room: StoreRoom, page: Page, *, batch: int, dead_for: float) -> None:
    """Book the items in, so many in a batch, with the service killed for so many seconds. Raises AssertionError."""
    service = Killable(room.force.settings.instance, room.port)
    room.stop()
    service.start()
    try:
        room.sign_in(page)
        command(page, "BOOK_IN")
        batches = [room.codes[start : start + batch] for start in range(0, len(room.codes), batch)]
        died = 0.0
        for number, codes in enumerate(batches):
            book_in(room, page, codes)
            if number == len(batches) // 5:
                service.kill()  # With an act on its way.
                died = time.monotonic()
        says(page, "#line", "No network:")
        time.sleep(max(0.0, died + dead_for - time.monotonic()))
        service.start()
        network_is_back(page)
        expect(page.locator("#line")).to_contain_text("All sent", timeout=PATIENCE)
    finally:
        service.kill()
    check(room)


def book_in(room: StoreRoom, page: Page, codes: list[str]) -> None:
    """One batch, by scans alone."""
    scan(page, room.place)
    for row, code in enumerate(codes, 1):
        scan(page, code)
        has_rows(page, row)
    command(page, "CONFIRM")
    has_rows(page, 0)


def check(room: StoreRoom) -> None:
    """Each item is booked in once, and the device's numbers are in the order of the scans."""
    with room.force.services.store.read() as work:
        events = [work.ledger.events_of(room.register_no(code)) for code in room.codes]
    booked = [[event.envelope for event in of_one if event.kind == "book_in"] for of_one in events]
    assert [len(of_one) for of_one in booked] == [1] * len(room.codes)
    numbers = [of_one[0].device_seq for of_one in booked]
    recorded = [of_one[0].recorded_at for of_one in booked]
    assert numbers == sorted(numbers, key=lambda number: number or 0)
    assert recorded == sorted(recorded)


def soak(items: int = 500, batch: int = 10, dead_for: float = MINUTE) -> None:
    """Five hundred scans, and a minute without a service."""
    program = machine.chromium_program()
    if program is None:
        print(f"not run: {machine.WITHOUT_CHROMIUM}")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        a_store_room(Path(folder), items=items) as room,
        running_chromium(program) as browser,
        visit(browser) as person,
    ):
        drive(room, room.open(person), batch=batch, dead_for=dead_for)
        refused_on_purpose(person, PIN_ASKED, "net::ERR_")
    print(f"{items} scans in batches of {batch}, the service dead for {dead_for:.0f} s: each recorded once, in order.")
