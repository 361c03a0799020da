"""Opening, finding, seeing and changing cases through their pages."""

import pytest

from exhibits_app.domain.cases import DEATHS
from tests.support.pages import fetch, send, text_of

LONG = "x" * 10_000


def a_case(**given):
    form = {"reference": "01AB/7/26", "title": "Fire in Vicarage Lane", "category": "other", "team": "1"}
    return form | given


def test_a_case_is_opened_by_the_officer_and_shown(officer):
    page = send(officer, "/cases/new", a_case(category="death-investigated"))

    assert page.h1 == "Case 01AB/7/26"
    assert "Death: unexpected, under investigation" in page.text
    assert "PC 4507 Officer" in page.text
    assert "Nothing is registered in this case yet." in page.text


def test_the_four_kinds_of_death_can_be_chosen(officer):
    page = fetch(officer, "/cases/new")

    offered = {one.get("value") for one in page.all("input") if one.get("name") == "category"}
    assert {category.value for category in DEATHS} <= offered


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"reference": ""}, "reference", "Enter the case reference."),
        ({"title": ""}, "title", "Enter what the case is about, in a few words."),
        ({"category": ""}, "category", "Choose the kind of case from the list."),
        (
            {"title": LONG},
            "title",
            "What the case is about, in a few words must be 500 characters or fewer; this is 10,000. Shorten it.",
        ),
        (
            {"title": "Fire \u202egnitfihs"},
            "title",
            "What the case is about, in a few words holds invisible control characters. Type it again by hand.",
        ),
    ],
)
def test_a_case_that_cannot_be_opened_says_why_at_the_field_and_keeps_what_was_typed(officer, given, field, sentence):
    page = send(officer, "/cases/new", a_case(**given), status=422)

    assert page.summary == [(field, sentence)]
    if field != "category":
        assert page.error_at(field) == sentence
    assert page.value("reference") == a_case(**given)["reference"]
    assert page.value("title") == a_case(**given)["title"]


@pytest.mark.parametrize("title", ["Found \U0001f52a at the pond", "وفاة مفاجئة في الشارع"])
def test_emoji_and_right_to_left_text_are_kept_as_typed(officer, title):
    page = send(officer, "/cases/new", a_case(title=title))

    assert title in page.text


def test_a_reference_that_is_taken_is_refused_beside_it(force, officer):
    force.case(reference="01AB/7/26")

    page = send(officer, "/cases/new", a_case(), status=409)

    assert page.error_at("reference").startswith("There is already a case 01AB/7/26.")


def test_a_changed_case_shows_its_new_kind_and_its_items_say_so(force, officer):
    case = force.case(category="other")
    force.items(case)

    send(
        officer,
        f"/cases/{case.id}/change",
        a_case(reference=case.reference, category="homicide", oic="PC 4507 Officer"),
    )

    assert "Homicide" in fetch(officer, f"/cases/{case.id}").text
    assert "(homicide)" in fetch(officer, "/items/1").text


def test_a_case_of_no_team_stays_of_no_team_when_it_is_changed(force, officer):
    case = force.case(team=0)

    page = fetch(officer, f"/cases/{case.id}/change")
    send(officer, f"/cases/{case.id}/change", a_case(team=page.value("team")))

    assert fetch(officer, f"/cases/{case.id}/change").value("team") == "0"


def test_ones_own_cases_come_first_and_others_are_one_link_away(force, client_of):
    force.case(reference="01AB/1/26")
    force.case(by="exhibits_officer", reference="01AB/2/26")
    officer = client_of("officer")

    mine = fetch(officer, "/cases")
    everyone = fetch(officer, mine.links["All cases you may see"])

    assert "01AB/1/26" in mine.links
    assert "01AB/2/26" not in mine.links
    assert [link for link in everyone.links if link.startswith("01AB")] == ["01AB/2/26", "01AB/1/26"]


def test_a_long_list_goes_on_on_the_next_page(force, officer):
    for number in range(51):
        force.case(reference=f"01AB/{number}/26")

    first = fetch(officer, "/cases")
    second = fetch(officer, first.links["Next page"])

    assert "01AB/50/26" in first.links
    assert "01AB/0/26" not in first.links
    assert [link for link in second.links if link.startswith("01AB")] == ["01AB/0/26"]


def test_a_case_is_found_by_a_word_of_its_title(force, officer):
    force.case(reference="01AB/1/26", title="Burglary at the bakery")
    force.case(reference="01AB/2/26", title="Sudden death, Mill Lane")

    page = fetch(officer, "/cases?q=bakery")

    assert "01AB/1/26" in page.links
    assert "01AB/2/26" not in page.links


def test_a_search_of_ten_thousand_characters_gets_a_sentence(officer):
    page = fetch(officer, f"/cases?q={LONG}")

    assert page.error_at("q") == "The search must be 200 characters or fewer; this is 10,000. Shorten it."


def test_a_restricted_case_does_not_exist_for_others(force, client_of):
    case = force.case(restricted=True)

    page = fetch(client_of("exhibits_officer"), f"/cases/{case.id}", status=404)

    assert "There is no such case" in page.text
    assert "Mill Lane" not in page.html


def test_a_case_shows_the_next_deadline_of_each_item_and_what_is_overdue(force, client_of):
    case = force.case()
    force.items(case)
    force.clock.move(days=4)

    page = fetch(client_of("officer"), f"/cases/{case.id}")

    assert [text_of(one) for one in page.of_class("app-late")] == ["Forensic decision 1 day overdue"]


def test_those_who_may_only_see_a_case_are_offered_no_way_to_change_it(force, client_of):
    case = force.case()
    force.items(case)

    page = fetch(client_of("coroners_officer"), f"/cases/{case.id}")

    assert "Register items" not in page.links
    assert "Change the case" not in page.links
    assert "Print labels" not in page.text
