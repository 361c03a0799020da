"""The tree of places, adding to it, printing its labels, and the sheet of commands."""

import pytest

from exhibits_app.services.ports import Scope
from tests.support.acted import acted
from tests.support.pages import fetch, send
from tests.support.words import words


@pytest.fixture
def administrator(client_of):
    return client_of("administrator")


def places(page):
    return [words(row) for row in page.of_class("admin-table")[0].iter("tr")][1:]


def test_places_stand_below_what_they_are_in_and_organisations_come_last(administrator):
    assert places(fetch(administrator, "/places")) == [
        "Central store Store Close Central store",
        "Ilford transit store Store Close Ilford transit store",
        "bay 2 Bay Close Ilford transit store, bay 2",
        "safe Shelf a fridge or freezer, a firearms cabinet, a safe Close Ilford transit store, safe",
        "Forensic courier Carrier",
        "Northern Crown Court Court",
        "Northern Forensics Lab",
    ]


def test_a_shelf_is_added_below_its_bay_with_what_it_suits(force, administrator):
    form = {"name": "shelf 3", "kind": "shelf", "parent": str(force.shelf.id), "suits": ["safe", "cold"]}

    page = send(administrator, "/places", form)

    assert "Ilford transit store, bay 2, shelf 3 is added." in words(page)
    assert "shelf 3 Shelf a fridge or freezer, a safe Close Ilford transit store, bay 2, shelf 3" in places(page)


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"name": "", "kind": "store"}, "name", "Enter a name for the place."),
        ({"name": "x", "kind": "moon"}, "kind", "Choose the kind of place from the list."),
        ({"name": "x", "kind": "bay"}, "parent", "Choose the store or room that the place is in from the list."),
        ({"name": "x", "kind": "bay", "parent": "5"}, "parent", "Choose the store or room that the place is in"),
        ({"name": "x" * 10_000, "kind": "store"}, "name", "Shorten it."),
    ],
)
def test_what_is_wrong_with_a_place_is_said_beside_its_field(administrator, form, field, sentence):
    page = send(administrator, "/places", form, status=422)

    assert sentence in page.error_at(field)
    assert len(places(page)) == 7


def test_something_a_place_cannot_suit_is_refused(administrator):
    page = send(administrator, "/places", {"name": "x", "kind": "store", "suits": "dragons"}, status=422)

    assert page.summary == [("suits-firearms", "Choose what the place suits from the list.")]


def test_labels_of_the_ticked_places_are_a_pdf_and_scan_as_those_places(force, administrator):
    page = send(administrator, "/places/labels", {"place": [force.shelf.id, force.safe.id], "stock": "L7160"})
    answer = administrator.get(page.links["Open the PDF to print"])

    assert [answer.status_code, answer.mimetype, answer.data[:5]] == [200, "application/pdf", b"%PDF-"]
    with force.services.store.read() as work:
        assert all(work.labels.printed_of("S", place.id) for place in (force.shelf, force.safe))


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"stock": "L7160"}, 422, "Tick the places whose labels you want to print."),
        ({"place": "2", "stock": "papyrus"}, 422, "Choose the label stock from the list."),
        ({"place": "999", "stock": "L7160"}, 404, ""),
    ],
)
def test_labels_of_nothing_or_on_nothing_are_not_printed(force, administrator, form, status, sentence):
    page = send(administrator, "/places/labels", form, status=status)

    assert sentence in words(page)
    with force.services.store.read() as work:
        assert work.print_jobs.listed(Scope(0, everybody=True), 0, 9) == []


def test_the_command_sheet_is_a_pdf(administrator):
    answer = administrator.get("/places/commands.pdf")

    assert [answer.status_code, answer.data[:5]] == [200, b"%PDF-"]


def test_a_place_that_holds_something_says_what_is_in_the_way(force, administrator):
    codes = force.labels(force.items(force.case(), 2, category="KNF"))
    acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf))

    page = fetch(administrator, f"/places/{force.store.id}/close")
    refused = send(administrator, f"/places/{force.store.id}/close", status=409)

    assert "Ilford transit store, bay 2 2 0" in words(page)
    assert "Close it" not in words(page)
    assert refused.summary[0][1].startswith("Ilford transit store still holds 2 items.")


def test_an_empty_place_is_closed_with_what_is_in_it_and_stays_on_the_list(force, administrator):
    assert "the 2 places in it" in words(fetch(administrator, f"/places/{force.store.id}/close"))

    page = send(administrator, f"/places/{force.store.id}/close")

    assert "Ilford transit store is closed." in words(page)
    assert "bay 2 Bay closed 4 May 2026" in places(page)
    assert "It was closed at" in words(fetch(administrator, f"/places/{force.store.id}/close"))
    assert 'value="' + str(force.store.id) + '">Ilford transit store</option>' not in page.html
