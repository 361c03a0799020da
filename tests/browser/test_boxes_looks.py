"""The pages of boxes in Chromium: no accessibility fault, no wider than a phone, worked with a handheld alone."""

import pytest

from exhibits_app.services import box_check, boxes, labels
from tests.support.acted import acted
from tests.support.force import a_force
from tests.support.looks import faults_of
from tests.support.serving import sign_in_at

# Set to a folder, this keeps a picture of every page that was looked at.


@pytest.fixture
def force(tmp_path):
    """A box in a crate; the box is being checked, and one of its two items was seen."""
    made = a_force(tmp_path)
    by = made.person("property_officer")
    codes = made.labels(made.items(made.case(), 2, description="Bed sheet from the back bedroom, white, single"))
    crate, box = (boxes.open_box(made.services, by, name, made.shelf.id) for name in ("Crate 1", "Box 17"))
    boxes.open_box(made.services, by, "Box 18 for the long things of Operation Example", made.store.id)
    crate_code, code = labels.print_box_labels(made.services, by, [crate.id, box.id], "L7160").codes
    assert acted(made, "BOOK_IN", codes, to=made.place_code(made.shelf)) == ["recorded"] * 2
    assert acted(made, "PUT_IN", codes, to=code) == ["recorded"] * 2
    assert acted(made, "PUT_IN", [code], to=crate_code) == ["recorded"]
    made.clock.move(minutes=1)
    boxes.close(made.services, by, box.id)
    boxes.close(made.services, by, crate.id)
    made.clock.move(minutes=1)
    box_check.begin(made.services, by, box.id, "to check it")
    made.clock.move(minutes=1)
    box_check.confirm(made.services, by, box.id, "1")
    made.clock.move(minutes=1)
    yield made
    made.services.store.close()


def test_the_pages_of_boxes_have_no_accessibility_fault_and_fit_the_screen(new_page, url):
    page = sign_in_at(new_page(), url, "property_officer")

    assert faults_of(page, url, ("/boxes", "/boxes/1", "/boxes/2", "/boxes/3", "/boxes/2/reconcile")) == []


def test_an_item_is_ticked_off_by_what_a_handheld_types(new_page, force, url):
    page = sign_in_at(new_page(), url, "property_officer")
    with force.services.store.read() as work:
        code = work.items.find(2).exhibit.code
    page.goto(f"{url}/boxes/2/reconcile")

    page.focus("#item")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".app-done")

    assert page.locator(".govuk-tag--green").count() == 2
    assert "Everything that it was said to hold is accounted for." in page.inner_text("main")
