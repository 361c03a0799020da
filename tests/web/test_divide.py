"""Pages for parts, for an item that lost its label, and for found property that becomes an exhibit."""

import pytest

from exhibits_app.services import happenings
from exhibits_app.services.typed_acts import Particulars, Second, SignIn
from tests.support.force import PASSWORD
from tests.support.pages import fetch, send

WITNESS = {"witness_name": "other", "witness_password": PASSWORD}


@pytest.fixture
def tablets(force):
    item = force.items(force.case(category="drugs"), category="DRUG", quantity=40, unit="tablets")[0]
    second = Second(witness=SignIn("other", PASSWORD))
    given = Particulars(reason="Count them.")
    (verdict,) = happenings.happen(force.services, force.person("officer"), [item], "OPEN", given, second)
    assert verdict.refusal is None
    return item


def test_parts_are_registered_and_their_labels_come_next(force, client_of, tablets):
    client = client_of("officer")
    given = {"parts-0-description": "Sample", "parts-0-quantity": "3", "parts-0-seal": "p1", "left": "37"} | WITNESS

    page = send(client, "/items/1/split", given)

    assert page.h1 == "Print 1 label"
    parent, part = fetch(client, "/items/1"), fetch(client, "/items/2")
    assert "split AB/1 into AB/1/1 (3 tablets); 37 tablets left and 0 lost" in parent.text
    assert parent.links["AB/1/1"] == "/items/2"
    assert part.links["AB/1"] == "/items/1"
    assert "Sealed, number P1" in part.text


def test_quantities_that_do_not_conserve_are_said_at_what_is_left(client_of, tablets):
    given = {"parts-0-description": "Sample", "parts-0-quantity": "3", "left": "36"} | WITNESS

    page = send(client_of("officer"), "/items/1/split", given, status=409)

    assert page.summary == [
        ("left", "Parts, what is left and what is lost come to 39 tablets; AB/1 had 40. They must be the same.")
    ]
    assert page.value("parts-0-description") == "Sample"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "parts-0-description"),
        ({"parts-0-description": "x"}, "parts-0-quantity"),
        ({"parts-0-description": "x", "parts-0-quantity": "1", "parts-1-quantity": "2"}, "parts-1-description"),
        ({"parts-0-description": "x", "parts-0-quantity": "1"}, "left"),
        ({"parts-0-description": "x", "parts-0-quantity": "1", "left": "38", "lost": "1"}, "reason"),
        ({"parts-0-description": "x", "parts-0-quantity": "1", "parts-0-reference": "AB/1"}, "parts-0-reference"),
        ({"parts-0-description": "x", "parts-0-quantity": "1", "occurred_at": "soon"}, "occurred_at"),
    ],
)
def test_a_fault_is_said_at_its_field(client_of, tablets, given, field):
    client = client_of("officer")
    status = client.post("/items/1/split", data=given | WITNESS).status_code

    page = send(client, "/items/1/split", given | WITNESS, status=status)

    assert status in {409, 422}
    assert [name for name, _ in page.summary] == [field]
    assert page.error_at(field) if field != "x" else True


def test_parts_of_drugs_need_a_witness(client_of, tablets):
    given = {"parts-0-description": "Sample", "parts-0-quantity": "3", "left": "37"}

    page = send(client_of("officer"), "/items/1/split", given, status=409)

    assert [name for name, _ in page.summary] == ["witness_name"]


def test_a_look_alike_reference_is_kept_when_one_says_so(client_of, tablets):
    given = {"parts-0-description": "x", "parts-0-quantity": "1", "parts-0-reference": "ab/01", "left": "39"} | WITNESS

    asked = send(client_of("officer"), "/items/1/split", given, status=409)
    send(client_of("officer"), "/items/1/split", given | {"keep_both": "y"})

    assert asked.field("keep_both").get("type") == "checkbox"


def test_an_item_that_lost_its_label_is_identified_and_labelled_anew(force, client_of, tablets):
    force.labels([tablets])
    client = client_of("exhibits_officer")

    form = fetch(client, "/items/1/relabel")
    page = send(client, "/items/1/relabel", {"text": "Blue, marked 10", "seal": "S100"} | WITNESS)

    assert "is revoked when you go on" in form.text
    assert "It is identified, and its old label is revoked." in page.html
    assert "Print its label" in page.links


def test_one_way_of_identifying_is_not_enough(client_of, tablets):
    page = send(client_of("exhibits_officer"), "/items/1/relabel", {"text": "Blue"}, status=409)

    assert [name for name, _ in page.summary] == ["seal"]
    assert page.error_at("seal").startswith("Choose two ways")


def test_found_property_becomes_an_exhibit_on_its_page(force, client_of):
    force.items(force.case(category="other"), category="NON", reference="FP/1")
    client = client_of("officer")

    assert "Make it an exhibit" in fetch(client, "/items/1").links
    empty = send(client, "/items/1/promote", {}, status=422)
    page = send(client, "/items/1/promote", {"category": "DIG", "reference": "MR/1"})

    assert [name for name, _ in empty.summary] == ["category"]
    assert page.h1 == "MR/1 in 01AB/1/26"
    assert "FP/1 (reference before)" in page.text


def test_an_exhibit_is_not_made_one_again(client_of, tablets):
    page = send(client_of("officer"), "/items/1/promote", {"category": "DIG"}, status=409)

    assert page.summary == [("act", "AB/1 is an exhibit already.")]
