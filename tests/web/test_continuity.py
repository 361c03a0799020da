"""The pages of continuity reports, gaps and papers for court: at an old head they are the same to the byte."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.acted import acted
from tests.support.force import sign_in
from tests.support.ledger import SigningForce, a_signing_force
from tests.support.pages import fetch, text_of


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    """A force whose ledger signs, with two items of a case booked in below its newest head."""
    made = a_signing_force(tmp_path)
    made.items(2)
    force = made.force
    acted(force, "BOOK_IN", force.labels([1, 2]), to=force.place_code(force.shelf))
    made.checkpoint()
    yield made
    made.services.store.close()


def browser(signing: SigningForce, name: str = "officer") -> Any:
    """A test client signed in as this person."""
    client = signing.force.app().test_client()
    sign_in(client, name)
    return client


def report(client: Any, address: str) -> str:
    """The report's own HTML, without what stands around it."""
    (found,) = re.findall(r'<article class="report">.*</article>', fetch(client, address).html, re.DOTALL)
    return str(found)


def later(signing: SigningForce) -> None:
    """More acts, more items and a newer head."""
    force = signing.force
    with force.services.store.read() as work:
        code = work.items.find(1).exhibit.code
    acted(force, "MOVE", [code or ""], to=force.place_code(force.safe))
    signing.items(1)
    force.clock.move(days=100)
    signing.checkpoint()


@pytest.mark.parametrize("address", ["/items/1/continuity", "/cases/1/continuity", "/cases/1/exhibit-list"])
def test_the_page_of_a_report_at_an_old_head_is_the_same_to_the_byte(signing: SigningForce, address: str) -> None:
    size = signing.tree_size()
    before = report(browser(signing), address)

    later(signing)
    client = browser(signing)

    assert report(client, f"{address}?head={size}") == before
    assert report(client, address) != before


@pytest.mark.parametrize(
    "address",
    [
        "/items/1/continuity.pdf",
        "/items/1/continuity.json",
        "/cases/1/continuity.pdf",
        "/cases/1/continuity.json",
        "/cases/1/exhibit-list.pdf",
        "/cases/1/exhibit-list.csv",
        "/cases/1/statement/1.pdf",
    ],
)
def test_a_file_at_an_old_head_is_the_same_to_the_byte(signing: SigningForce, address: str) -> None:
    size = signing.tree_size()
    before = browser(signing).get(address, buffered=True)

    later(signing)

    assert before.status_code == 200
    assert browser(signing).get(f"{address}?head={size}", buffered=True).data == before.data


def test_the_page_says_what_is_newer_than_its_head_and_offers_the_others(signing: SigningForce) -> None:
    size = signing.tree_size()
    later(signing)

    page = fetch(browser(signing), f"/items/1/continuity?head={size}")

    assert "1 newer entry about this item is not below this head" in page.text
    assert page.value("head") == str(size)
    assert len(list(page.field("head").iter("option"))) == 2


def test_a_report_says_where_it_was_for_all_of_the_time(signing: SigningForce) -> None:
    page = fetch(browser(signing), "/items/1/continuity")

    assert page.h1 == "Continuity of AB/1 in 01AB/1/26"
    assert "Every instant of 1 hour from the seizure until" in page.text
    assert "Property store" in page.text
    assert "cannot show that a physical movement was recorded at all" in page.text


def test_a_case_report_comes_in_parts_with_how_far_it_is(signing: SigningForce) -> None:
    signing.items(23)
    signing.checkpoint()
    client = browser(signing)

    answer = client.get("/cases/1/continuity")
    parts = [part.decode() for part in answer.iter_encoded()]
    answer.close()

    told = [re.findall(r"(\d+ of \d+) exhibits", part) for part in parts]
    assert told == [[], ["10 of 25"], ["20 of 25"], [], []]
    assert fetch(client, "/cases/1/continuity").h1 == "Continuity of the exhibits in 01AB/1/26"


def test_json_of_a_case_has_a_line_for_each_exhibit(signing: SigningForce) -> None:
    lines = browser(signing).get("/cases/1/continuity.json").text.splitlines()

    assert [json.loads(line)["register_no"] for line in lines] == [1, 2]


