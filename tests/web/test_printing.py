"""Printings through the pages: the list, confirming by hand, sending again, voiding and printing again."""

from dataclasses import replace
from random import Random

import pytest

from exhibits_app.services import labels as printing
from labels import payload
from labels.payload import printed as shown
from tests.support.pages import fetch, send


@pytest.fixture
def codes(force):
    """The labels of two items, in printing 1."""
    services = replace(force.services, read_labels_back=False)
    items = force.items(force.case(), 2)
    return printing.print_item_labels(services, force.person("officer"), items, "L7160").codes


def test_labels_are_confirmed_one_after_another_by_keyboard_alone(officer, codes):
    page = fetch(officer, "/printing/1/confirm")
    (field,) = [one for one in page.all("input") if one.get("id") == "code"]

    first = send(officer, "/printing/1/confirm", {"code": shown(codes[0]).lower()})
    last = send(officer, "/printing/1/confirm", {"code": codes[1]})

    assert field.get("autofocus") == "autofocus"
    assert "2 labels wait for their first scan." in page.text
    assert f"{shown(codes[0])} of AB/1 in 01AB/1/26 is confirmed." in first.text
    assert "1 label waits for its first scan." in first.text
    assert last.h1 == "Printing 1: 2 labels"
    assert "Confirmed" in last.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Scan a label of this printing, or type the code on it."),
        ("AB/1", "“AB/1” is not one of our codes"),
        (payload.issue(payload.CodeType.ITEM, Random(1).randbytes), "was never issued here."),
    ],
)
def test_what_does_not_confirm_says_so_beside_the_field(officer, codes, text, sentence):
    page = send(officer, "/printing/1/confirm", {"code": text}, status=422)

    assert page.summary[0][0] == "code"
    assert sentence in page.summary[0][1]


def test_what_did_not_come_out_is_voided_with_a_reason(officer, codes):
    refused = send(officer, "/printing/1/void", {}, status=422)
    page = send(officer, "/printing/1/void", {"reason": "ribbon ran out", "code": codes[0]})

    assert refused.summary == [("reason", "Enter why these labels are voided.")]
    assert "1 label is void. Destroy it." in page.text
    assert "Void: ribbon ran out" in page.text
    assert "Waits for its first scan" in page.text


def test_labels_of_a_printing_are_printed_again_as_a_printing_that_names_it(officer, codes):
    nothing = send(officer, "/printing/1/again", {"stock": "L7160", "again_reason": "lost"}, status=422)
    page = send(
        officer, "/printing/1/again", {"stock": "thermal-100x50", "again_reason": "wrong-stock", "code": codes[0]}
    )

    assert nothing.summary == [("code", "Enter at least one label to print again.")]
    assert page.h1 == "Printing 2: 1 label"
    assert "It is on the wrong stock. It repeats printing 1." in page.text


def test_the_list_has_ones_own_printings_and_those_of_ones_team(force, officer, client_of, codes):
    force.clock.move(minutes=1)

    mine, theirs, nobodys = (
        fetch(who, "/printing").text for who in (officer, client_of("supervisor"), client_of("other"))
    )

    assert "2 not scanned" in mine
    assert "Printing 1" in theirs
    assert "Nothing was printed yet." in nobodys
