"""Who is at the store-room page: badge and PIN, turns, locking, and devices that are not or no longer enrolled."""

from datetime import timedelta

from playwright.sync_api import expect

from exhibits_app.services import devices
from tests.support.force import PIN
from tests.support.store_room import (
    PATIENCE,
    a_store_room,
    by_hand,
    command,
    has_rows,
    says,
    scan,
)


def test_a_wrong_pin_is_said_and_asked_for_again(room, visit):
    page = room.open(visit)
    scan(page, room.badge)
    says(page, "#question", "Enter your PIN.")

    by_hand(page, "999111")

    says(page, "#question-error", "The badge and PIN do not match.")
    expect(page.locator("#answer")).to_have_value("")
    expect(page.locator("#operator")).to_have_text("Nobody")


def test_a_pin_is_entered_on_the_big_keys(room, visit):
    page = room.open(visit)
    scan(page, room.badge)
    says(page, "#question", "Enter your PIN.")

    for digit in PIN:
        page.locator(f"[data-digit='{digit}']").click()
    page.locator("#question [type=submit]").click()

    says(page, "#operator", "Property Officer")


def test_colleagues_take_turns_with_one_scan(room, visit):
    page = room.open(visit)
    other = room.force.badge("administrator")
    room.sign_in(page)
    room.sign_in(page, other, who="Administrator")

    scan(page, room.badge)

    says(page, "#operator", "Property Officer")
    expect(page.locator("#question")).to_be_hidden()


def test_an_idle_operator_is_locked_out_until_badge_and_pin(tmp_path, visit):
    with a_store_room(tmp_path, idle=timedelta(seconds=2)) as room:
        page = room.open(visit)
        scan(page, room.badge)
        says(page, "#question", "Enter your PIN.")
        by_hand(page, PIN)
        expect(page.locator("#operator")).to_have_text("Locked", timeout=PATIENCE)

        scan(page, room.badge)

        says(page, "#question", "Enter your PIN.")


def test_a_locked_turn_stays_locked_after_a_reload(room, bench):
    bench.locator("#lock").click()
    expect(bench.locator("#operator")).to_have_text("Locked")

    bench.reload()
    says(bench, "#line", "All sent")
    scan(bench, room.badge)

    says(bench, "#question", "Enter your PIN.")


def test_a_device_that_is_not_enrolled_is_told_how_to_be(room, page):
    page.goto(f"{room.url}/store-room")

    says(page, "main", "This device is not enrolled.")
    says(page, "main", "an administrator signs in with this browser, opens Devices")


def test_a_revoked_device_is_told_so_and_keeps_its_scans(room, bench, visit):
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])
    has_rows(bench, 1)
    devices.revoke(room.force.services, room.force.person("administrator"), 1)

    command(bench, "CONFIRM")

    says(bench, "#line", "has been revoked")
    says(bench, "#line", "1 scan kept on this device")
    assert "book_in" not in room.events(room.codes[0])