def test_gaps_of_a_case_are_told_with_how_long_and_between_whom(signing: SigningForce) -> None:
    signing.force.clock.move(days=100)

    page = fetch(browser(signing), "/cases/1/gaps")

    assert [text_of(one) for one in page.all("h2")][:2] == ["AB/1 in 01AB/1/26, no. 1", "AB/2 in 01AB/1/26, no. 2"]
    assert "Not seen for too long" in page.text
    assert "100 days" in page.text


def test_an_auditor_is_told_of_gaps_in_a_store_without_the_case_s_content(signing: SigningForce) -> None:
    signing.force.clock.move(days=100)

    page = fetch(browser(signing, "auditor"), f"/stores/{signing.force.store.id}/gaps")

    assert "Item 1" in page.text
    assert "AB/1" not in page.text
    assert "01AB/1/26" not in page.text
    assert "Item 1" in fetch(browser(signing, "auditor"), "/items/1/gaps").text


def test_of_a_restricted_case_s_item_nothing_but_kind_and_times_is_told(signing: SigningForce) -> None:
    force = signing.force
    case = force.case(reference="01AB/2/26", restricted=True)
    (number,) = force.items(case, seal="")
    acted(force, "BOOK_IN", force.labels([number]), to=force.place_code(force.shelf))
    force.clock.move(days=100)

    page = fetch(browser(signing, "auditor"), f"/stores/{force.store.id}/gaps")

    assert f"Item {number}, of a restricted case" in page.text
    assert f"Item {number}, recorded at" not in page.text
    assert f"/items/{number}" not in page.html
    assert browser(signing, "auditor").get(f"/items/{number}/gaps").status_code == 404


def test_while_scans_are_unsent_nothing_is_concluded_from_silence(signing: SigningForce) -> None:
    force = signing.force
    with force.services.store.read() as work:
        code = work.items.find(1).exhibit.code
    device, _token = force.device()
    force.services.store.write(lambda work: work.devices.seen(device, force.clock.at, 7, 0))
    force.clock.move(days=100)

    page = fetch(browser(signing), "/cases/1/gaps")

    assert code
    assert "Scans made on Ilford bench 1 have not arrived yet" in page.text
    assert "2 conclusions are held back" in page.text
    assert "Not seen for too long" not in page.text


def test_the_exhibit_list_has_a_row_for_each_exhibit(signing: SigningForce) -> None:
    page = fetch(browser(signing), "/cases/1/exhibit-list")

    assert page.h1 == "Exhibit list, 01AB/1/26"
    assert [text_of(next(row.iter("td"))) for row in page.all("tr") if list(row.iter("td"))] == ["AB/1", "AB/2"]


def test_no_cell_of_the_list_is_a_formula_in_a_spreadsheet(signing: SigningForce) -> None:
    assert signing.case
    signing.force.items(signing.case, description='=HYPERLINK("http://x","y")')
    signing.checkpoint()

    told = browser(signing).get("/cases/1/exhibit-list.csv").data.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(told)))
    assert rows[3][1] == '\'=HYPERLINK("http://x","y")'


def test_a_statement_is_drafted_in_the_first_person_for_who_is_chosen(signing: SigningForce) -> None:
    client = browser(signing)

    choose = fetch(client, "/cases/1/statement")
    page = fetch(client, f"/cases/1/statement?person={signing.force.people['property_officer'].id}")

    assert "Choose a handler" in choose.text
    assert page.h1 == "Witness statement of 4516 Property Officer"
    assert "I booked AB/1 into Ilford transit store, bay 2" in page.text
    assert "DRAFT" in page.text
    assert "I shall be liable to prosecution" in page.text


def test_nobody_who_handled_nothing_has_a_statement(signing: SigningForce) -> None:
    nobody = signing.force.people["auditor"].id

    assert browser(signing).get(f"/cases/1/statement?person={nobody}").status_code == 404


def test_the_item_and_the_case_lead_to_their_reports(signing: SigningForce) -> None:
    client = browser(signing)

    assert fetch(client, "/items/1").links["Continuity report"] == "/items/1/continuity"
    assert fetch(client, "/cases/1").links["Exhibit list (MG12)"] == "/cases/1/exhibit-list"


def test_a_head_that_was_never_signed_is_refused_with_what_to_do(signing: SigningForce) -> None:
    page = fetch(browser(signing), "/items/1/continuity?head=1", status=409)

    assert "Choose one from the list of checkpoints" in page.text
