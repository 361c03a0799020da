"""The pages that record what happened, in Chromium: no accessibility fault, no wider than a phone, keyboard alone."""

import pytest

from exhibits_app.services import dividing, happenings
from exhibits_app.services.dividing import PartForm, SplitForm
from exhibits_app.services.typed_acts import NOBODY, Particulars, Second, SignIn
from tests.support.acted import acted
from tests.support.axe import accessibility_faults
from tests.support.force import PASSWORD, a_force
from tests.support.looks import faults_of, keep_picture
from tests.support.serving import sign_in_at

# Set to a folder, this keeps a picture of every page that was looked at.


@pytest.fixture
def force(tmp_path):
    """Tablets opened and divided, on hold; a knife on offer; a knife in the store; found property."""
    made = a_force(tmp_path)
    case = made.case(category="drugs", title="A case with a title that goes on for longer than any column is wide")
    made.items(case, category="DRUG", quantity=40, unit="tablets", description="Blue tablets in a zip bag")
    made.items(case, 2, category="KNF", description="Kitchen knife, black handle, 12 cm blade")
    made.items(case, category="NON", reference="FP/1", description="Wallet handed in at the front counter")
    due = made.clock.at
    record(made, "officer", 1, "OPEN", Second(witness=SignIn("other", PASSWORD)), reason="Count them.")
    record(made, "exhibits_officer", 1, "HOLD", hold="proceedings", text="Trial listed for 9 June")
    parts = (PartForm("Sample for analysis", 3, seal="P1"),)
    second = Second(witness=SignIn("other", PASSWORD))
    made.clock.move(minutes=5)
    dividing.split(made.services, made.person("officer"), 1, SplitForm(parts, 37), Particulars(), second)
    record(made, "officer", 2, "OFFER", receiver=made.people["exhibits_officer"].id)
    assert acted(made, "BOOK_IN", made.labels([3]), ["S102"], to=made.place_code(made.shelf)) == ["recorded"]
    made.clock.move(hours=5)
    record(made, "supervisor", 1, "REVIEW", text="Trial listed", until=due.replace(month=8))
    yield made
    made.services.store.close()


def record(force, by, number, kind, second=NOBODY, /, **given):
    force.clock.move(minutes=5)
    (verdict,) = happenings.happen(force.services, force.person(by), [number], kind, Particulars(**given), second)
    assert verdict.refusal is None, verdict.told


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        (
            "officer",
            ["/items/1", "/items/4", "/items/2/record/offer", "/items/1/split", "/items/4/promote", "/cases/1"],
        ),
        ("exhibits_officer", ["/handovers", "/items/2/relabel", "/items/1/record/hold"]),
        ("property_officer", ["/items/3", "/items/3/record/sign-out", "/items/3/record/destroy"]),
        ("supervisor", ["/cases/1/record?item=1&item=2&item=3&kind=review", "/items/1/record/authorise-disposal"]),
    ],
)
def test_the_pages_have_no_accessibility_fault_and_fit_the_screen(new_page, url, name, paths):
    page = sign_in_at(new_page(), url, name)

    assert faults_of(page, url, paths) == []


def test_a_form_with_its_errors_has_no_accessibility_fault(new_visit, url):
    visit = new_visit(viewport={"width": 360, "height": 800})
    page = sign_in_at(visit.page(), url, "property_officer")
    page.goto(f"{url}/items/3/record/sign-out")

    page.click("button:has-text('Sign it out')")
    page.wait_for_selector(".govuk-error-summary")

    assert accessibility_faults(page) == []
    visit.complaints[:] = [one for one in visit.complaints if "422" not in one]  # The refusal itself.
    keep_picture(page, "-errors")


def test_an_offer_is_accepted_with_the_keyboard_alone(new_page, url):
    page = sign_in_at(new_page(), url, "exhibits_officer")
    page.goto(f"{url}/handovers")

    page.focus("#item-2")
    page.keyboard.press("Space")
    page.focus("#answer")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Accept: all 1 recorded')")

    assert "accepted AB/2" in page.inner_text("main")
