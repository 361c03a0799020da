"""Finding an item by whatever is in someone's hand."""

import pytest

from exhibits_app.services import exhibits
from labels import payload
from tests.support.pages import fetch


@pytest.fixture
def item(force):
    return force.items(force.case())[0]


@pytest.mark.parametrize("text", ["AB/1", "S100", "s100", "1"])
def test_a_single_hit_opens_the_item(officer, item, text):
    page = fetch(officer, f"/search?q={text}")

    assert page.h1 == "AB/1 in 01AB/1/26"


def test_a_code_opens_its_item_as_scanned_and_as_typed(force, officer, item):
    code = force.labels([item])[0]

    assert fetch(officer, f"/search?q={code}").h1 == "AB/1 in 01AB/1/26"
    assert fetch(officer, f"/search?q={payload.printed(code).lower()}").h1 == "AB/1 in 01AB/1/26"


def test_a_revoked_label_stops_the_reader_before_the_item(force, officer, item):
    old = force.labels([item])[0]
    force.labels([item])

    page = fetch(officer, f"/search?q={old}")

    assert page.h1 == "Find an item"
    assert "STOP: label" in page.text
    assert "AB/1" in page.links


def test_a_misread_code_says_so(force, officer, item):
    code = force.labels([item])[0]
    misread = code[:-1] + ("2" if code[-1] != "2" else "3")

    assert "was misread: its check character does not fit." in fetch(officer, f"/search?q={misread}").text


def test_a_code_never_issued_here_says_so(officer):
    code = payload.issue(payload.CodeType.ITEM, lambda size: b"\x07" * size)

    assert "was never issued here." in fetch(officer, f"/search?q={code}").text


def test_the_code_of_a_place_is_named_as_one(force, officer):
    assert "is the code of a place." in fetch(officer, f"/search?q={force.place_code(force.shelf)}").text


def test_what_a_label_stands_for_is_not_told_to_those_who_may_not_see_it(force, client_of):
    code = force.labels(force.items(force.case(restricted=True)))[0]

    page = fetch(client_of("exhibits_officer"), f"/search?q={code}")

    assert "Nothing that you may see" in page.text
    assert "01AB" not in page.html


def test_references_that_begin_alike_are_listed(force, officer):
    force.items(force.case(), 2)

    page = fetch(officer, "/search?q=AB")

    assert {"AB/1", "AB/2"} <= set(page.links)


def test_nothing_found_says_what_to_do(officer):
    assert (
        "Read it again from the bag, character by character, or try fewer words."
        in fetch(officer, "/search?q=ZZ/9").text
    )


def test_ten_thousand_characters_get_a_sentence(officer):
    page = fetch(officer, f"/search?q={'x' * 10_000}", status=422)

    assert page.error_at("q") == "The search must be 200 characters or fewer; this is 10,000. Shorten it."


def test_the_box_is_in_the_header_of_every_page_for_those_who_see_items(client_of):
    assert fetch(client_of("officer"), "/").field("q-header").get("name") == "q"
    assert "q-header" not in fetch(client_of("administrator"), "/").html


def test_words_of_a_description_find_what_one_may_see_newest_first(force, officer, client_of):
    force.items(force.case(), 3, description="Grey tin, serial 44-71")
    theirs = force.case("exhibits_officer", reference="99/26", restricted=True)
    force.items(theirs, by="exhibits_officer", description="Grey tin", seal="")

    page = fetch(officer, "/search?q=tin gre")

    assert [link for link in page.links if link.startswith("AB/")] == ["AB/3", "AB/2", "AB/1"]


def test_a_search_goes_on_past_what_one_may_not_see(force, client_of, monkeypatch):
    monkeypatch.setattr(exhibits, "PAGE", 2)
    monkeypatch.setattr(exhibits, "LOOKED_AT", 2)
    force.items(force.case(), 1, description="Grey tin")
    force.items(force.case(reference="99/26", restricted=True), 2, description="Grey tin", seal="")
    somebody = client_of("exhibits_officer")

    first = fetch(somebody, "/search?q=grey")
    assert "None of the newest items with these words is one that you may see." in first.text

    assert "AB/1" in fetch(somebody, first.links["Look at older items"]).links


def test_a_case_is_opened_by_its_reference(force, officer):
    assert fetch(officer, f"/search?q={force.case().reference.lower()}").h1.startswith("Case")


@pytest.mark.parametrize("where", ["/search?q={}", "/search?q=x&before={}", "/items/{}", "/board?store={}"])
def test_a_number_beyond_all_is_answered(force, client_of, where):
    assert client_of("supervisor").get(where.format(10**24)).status_code < 500


def test_a_word_that_means_the_same_is_found_and_the_page_says_so(force, officer):
    force.items(force.case(), 2, description="Mobile telephone, black")

    page = fetch(officer, "/search?q=handset black")

    assert {"AB/1", "AB/2"} <= set(page.links)
    assert "With handset also found: phone, telephone, mobile," in page.text
