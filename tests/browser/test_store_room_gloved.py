"""Two people, seals, boxes of questions: the custody events of gloved hands on the store-room page, by keys alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import accessibility_faults
from tests.support.chromium import Visit
from tests.support.force import PIN
from tests.support.store_room import (
    PATIENCE,
    PIN_ASKED,
    StoreRoom,
    by_hand,
    command,
    has_rows,
    refused_on_purpose,
    says,
    scan,
)

ITEMS = 2

CUT_OFF = """[...document.querySelectorAll('button, summary, dialog')].filter(one =>
  one.checkVisibility() && one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 120))"""


def an_item(room: StoreRoom, **given: str) -> str:
    """The label of one more item."""
    case = room.force.case(reference="01AB/2/26")
    return room.force.labels(room.force.items(case, **({"seal": "S500"} | given)))[0]


def book_in(room: StoreRoom, page: Page, code: str) -> None:
    command(page, "BOOK_IN")
    scan(page, room.place)
    scan(page, code)
    says(page, "#rows", "Will be recorded:")
    command(page, "CONFIRM")
    says(page, "#message", "is recorded.")


def test_cash_is_booked_in_by_two_with_keys_alone(room, bench):
    cash = an_item(room, category="CASH", description="Cash")
    command(bench, "BOOK_IN")
    scan(bench, room.force.place_code(room.force.safe))
    scan(bench, cash)
    says(bench, "#message", "a witness must sign in with their own badge and PIN.")
    says(bench, "#next", "A witness scans their own badge.")
    says(bench, "#rows li", "Needed:")
    expect(bench.locator("#stop")).to_be_hidden()

    scan(bench, room.force.badge("exhibits_officer"))
    says(bench, "#question", "The witness enters their own PIN.")
    by_hand(bench, PIN)
    says(bench, "#question", "Count or weigh it together")
    by_hand(bench, "240.00 in notes")
    says(bench, "#rows li", "Will be recorded:")
    says(bench, "#rows li", "Counted: 240.00 in notes")
    says(bench, "#witness", "Witness: PC 4516 Exhibits Officer")
    command(bench, "CONFIRM")

    says(bench, "#message", "is recorded.")
    expect(bench.locator("#witness")).to_be_hidden()
    assert room.events(cash)[-1] == "book_in"


def test_the_operator_is_no_witness_and_a_colleague_is_not_one_without_a_pin(room, bench):
    colleague = room.force.badge("exhibits_officer")
    room.sign_in(bench, colleague, who="Exhibits Officer")
    scan(bench, room.badge)
    says(bench, "#operator", "Property Officer")
    command(bench, "BOOK_IN")
    scan(bench, room.force.place_code(room.force.safe))
    scan(bench, an_item(room, category="CASH"))
    says(bench, "#message", "A witness scans their own badge.")

    scan(bench, room.badge)
    says(bench, "#message", "You cannot witness your own act")
    scan(bench, colleague)

    says(bench, "#question", "The witness enters their own PIN.")


def test_without_a_witness_nothing_of_it_is_recorded_and_it_stays_in_sight(room, bench):
    cash = an_item(room, category="CASH")
    command(bench, "BOOK_IN")
    scan(bench, room.force.place_code(room.force.safe))
    scan(bench, cash)
    says(bench, "#next", "A witness scans their own badge.")

    command(bench, "CONFIRM")
    says(bench, "#message", "Without a witness: what needs one will be refused.")
    bench.locator("[data-command=CONFIRM]").click()

    says(bench, "#stop", "a witness must sign in with their own badge and PIN.")
    says(bench, "#odd", "Exceptions: 1")
    assert "book_in" not in room.events(cash)


def test_a_place_that_does_not_suit_is_kept_for_a_reason(room, bench):
    swab = an_item(room, category="BIO")
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, swab)
    says(bench, "#question", "Scan another place, or enter why it goes here all the same.")

    by_hand(bench, "The freezer is full")
    says(bench, "#rows li", "Will be recorded:")
    command(bench, "CONFIRM")

    says(bench, "#message", "is recorded.")
    assert room.where(swab).endswith("bay 2")


def test_another_place_in_its_stead_needs_no_reason(room, bench):
    swab = an_item(room, category="BIO")
    command(bench, "BOOK_IN")
    scan(bench, room.place)
    scan(bench, swab)
    says(bench, "#question", "Scan another place")

    scan(bench, room.force.place_code(room.force.safe))

    expect(bench.locator("#question")).to_be_hidden()
    says(bench, "#where", "safe")
    says(bench, "#rows li", "Will be recorded:")
    has_rows(bench, 1)


def test_an_item_is_opened_with_a_button_for_the_reason_and_sealed_by_a_scan_of_the_bag(room, bench):
    code = room.codes[0]
    book_in(room, bench, code)
    command(bench, "OPEN")
    says(bench, "#question", "Enter why they are opened.")
    bench.get_by_role("button", name="Examination").click()
    scan(bench, code)
    says(bench, "#rows", "Will be recorded:")
    command(bench, "CONFIRM")
    says(bench, "#message", "AB/1 is recorded.")

    command(bench, "SEAL")
    scan(bench, code)
    says(bench, "#question", "Enter or scan the number on the new seal.")
    scan(bench, "NEW77")
    says(bench, "#rows li", "New seal: NEW77")
    says(bench, "#rows li", "Will be recorded:")
    command(bench, "CONFIRM")

    says(bench, "#done .act:first-child", "Recorded 1 item: SEAL")
    says(bench, "#done .act:first-child", "New seal: NEW77")
    assert room.events(code)[-2:] == ["open", "seal"]


def test_items_are_offered_to_a_badge_and_accepted_by_its_owner(room, bench):
    code = room.codes[0]
    giver, taker = room.force.badge("officer"), room.force.badge("other")
    room.sign_in(bench, giver, who="Officer")
    command(bench, "OFFER")
    says(bench, "#message", "Scan the badge of the person whom you offer them to.")
    scan(bench, taker)
    says(bench, "#where", "PC 4505 Other")
    scan(bench, code)
    says(bench, "#rows", "Will be recorded:")
    command(bench, "CONFIRM")
    says(bench, "#done .act:first-child", "Recorded 1 item: OFFER, PC 4505 Other")
    assert room.where(code) == "with PC 4507 Officer"

    room.sign_in(bench, taker, who="Other")
    command(bench, "ACCEPT")
    scan(bench, code)
    says(bench, "#rows", "Will be recorded:")
    command(bench, "CONFIRM")

    says(bench, "#done .act:first-child", "Recorded 1 item: ACCEPT")
    assert room.where(code) == "with PC 4505 Other"


def test_two_people_sign_an_item_out_together(room, bench):
    code = room.codes[0]
    book_in(room, bench, code)
    command(bench, "SIGN_OUT")
    for step, who in (("SIGN_OUT", "officer"), ("TOGETHER", "other")):
        if step == "TOGETHER":
            command(bench, step)
            says(bench, "#message", "The second receiver scans their own badge.")
        scan(bench, room.force.badge(who))
        says(bench, "#question", "own PIN.")
        by_hand(bench, PIN)
        says(bench, "#where", who.title())
        if step == "SIGN_OUT":
            says(bench, "#question", "Enter what the items are signed out for.")
            by_hand(bench, "Court")
            says(bench, "#question", "due back")
            by_hand(bench, "7")
            expect(bench.locator("#question")).to_be_hidden(timeout=PATIENCE)
    scan(bench, code)
    says(bench, "#rows", "Will be recorded:")
    command(bench, "CONFIRM")

    says(bench, "#done .act:first-child", "SIGN OUT, PC 4507 Officer and PC 4505 Other")


def test_the_questions_and_all_commands_are_accessible(room, new_visit: Callable[..., Visit]):
    visit = new_visit(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = room.open(visit)
    room.sign_in(page)
    page.get_by_text("More commands").click()
    faults = accessibility_faults(page)
    assert page.evaluate(CUT_OFF) == []
    command(page, "OPEN")
    says(page, "#question", "Enter why they are opened.")
    faults += accessibility_faults(page)
    assert page.evaluate(CUT_OFF) == []
    command(page, "BOOK_IN")
    scan(page, room.force.place_code(room.force.safe))
    scan(page, an_item(room, category="CASH"))
    says(page, "#rows li", "Needed:")
    faults += accessibility_faults(page)
    scan(page, room.force.badge("exhibits_officer"))
    says(page, "#question", "The witness enters their own PIN.")
    faults += accessibility_faults(page)
    by_hand(page, PIN)
    says(page, "#question", "Count or weigh it together")
    faults += accessibility_faults(page)

    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    refused_on_purpose(visit, PIN_ASKED)
