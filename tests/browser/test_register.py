"""Registering a search in a real Chromium: with keys alone, with warnings while typing, at both widths."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from exhibits_app.services import labels
from tests.support.acted import acted
from tests.support.axe import accessibility_faults
from tests.support.blanks import declare
from tests.support.force import a_force
from tests.support.looks import faults_of
from tests.support.serving import served, sign_in_at

CONFLICT = "status of 409"  # The browser logs every refusal of the service as an error.


@pytest.fixture
def force(tmp_path):
    made = a_force(tmp_path)
    yield made
    made.services.store.close()


@pytest.fixture
def address(force):
    with served(force) as address:
        yield address


@pytest.fixture
def case(force, address):
    return force.case()


@pytest.fixture
def page(new_page, address):
    page = new_page()
    sign_in_at(page, address, "officer")
    return page


def references(force, case):
    with force.services.store.read() as work:
        return [ref for _, ref in work.items.references(case.id)]


def test_twenty_items_of_one_search_are_registered_and_labelled_without_the_mouse(force, address, case, page):
    page.goto(f"{address}/cases/{case.id}/register")
    page.locator("#found_at").focus()
    page.keyboard.type("12 Mill Lane, bedroom")
    page.keyboard.press("Enter")
    for number in range(1, 21):
        expect(page.locator("#rows [data-row]")).to_have_count(number)
        page.keyboard.type(f"Bag {number}")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type(f"SEAL{number}")
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#register-button")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("20 items registered")
    assert references(force, case) == [f"O/{number}" for number in range(1, 21)]
    page.get_by_role("button", name="Print their labels").press("Enter")
    expect(page.locator("h1")).to_have_text("Print 20 labels")
    page.get_by_role("button", name="Make the labels").press("Enter")
    expect(page.locator("h1")).to_have_text("Printing 1: 20 labels")


def test_a_look_alike_and_a_used_seal_are_warned_of_while_typing(force, address, case, page):
    force.items(case, 1)
    page.goto(f"{address}/cases/{case.id}/register")

    page.locator("#items-0-reference").fill("AB/01")
    page.locator("#items-0-seal").fill("s100")

    expect(page.locator("#items-0-reference-warning")).to_contain_text("AB/01 looks like AB/1")
    expect(page.locator("#items-0-seal-warning")).to_contain_text("Seal s100 is already recorded")
    expect(page.get_by_label("Keep both: this is another item")).to_be_visible()
    page.locator("#items-0-reference").fill("AB/2")
    expect(page.locator("#items-0-reference-warning")).to_be_empty()
    expect(page.get_by_label("Keep both: this is another item")).to_be_hidden()


def test_a_seal_typed_twice_on_the_page_is_warned_of(address, case, page):
    page.goto(f"{address}/cases/{case.id}/register")
    page.locator("#items-0-seal").fill("S7")
    page.locator("#items-0-description").fill("Phone")
    page.keyboard.press("Enter")

    page.locator("#items-1-seal").fill("S7")

    expect(page.locator("#items-1-seal-warning")).to_contain_text("Seal S7 is already on item 1 of this page.")


def test_references_follow_the_producer_until_one_is_typed_by_hand(force, address, case, page):
    page.goto(f"{address}/cases/{case.id}/register")
    page.locator("#items-0-description").fill("Phone")
    page.keyboard.press("Enter")
    page.locator("#items-1-reference").fill("XY/9")

    page.locator("#producer").fill("4510 super")
    page.locator("#producer").blur()

    expect(page.locator("#items-0-reference")).to_have_value("S/1")
    expect(page.locator("#items-1-reference")).to_have_value("XY/9")


def test_after_a_refusal_what_was_typed_is_there_and_the_summary_leads_to_the_field(force, address, case, new_visit):
    visit = new_visit()
    page = visit.page()
    sign_in_at(page, address, "officer")
    force.items(case, 1)
    page.goto(f"{address}/cases/{case.id}/register")
    page.locator("#items-0-description").fill("Phone")
    page.locator("#items-0-seal").fill("S100")
    page.keyboard.press("Control+Enter")

    link = page.get_by_role("link", name="Seal S100 is already recorded")
    link.wait_for()
    page.wait_for_load_state()  # The summary's script, which moves the focus, has run by then.
    link.press("Enter")

    expect(page.locator("#items-0-seal")).to_be_focused()
    expect(page.locator("#items-0-description")).to_have_value("Phone")
    assert accessibility_faults(page) == []
    visit.complaints[:] = [one for one in visit.complaints if CONFLICT not in one]


def test_on_a_phone_a_blank_label_is_read_into_the_row_in_hand_and_its_series_accounts_for_it(
    force, address, case, new_page
):
    _, (first, lost) = force.blanks(2)
    declare(force, 1, "2", "lost")
    page = sign_in_at(new_page(width=360), address, "officer")
    page.goto(f"{address}/cases/{case.id}/register")
    page.locator("#items-0-description").fill("Knife")
    page.locator("#items-0-label").fill(first)
    page.get_by_role("button", name="Add a row").click()
    page.locator("#items-1-label").fill(lost)

    expect(page.locator("#items-1-label-warning")).to_contain_text("STOP: label")
    expect(page.get_by_role("button", name="Scan the blank label of item 2")).to_be_visible()
    page.locator("#items-1-label").fill("")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Register the items").click()
    expect(page.locator("h1")).to_have_text("1 item registered")
    assert faults_of(page, address, ["/blank-labels", "/blank-labels/1", "/blank-labels/new"]) == []
    page.goto(f"{address}/blank-labels/1?state=used")
    expect(page.locator("tbody")).to_contain_text("O/1 in 01AB/1/26")


def test_without_script_rows_are_blank_ready_and_more_come_on_request(force, address, case, new_page):
    page = new_page(java_script_enabled=False)
    sign_in_at(page, address, "officer")
    page.goto(f"{address}/cases/{case.id}/register")
    for row in range(5):
        page.locator(f"#items-{row}-description").fill(f"Bag {row}")
    page.get_by_role("button", name="Add more rows").click()
    page.locator("#items-5-description").fill("Bag 5")
    page.get_by_role("button", name="Register the items").click()

    expect(page.locator("h1")).to_have_text("6 items registered")
    assert references(force, case) == [f"O/{number}" for number in range(1, 7)]


def test_the_pages_of_officers_meet_the_rules_and_fit_their_width(force, address, case, new_page):
    numbers = force.items(case, 3)
    codes = force.labels(numbers)
    acted(force, "BOOK_IN", codes, ["S100", "S101", "S102"], to=force.place_code(force.shelf))
    acted(force, "SIGHTING", codes[:1], ["S999"])
    last = force.items(case, 1, description="Ledger " + "w" * 300, reference="AB/9999999")
    printing = replace(force.services, read_labels_back=False)
    labels.print_item_labels(printing, force.person("officer"), last, "L7160")
    paths = [
        "/cases",
        "/cases/new",
        f"/cases/{case.id}",
        f"/cases/{case.id}/change",
        f"/cases/{case.id}/register",
        f"/cases/{case.id}/registered?item=1&item=4",
        "/labels?item=1&item=4",
        "/printing",
        "/printing/1",
        "/items/1",
        "/items/4",
        "/search?q=AB",
    ]

    assert faults_of(sign_in_at(new_page(), address, "officer"), address, paths) == []


def test_a_photograph_of_fifty_megabytes_is_refused_before_it_is_sent(force, address, case, page, tmp_path):
    force.items(case, 1)
    large = tmp_path / "IMG_1.jpg"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    page.goto(f"{address}/items/1")

    page.locator("#photograph").set_input_files(large)
    page.get_by_role("button", name="Add the photograph").press("Enter")

    expect(page.locator("#photograph-error")).to_contain_text("IMG_1.jpg is larger than 20 MB (it has 50 MB).")
    assert page.url == f"{address}/items/1"
    assert accessibility_faults(page) == []
