"""When the network or the service is gone the store room works on, says so, and loses and doubles nothing."""

from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from benchmarks.page_outage import drive
from tests.support.store_room import (
    PATIENCE,
    StoreRoom,
    command,
    has_rows,
    network_is_back,
    says,
    scan,
)

ITEMS = 12
EXPECTED = ("net::ERR_",)  # Nobody listens.


def batch(room: StoreRoom, page: Page, kind: str, codes: list[str]) -> None:
    command(page, kind)
    scan(page, room.place)
    for number, code in enumerate(codes, 1):
        scan(page, code)
        has_rows(page, number)
    command(page, "CONFIRM")
    has_rows(page, 0)


def acts_in_order(room: StoreRoom) -> list[tuple[int, str]]:
    """Device sequence and kind of every movement in the ledger, in the order in which they were recorded."""
    with room.force.services.store.read() as work:
        events = [event for code in room.codes for event in work.ledger.events_of(room.register_no(code))]
    moved = {(e.envelope.recorded_at, e.envelope.device_seq, e.kind) for e in events if e.envelope.act}
    return [(int(seq or 0), kind) for _, seq, kind in sorted(moved) if kind in {"book_in", "move", "sighting"}]


def test_what_is_scanned_during_an_outage_is_recorded_once_and_in_order(room, bench):
    room.stop()
    for start in (0, 4, 8):
        batch(room, bench, "BOOK_IN", room.codes[start : start + 4])
    batch(room, bench, "SIGHTING", room.codes[:4])
    says(bench, "#line", "No network: 16 scans kept on this device")
    says(bench, "#done", "Kept on this device")

    room.start()
    network_is_back(bench)

    says(bench, "#line", "All sent")
    assert [room.events(code).count("book_in") for code in room.codes] == [1] * 12
    kinds = acts_in_order(room)
    assert [kind for _, kind in kinds] == ["book_in"] * 3 + ["sighting"]
    assert [seq for seq, _ in kinds] == sorted({seq for seq, _ in kinds})
    expect(bench.locator("#done .act", has_text="Recorded")).to_have_count(4, timeout=PATIENCE)
    expect(bench.locator("#odd")).to_be_hidden()


def test_scans_while_the_service_is_killed_are_recorded_once_and_in_order(room, visit):
    """Five hundred of them, and a whole minute, in make bench-soak."""
    room.codes = room.codes[:6]

    drive(room, room.open(visit), batch=2, dead_for=0)


def test_an_act_whose_answer_was_lost_is_not_recorded_twice(room, bench):
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    bench.route("**/api/v1/acts", lose_the_first)

    batch(room, bench, "BOOK_IN", room.codes[:2])

    says(bench, "#line", "All sent")
    says(bench, "#done .act", "Recorded 2 items")
    assert '"status":"recorded"' in lost[0].replace(" ", "")
    assert [room.events(code).count("book_in") for code in room.codes[:2]] == [1, 1]


def test_what_was_kept_is_sent_after_the_browser_was_closed(room, visit, bench):
    room.stop()
    batch(room, bench, "BOOK_IN", room.codes[:3])
    says(bench, "#line", "3 scans kept on this device")
    bench.close()

    room.start()
    page = room.open(visit)

    says(page, "#line", "All sent")
    assert [room.events(code).count("book_in") for code in room.codes[:3]] == [1] * 3


def test_rows_that_could_not_be_checked_are_checked_when_the_service_is_back(room, bench):
    room.stop()
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])
    says(bench, "#rows li", "Not checked: no network.")

    room.start()
    network_is_back(bench)

    says(bench, "#rows li", "Will be recorded:")


def test_whoever_is_live_here_can_be_switched_to_without_the_network(room, visit, bench):
    room.sign_in(bench, room.force.badge("administrator"), who="Administrator")
    other = room.force.badge("officer")
    room.stop()

    scan(bench, room.badge)
    says(bench, "#operator", "Property Officer")
    scan(bench, other)

    says(bench, "#message", "No network: a PIN cannot be checked now.")


def test_closing_the_page_is_asked_about_while_a_batch_is_open(room, bench):
    asked = []
    bench.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    command(bench, "BOOK_IN")
    scan(bench, room.codes[0])
    has_rows(bench, 1)

    bench.reload()

    assert asked == ["beforeunload"]


def test_the_clock_of_the_device_is_corrected(room, visit):
    visit.context.add_init_script("const now = Date.now; Date.now = () => now() - 3600_000")
    page = room.open(visit)
    room.sign_in(page)

    batch(room, page, "BOOK_IN", room.codes[:1])
    says(page, "#done", "Recorded")

    with room.force.services.store.read() as work:
        event = work.ledger.events_of(room.register_no(room.codes[0]))[-1]
    slow = timedelta(milliseconds=event.envelope.clock_offset_ms or 0)
    assert timedelta(minutes=59) < slow < timedelta(minutes=61)
    assert abs(event.envelope.corrected - event.envelope.recorded_at) < timedelta(minutes=1)
