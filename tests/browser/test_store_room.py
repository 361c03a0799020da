"""The store-room page from badge to ledger, with a handheld, keys and fingers, in a real Chromium."""

from playwright.sync_api import Page, expect

from labels import payload
from labels.payload import COMMANDS
from tests.support.force import PIN
from tests.support.store_room import (
    PATIENCE,
    StoreRoom,
    by_hand,
    command,
    has_rows,
    says,
    scan,
)


def book_in(room: StoreRoom, page: Page) -> None:
    command(page, "BOOK_IN")
    scan(page, room.place)
    for number, code in enumerate(room.codes, 1):
        scan(page, code)
        has_rows(page, number)
    command(page, "CONFIRM")
    says(page, "#message", "3 items are recorded.")


def test_three_items_are_booked_in_from_badge_to_ledger_with_keys_alone(room, visit):
    page = room.open(visit)

    room.sign_in(page)
    book_in(room, page)

    assert [room.where(code) for code in room.codes] == ["at Ilford transit store, bay 2"] * 3
    assert [room.events(code)[-1] for code in room.codes] == ["book_in"] * 3
    says(page, "#done", "booked AB/1 into Ilford transit store, bay 2")
    says(page, "#line", "All sent")


def test_each_row_shows_what_would_be_recorded_before_it_is(room, bench):
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])

    says(bench, "#rows li", "Will be recorded:")
    says(bench, "#rows li", "booked AB/1 into Ilford transit store, bay 2")
    says(bench, "#where", "Ilford transit store, bay 2")
    assert "book_in" not in room.events(room.codes[0])


def test_the_newest_row_is_on_top_and_undo_takes_it_back(room, bench):
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])
    scan(bench, room.codes[1])
    has_rows(bench, 2)

    says(bench, "#rows li:first-child", "2. AB/2")
    command(bench, "UNDO")

    has_rows(bench, 1)
    says(bench, "#rows li:first-child", "1. AB/1")


def test_the_next_place_commits_the_batch_before_it(room, bench):
    safe = room.force.place_code(room.force.safe)
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])
    has_rows(bench, 1)

    scan(bench, safe)
    says(bench, "#where", "safe")
    scan(bench, room.codes[1])
    command(bench, "CONFIRM")

    expect(bench.locator("#done .act")).to_have_count(2, timeout=PATIENCE)
    says(bench, "#done .act:first-child", "Recorded")
    assert room.where(room.codes[0]).endswith("bay 2")
    assert room.where(room.codes[1]).endswith("safe")


def test_stop_waits_until_it_is_acknowledged(room, bench):
    stranger = payload.issue(payload.CodeType.ITEM, lambda size: bytes([3] * size))
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, stranger)
    says(bench, "#stop", "was never issued here")

    scan(bench, room.codes[0])
    says(bench, "#stop", "One scan since then was not taken")
    has_rows(bench, 1)
    command(bench, "CONFIRM")

    expect(bench.locator("#stop")).to_be_hidden()
    says(bench, "#rows li", "Refused:")
    expect(bench.locator("#done .act")).to_have_count(0)


def test_a_refused_row_stays_in_sight_until_it_is_noted(room, bench):
    stranger = payload.issue(payload.CodeType.ITEM, lambda size: bytes([4] * size))
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, stranger)
    bench.locator("#stop-seen").click()
    command(bench, "CONFIRM")
    says(bench, "#odd", "Exceptions: 1")

    bench.reload()
    says(bench, "#odd", "was never issued here")
    bench.get_by_role("button", name="Noted").click()

    expect(bench.locator("#odd")).to_be_hidden()


def test_a_wrong_seal_stops_before_anything_is_recorded(room, bench):
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, room.codes[0])
    has_rows(bench, 1)
    bench.locator("#seal-last").click()

    scan(bench, "S999X")

    says(bench, "#stop", "The seal on AB/1 reads S999X")
    says(bench, "#rows li", "Seal read: S999X")


def test_items_are_signed_out_to_somebody_who_proves_who_they_are(room, bench):
    book_in(room, bench)
    command(bench, "SIGN_OUT")
    scan(bench, room.codes[0])
    has_rows(bench, 1)

    scan(bench, room.force.badge("officer"))
    says(bench, "#question", "The receiver enters their own PIN.")
    by_hand(bench, PIN)
    says(bench, "#question", "Enter what the items are signed out for.")
    by_hand(bench, "Court")
    says(bench, "#question", "due back")
    bench.get_by_role("button", name="In 7 days").click()
    says(bench, "#where", "Officer")
    says(bench, "#rows li", "Will be recorded:")
    command(bench, "CONFIRM")

    says(bench, "#message", "AB/1 is recorded.")
    assert room.where(room.codes[0]) == "with PC 4507 Officer"


def test_items_are_submitted_with_number_and_authority(room, bench):
    book_in(room, bench)
    room.sign_in(bench, room.force.badge("submissions"), who="Submissions")
    command(bench, "SUBMIT")
    says(bench, "#next", "Scan the laboratory or courier.")
    scan(bench, room.force.place_code(room.force.lab))

    says(bench, "#question", "Scan or enter the submission number.")
    by_hand(bench, "FS/1/26")
    says(bench, "#question", "Enter who authorised the submission.")
    by_hand(bench, "DI Inspector")
    expect(bench.locator("#question")).to_be_hidden()
    scan(bench, room.codes[0])
    says(bench, "#rows li", "AB/1")
    command(bench, "CONFIRM")

    says(bench, "#message", "AB/1 is recorded.")
    says(bench, "#done .act:first-child", "SUBMIT, Northern Forensics")
    assert "Northern Forensics" in room.where(room.codes[0])


def test_a_code_is_typed_with_hyphens_and_look_alikes(room, bench):
    typed = payload.printed(room.codes[0]).lower().replace("0", "o").replace("1", "l")
    bench.locator("#code").focus()

    by_hand(bench, typed)

    has_rows(bench, 1)
    expect(bench.locator("#code")).to_have_value("")


def test_a_mistyped_code_is_said_and_changes_nothing(room, bench):
    bench.locator("#code").focus()

    by_hand(bench, room.codes[0][:-1] + ("A" if room.codes[0][-1] != "A" else "B"))

    says(bench, "#message", "was misread: its check character does not fit")
    has_rows(bench, 0)


def test_every_command_is_also_a_button(room, bench):
    scan(bench, room.codes[0])
    has_rows(bench, 1)
    for name in ("BOOK_IN", "MOVE", "SIGN_IN", "SIGHTING"):
        bench.locator(f"[data-command={name}]").click()
        expect(bench.locator("#doing")).to_have_text(name.replace("_", " "))

    bench.locator("[data-command=UNDO]").click()

    has_rows(bench, 0)
    assert bench.locator("[data-command]").count() == len(COMMANDS)


def test_the_three_tones_are_told_apart(room, bench):
    played = bench.evaluate(
        """async () => {
          const { Tones } = await import('/static/store-room/tones.js')
          const tones = new Tones()
          for (const tone of ['good', 'bad', 'stop', 'none']) tones.play(tone)
          return tones.played
        }"""
    )

    assert played == ["good", "bad", "stop"]
