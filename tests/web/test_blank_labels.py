"""The pages of blank labels: ordering, accounting, handing on, and registering an item with one."""

from tests.support.pages import fetch, send

from .test_register import a_search, references


def test_a_series_is_ordered_printed_accounted_for_and_closed(force, officer):
    order = {"purpose": "Scene kit 3", "count": "3", "stock": "L7160", "holder": f"person:{force.people['officer'].id}"}

    printed = send(officer, "/blank-labels/new", order)
    send(officer, "/blank-labels/1/account", {"numbers": "1", "state": "lost", "reason": "Blown off the roof"})
    series = send(officer, "/blank-labels/1/account", {"numbers": "2-3", "state": "void", "reason": "Wet"})
    listed = send(officer, "/blank-labels/1/close")

    assert printed.h1 == "Printing 1: 3 labels"
    assert "2 void" in series.links
    assert "Lost, said by PC 4507 Officer at 10:00 on 4 May 2026: Blown off the roof" in series.text
    assert "Label 1 declared lost by PC 4507 Officer: Blown off the roof, at 10:00 on 4 May 2026" in series.text
    assert "No series is open." in listed.text
    assert "Series 1" in fetch(officer, "/blank-labels?closed=1").links


MISSING = [
    ("new", {"count": "3", "stock": "L7160"}, "purpose", "Enter what they are for, like Scene kit 3."),
    ("new", {"purpose": "Kit", "stock": "L7160", "count": "0"}, "count", "Enter how many labels as a whole number"),
    ("new", {"purpose": "Kit", "count": "3"}, "stock", "Choose the label stock from the list."),
    ("1/account", {"state": "void", "reason": "Wet"}, "numbers", "Enter the numbers of the labels."),
    ("1/account", {"numbers": "9", "state": "void", "reason": "Wet"}, "numbers", "Enter numbers from 1 to 2"),
    ("1/account", {"numbers": "1", "reason": "Wet"}, "state", "Choose what became of them from the list."),
    ("1/account", {"numbers": "1", "state": "lost"}, "reason", "Enter what happened to them."),
    ("1/hand-on", {}, "holder", "Choose who is to have them from the list."),
    ("1/close", {}, "close", "Labels 1-2 of series 1 are unused."),
    ("1/print", {}, "print", "Series 1 is printed already."),
]


def test_what_is_missing_is_said_beside_its_field(force, officer):
    force.blanks(2)

    for path, given, field, sentence in MISSING:
        page = send(officer, f"/blank-labels/{path}", given, status=422)
        assert page.summary[0][0] == field
        assert sentence in page.summary[0][1]
        assert page.error_at(field) or field in {"print", "state", "stock"}


def test_a_series_is_handed_on_to_a_colleague_and_leaves_the_list(force, officer, client_of):
    force.blanks(1)
    to = force.people["exhibits_officer"]

    send(officer, "/blank-labels/1/hand-on", {"holder": f"person:{to.id}"})

    page = fetch(client_of("exhibits_officer"), "/blank-labels/1")
    assert f"held by {to.called}" in page.text
    assert f"Handed on from PC 4507 Officer to {to.called} by PC 4507 Officer" in page.text


def test_an_item_is_registered_with_its_label_and_a_refused_one_loses_nothing_that_was_typed(force, officer):
    case = force.case()
    _, (first, second) = force.blanks(2)
    path = f"/cases/{case.id}/register"
    warned = officer.get(f"{path}/check", query_string={"label": "E-4KT9"}).json["warnings"]

    refused = send(
        officer, path, a_search({"description": "Knife", "label": first}, {"description": "Phone", "label": first}),
        status=422,
    )  # fmt: skip
    kept = references(force, case)
    page = send(
        officer, path, a_search({"description": "Knife", "label": first}, {"description": "Phone", "label": second})
    )

    assert len(warned) == 1
    assert refused.error_at("items-1-label").startswith("Label E-")
    assert refused.value("items-0-description") == "Knife"
    assert refused.value("items-1-label") == first
    assert kept == []
    assert "Each bears its label already: take them to the store." in page.text
    assert "Print their labels" not in page.links


def test_a_blank_label_is_put_on_an_item_that_has_none_and_on_none_that_has_one(force, officer):
    force.items(force.case())
    _, (first, second) = force.blanks(2)
    link = fetch(officer, "/items/1").links["Put a blank label on it"]

    nothing = send(officer, link, {"label": " "}, status=422)
    page = send(officer, link, {"label": first})
    again = send(officer, link, {"label": second}, status=422)

    assert nothing.error_at("label") == "Enter the code on the blank label."
    assert f"put blank label {first} (series 1, label 1 of 2) on AB/1" in page.text
    assert again.error_at("label").startswith("AB/1 has label E-")
    assert again.value("label") == second


def test_a_damaged_label_is_replaced_by_a_blank_one_where_the_item_is_identified(force, client_of):
    force.items(force.case())
    force.labels([1])
    _, (code,) = force.blanks(1)
    staff = client_of("exhibits_officer")
    known = {"seal": "S100", "text": "Blue stripes", "label": "E-4KT9"}

    refused = send(staff, "/items/1/relabel", known, status=422)
    page = send(staff, "/items/1/relabel", known | {"label": code})

    assert refused.summary[0][0] == "label"
    assert refused.value("text") == "Blue stripes"
    assert "It bears the new one." in page.text
    assert f"put blank label {code} (series 1, label 1 of 1) on AB/1" in page.text
