"""The tree of places, adding to it, printing its labels, and the sheet of commands."""

import pytest

from tests.support.pages import fetch, send
from tests.support.words import words


@pytest.fixture
def administrator(client_of):
    return client_of("administrator")


def places(page):
    return [words(row) for row in page.of_class("admin-table")[0].iter("tr")][1:]


def test_places_stand_below_what_they_are_in_and_organisations_come_last(administrator):
    assert places(fetch(administrator, "/places")) == [
        "Central store Store",
        "Ilford transit store Store",
        "bay 2 Bay",
        "safe Shelf a fridge or freezer, a firearms cabinet, a safe",
        "Forensic courier Carrier",
        "Northern Forensics Lab",
    ]


def test_a_shelf_is_added_below_its_bay_with_what_it_suits(force, administrator):
    form = {"name": "shelf 3", "kind": "shelf", "parent": str(force.shelf.id), "suits": ["safe", "cold"]}

    page = send(administrator, "/places", form)

    assert "Ilford transit store, bay 2, shelf 3 is added." in words(page)
    assert "shelf 3 Shelf a fridge or freezer, a safe" in places(page)


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
    assert len(places(page)) == 6


def test_something_a_place_cannot_suit_is_refused(administrator):
    page = send(administrator, "/places", {"name": "x", "kind": "store", "suits": "dragons"}, status=422)

    assert page.summary == [("suits-firearms", "Choose what the place suits from the list.")]


def test_labels_of_the_ticked_places_are_a_pdf_and_scan_as_those_places(force, administrator):
    answer = administrator.post("/places/labels", data={"place": [force.shelf.id, force.safe.id], "stock": "L7160"})

    assert [answer.status_code, answer.mimetype, answer.data[:5]] == [200, "application/pdf", b"%PDF-"]
    with force.services.store.read() as work:
        assert all(work.labels.live_of("S", place.id) for place in (force.shelf, force.safe))


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
        assert work.labels.jobs() == []


def test_the_command_sheet_is_a_pdf(administrator):
    answer = administrator.get("/places/commands.pdf")

    assert [answer.status_code, answer.data[:5]] == [200, b"%PDF-"]
