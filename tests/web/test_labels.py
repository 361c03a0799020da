"""Printing labels through the pages: one code a printing, and a PDF that can be opened again."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from labels import payload
from tests.support.force import sign_in
from tests.support.pages import fetch, send


@pytest.fixture
def case(force):
    return force.case()


def a_print(*items, **given):
    return {"item": list(items), "stock": "L7160", "start_at": "1"} | given


def code_of(force, register_no):
    """The code of the newest label of the item, whether anybody has scanned it or not."""
    with force.services.store.read() as work:
        printed = work.labels.printed_of("E", register_no)
        return printed[0].code if printed else work.items.find(register_no).exhibit.code


def pdf_of(client, page):
    return client.get(page.links["Open the PDF to print"])


@pytest.mark.parametrize(("stock", "size"), [("L7160", (210, 297)), ("thermal-100x50", (100, 50))])
def test_the_labels_are_a_pdf_of_the_stock_with_the_code_on_it(force, officer, case, stock, size):
    force.items(case, 2)

    answer = pdf_of(officer, send(officer, "/labels", a_print(1, 2, stock=stock)))

    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    millimetres = [round(float(length) * 25.4 / 72) for length in (pages[0].mediabox.width, pages[0].mediabox.height)]
    assert millimetres == list(size)
    words = "".join(page.extract_text() for page in pages)
    assert payload.printed(code_of(force, 1)) in words
    assert payload.printed(code_of(force, 2)) in words


def test_opening_the_pdf_again_issues_no_code_and_revokes_none(force, officer, case):
    force.items(case)
    page = send(officer, "/labels", a_print(1))
    code = code_of(force, 1)

    first, second = pdf_of(officer, page), pdf_of(officer, page)

    assert first.data == second.data
    assert code_of(force, 1) == code


def test_the_pdf_opens_in_the_browser_or_is_saved(force, officer, case):
    force.items(case)
    page = send(officer, "/labels", a_print(1))

    assert pdf_of(officer, page).headers["Content-Disposition"].startswith("inline")
    assert officer.get(page.links["Save it as a file"]).headers["Content-Disposition"].startswith("attachment")


def test_a_reprint_says_that_the_old_label_is_good_until_then_and_asks_why(force, officer, case):
    force.items(case)
    old = force.labels([1])[0]

    page = fetch(officer, fetch(officer, "/items/1").links["Print a new label"])
    refused = send(officer, "/labels", a_print(1), status=422)
    done = send(officer, "/labels", a_print(1, again_reason="damaged", again_words="torn"))

    assert "AB/1 has a label. It stays good until the new one is scanned" in page.text
    assert refused.summary == [("again_reason", "Enter why the label is printed again.")]
    assert "The label is damaged: torn." in done.text
    assert f"to replace label {old} once it is scanned" in fetch(officer, "/items/1").text


def test_a_label_that_nobody_has_scanned_is_told_on_the_case_page(force, officer, case):
    force.items(case)
    send(officer, "/labels", a_print(1))

    fresh = fetch(officer, f"/cases/{case.id}").text
    force.clock.move(hours=5)
    sign_in(officer, "officer")
    late = fetch(officer, f"/cases/{case.id}").text

    assert ("printed, not yet scanned" in fresh, "Printed, not yet scanned" in fresh) == (True, False)
    assert "Printed, not yet scanned" in late


def test_all_items_that_have_no_label_yet_are_one_link_away(force, officer, case):
    force.items(case, 3)
    force.labels([2])

    page = fetch(officer, fetch(officer, f"/cases/{case.id}").links["Print labels for all items that have none yet"])

    assert page.h1 == "Print 2 labels"
    assert [one.get("value") for one in page.all("input") if one.get("name") == "item"] == ["1", "3"]


def test_without_any_item_the_page_says_where_to_choose_them(officer):
    assert "No item was chosen, or every item has its label." in fetch(officer, "/labels").text


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"stock": ""}, "stock", "Choose the label stock from the list."),
        ({"start_at": "22"}, "start_at", "Enter the first free label as a whole number from 1 to 21."),
        ({"start_at": "first"}, "start_at", "Enter the first free label as a whole number from 1 to 21."),
        ({"start_at": ""}, "start_at", "Enter the first free label."),
    ],
)
def test_a_sheet_that_cannot_be_started_so_issues_no_code(force, officer, case, given, field, sentence):
    force.items(case)

    page = send(officer, "/labels", a_print(1, **given), status=422)

    assert page.summary == [(field, sentence)]
    assert code_of(force, 1) is None


def test_a_used_sheet_is_started_at_the_label_that_was_typed(force, officer, case):
    force.items(case, 2)

    answer = pdf_of(officer, send(officer, "/labels", a_print(1, 2, start_at="21")))

    assert len(PdfReader(BytesIO(answer.data)).pages) == 2


def test_items_of_a_case_that_is_not_theirs_are_printed_by_nobody_else(force, client_of):
    force.items(force.case(restricted=True))
    other = client_of("exhibits_officer")

    fetch(other, "/labels?item=1", status=404)
    send(other, "/labels", a_print(1), status=404)

    assert code_of(force, 1) is None


def test_a_printing_is_opened_by_whoever_made_it_alone(force, officer, client_of, case):
    force.items(case)
    address = send(officer, "/labels", a_print(1)).links["Open the PDF to print"]

    assert client_of("exhibits_officer").get(address).status_code == 404
