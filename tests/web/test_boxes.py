"""The pages of boxes: opening a record, what is in one, its label, and checking it item by item."""

import pytest

from exhibits_app.services import box_check, boxes
from tests.support.acted import acted
from tests.support.pages import fetch, send
from tests.support.words import words


@pytest.fixture
def staff(client_of):
    return client_of("property_officer")


@pytest.fixture
def box(force):
    """Box 17 at the shelf, closed, with the three items of a case in it."""
    by = force.person("property_officer")
    made = boxes.open_box(force.services, by, "Box 17", force.shelf.id)
    code = label_of(force, made.id)
    codes = force.labels(force.items(force.case(), 3))
    assert acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf)) == ["recorded"] * 3
    assert acted(force, "PUT_IN", codes, to=code) == ["recorded"] * 3
    force.clock.move(minutes=1)
    return boxes.close(force.services, by, made.id)


@pytest.fixture
def opened(force, box):
    """The same box, opened to be checked."""
    force.clock.move(minutes=1)
    return box_check.begin(force.services, force.person("property_officer"), box.id, "to check it")


def label_of(force, box_id):
    return force.box_code(box_id)


def exhibit(force, number):
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def test_the_record_of_a_box_is_opened_where_it_stands(force, staff):
    page = send(staff, "/boxes", {"name": "Box 17", "place": str(force.shelf.id)})

    assert page.h1 == "Box 17"
    assert "Box 17 is on record, empty." in words(page)
    assert "Open, at Ilford transit store, bay 2. 0 items in it." in words(page)


def test_an_officer_opens_the_record_of_a_box_in_their_own_hands(client_of):
    page = send(client_of("officer"), "/boxes", {"name": "Evidence box 4"})

    assert "Open, with PC 4507 Officer. 0 items in it." in words(page)


@pytest.mark.parametrize(
    ("form", "status", "field", "sentence"),
    [
        ({"name": ""}, 422, "name", "Enter a name for the box, such as Box 17."),
        ({"name": "BOX 17"}, 409, "name", "There is already a box called BOX 17."),
        ({"name": "Box 18", "place": "5"}, 422, "place", "Choose a place in a store from the list."),
    ],
)
def test_what_is_wrong_with_a_new_box_is_said_beside_its_field(staff, box, form, status, field, sentence):
    page = send(staff, "/boxes", form, status=status)

    assert sentence in page.error_at(field)


def test_a_box_shows_what_is_in_it_and_what_it_was_said_to_hold(force, staff, box):
    page = fetch(staff, f"/boxes/{box.id}")

    assert "Closed, at Ilford transit store, bay 2. 3 items in it." in words(page)
    assert [words(row)[:6] for row in page.all("tr")][1:] == ["1 AB/1", "2 AB/2", "3 AB/3"]
    history = words(page.of_class("app-history")[0])
    assert "closed Box 17, with 3 items in it" in history
    assert "3 items on the manifest, SHA-256" in history


def test_an_item_says_in_which_box_it_is(staff, box):
    page = fetch(staff, "/items/1")

    assert page.links["Box 17"] == f"/boxes/{box.id}"


def test_boxes_are_listed_for_those_who_see_their_store(force, client_of, staff, box):
    assert "Box 17 Ilford transit store, bay 2 3 Closed" in words(fetch(staff, "/boxes"))
    assert "Box 17" not in fetch(client_of("officer"), "/boxes").links
    fetch(client_of("officer"), f"/boxes/{box.id}", status=404)


def test_long_lists_of_boxes_go_page_by_page(force, staff):
    by = force.person("property_officer")
    for number in range(51):
        boxes.open_box(force.services, by, f"Box {number + 1}", force.shelf.id)

    first = fetch(staff, "/boxes")
    second = fetch(staff, first.links["Next page"])

    assert ("Box 50" in first.links, "Box 51" in first.links) == (True, False)
    assert ("Box 50" in second.links, "Box 51" in second.links) == (False, True)


def test_the_label_of_a_box_is_a_pdf_and_scans_as_that_box(force, staff, box):
    page = send(staff, f"/boxes/{box.id}/label", {"stock": "L7160", "again_reason": "damaged"})
    answer = staff.get(page.links["Open the PDF to print"])

    assert [answer.status_code, answer.mimetype, answer.data[:5]] == [200, "application/pdf", b"%PDF-"]
    with force.services.store.read() as work:
        assert work.labels.printed_of("B", box.id)[0].code.startswith("B")


def test_a_box_is_opened_with_a_reason(staff, box):
    page = send(staff, f"/boxes/{box.id}/open", {"reason": ""}, status=409)

    assert "Enter why it is opened, for Box 17." in page.error_at("reason")


def test_checking_a_box_begins_with_everything_not_seen(staff, box):
    page = send(staff, f"/boxes/{box.id}/open", {"reason": "to check it"})

    assert page.h1 == "Check what is in Box 17"
    assert "3 of 3 are not seen yet." in words(page)


def test_what_is_seen_in_a_box_is_ticked_off(force, staff, opened):
    page = send(staff, f"/boxes/{opened.id}/reconcile", {"item": exhibit(force, 2).code})

    assert "2 of 3 are not seen yet." in words(page)
    assert "sighted AB/2 at Ilford transit store, bay 2" in words(page)
    assert exhibit(force, 2).presence.value == "confirmed"


@pytest.mark.parametrize(
    ("item", "status", "sentence"),
    [("", 422, "Choose an item"), ("999", 404, "There is no such item"), ("nonsense", 422, "nonsense")],
)
def test_what_is_no_item_is_said_beside_the_field(staff, opened, item, status, sentence):
    page = send(staff, f"/boxes/{opened.id}/reconcile", {"item": item}, status=status)

    assert sentence in page.error_at("item")


def test_what_nobody_saw_is_a_discrepancy_and_not_in_the_box_any_more(force, staff, opened):
    for number in (1, 2):
        send(staff, f"/boxes/{opened.id}/reconcile", {"item": str(number)})

    page = send(staff, f"/boxes/{opened.id}/reconcile/end", {"seal": "b900"})

    assert "Not in the box: property reference 3." in words(page)
    assert "Sealed under B900" in words(page)
    assert [one.kind for one in exhibit(force, 3).discrepancies] == ["not in its box"]
    assert (exhibit(force, 3).box, exhibit(force, 1).discrepancies) == (None, ())


def test_what_is_found_besides_is_put_on_record_in_the_box(force, staff, opened):
    stray = force.items(force.case(reference="02CD/1/26"), 1, reference="CD/1", seal="")
    force.clock.move(minutes=1)
    assert acted(force, "BOOK_IN", force.labels(stray), to=force.place_code(force.safe)) == ["recorded"]
    force.clock.move(minutes=1)

    page = send(staff, f"/boxes/{opened.id}/reconcile", {"item": str(stray[0])})

    assert f"In it besides, not on the manifest: property reference {stray[0]}." in words(page)
    assert [one.kind for one in exhibit(force, stray[0]).discrepancies] == ["found in box"]


def test_a_seal_that_was_used_before_does_not_close_a_box(force, staff, opened):
    page = send(staff, f"/boxes/{opened.id}/reconcile/end", {"seal": "S100"}, status=409)

    assert "seal S100 was used before" in page.error_at("seal")
    assert exhibit(force, 3).box is not None


def test_a_box_that_nobody_checks_has_no_page_of_a_check(staff, box):
    answer = staff.get(f"/boxes/{box.id}/reconcile")

    assert (answer.status_code, answer.location) == (302, f"/boxes/{box.id}")
