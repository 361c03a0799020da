"""Registering the items of one search through its page, as a browser without script sends it."""

import json
from datetime import UTC, datetime

import pytest

from exhibits_app.services import register
from tests.support.force import START
from tests.support.pages import fetch, send, text_of

LONG = "x" * 10_000


@pytest.fixture
def case(force):
    return force.case()


def a_search(*items, **given):
    """What the browser sends: the search's facts, and `items` as dicts in their rows."""
    form = {"seized_at": "04/05/2026 08:30", "found_at": "12 Mill Lane", "power": "PACE s.19", "seized_by": ""}
    for row, item in enumerate(items):
        values = {"reference": "", "description": "", "category": "UNK", "seal": "", "packaging": "", "quantity": "1"}
        form |= {f"items-{row}-{name}": value for name, value in (values | item).items()}
    return form | {"producer": ""} | given


def path(case):
    return f"/cases/{case.id}/register"


def references(force, case):
    with force.services.store.read() as work:
        return [ref for _, ref in work.items.references(case.id)]


def test_the_page_stands_ready_with_now_and_the_next_reference(officer, case):
    page = fetch(officer, path(case))

    assert page.value("seized_at") == "04/05/2026 10:00"
    assert page.value("items-0-reference") == "O/1"
    assert page.value("items-0-category") == "UNK"
    assert page.field("items-4-description") is not None


def test_the_suggestion_goes_on_as_the_producer_wrote_before(force, officer, case):
    force.items(case, 3)

    assert fetch(officer, path(case)).value("items-0-reference") == "AB/4"


def test_twenty_items_of_one_search_are_registered_in_one_go(force, officer, case):
    items = [{"reference": f"AB/{n}", "description": f"Bag {n}", "seal": f"S{n}"} for n in range(1, 21)]

    page = send(officer, path(case), a_search(*items))

    assert page.h1 == "20 items registered"
    assert references(force, case) == [f"AB/{n}" for n in range(1, 21)]
    assert page.links["Print their labels"].count("item=") == 20


def test_what_was_typed_is_what_is_on_record(force, officer, case):
    item = {
        "reference": "AB/1",
        "description": "Kitchen knife",
        "category": "KNF",
        "seal": "s900",
        "packaging": "Weapons tube",
        "quantity": "2",
        "hazards": ["sharp", "biological"],
    }
    send(officer, path(case), a_search(item, found_by="A. Neighbour"))

    with force.services.store.read() as work:
        exhibit = work.items.find(1).exhibit
    assert (exhibit.description, exhibit.category, exhibit.seal.number) == ("Kitchen knife", "KNF", "S900")
    assert (exhibit.quantity, exhibit.hazards) == (2, ("biological", "sharp"))
    assert exhibit.seized_at == datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    assert "found by A. Neighbour" in fetch(officer, "/items/1").text


def test_rows_left_empty_are_ignored_wherever_they_stand(force, officer, case):
    page = send(officer, path(case), a_search({}, {"reference": "AB/1", "description": "Phone"}, {}))

    assert page.h1 == "1 item registered"
    assert references(force, case) == ["AB/1"]


def test_items_without_a_reference_get_the_next_free_ones(force, officer, case):
    force.items(case, 1)

    send(officer, path(case), a_search({"description": "Phone"}, {"description": "Charger"}))

    assert references(force, case) == ["AB/1", "AB/2", "AB/3"]


def test_a_page_without_any_item_says_what_to_enter(officer, case):
    page = send(officer, path(case), a_search({}, {}), status=422)

    assert page.summary == [("items-0-description", "Enter what the item is.")]
    assert page.error_at("items-0-description") == "Enter what the item is."


def test_more_rows_are_added_without_losing_what_was_typed(officer, case):
    item = {"reference": "AB/1", "description": "Phone", "hazards": "sharp"}

    page = send(officer, path(case), a_search(*[item | {"reference": f"AB/{n}"} for n in range(1, 6)], more="1"))

    assert page.value("items-4-reference") == "AB/5"
    assert page.value("items-9-description") == ""
    assert page.field("items-0-hazards-sharp").get("checked") is not None


def test_every_faulty_row_says_so_at_its_field_and_everything_typed_is_kept(force, officer, case):
    force.items(case, 1)  # AB/1 with the seal S100
    items = [
        {"reference": "AB/2", "description": "Phone", "seal": "S100"},
        {"reference": "AB/3", "description": ""},
        {"reference": "AB/1", "description": "Charger"},
        {"reference": "AB/5", "description": "Coins", "quantity": "many"},
    ]

    page = send(officer, path(case), a_search(*items, found_by="A. Neighbour"), status=409)

    assert [field for field, _ in page.summary] == [
        "items-0-seal",
        "items-1-description",
        "items-2-reference",
        "items-3-quantity",
    ]
    assert page.error_at("items-0-seal").startswith("Seal S100 is already recorded on property reference 1.")
    assert page.error_at("items-2-reference").startswith("AB/1 is already in use in 01AB/1/26.")
    assert page.value("items-3-quantity") == "many"
    assert page.value("found_by") == "A. Neighbour"
    assert references(force, case) == ["AB/1"]


def test_a_fault_after_an_empty_row_stays_with_its_item(officer, case):
    page = send(officer, path(case), a_search({}, {"reference": "AB/1", "description": LONG}), status=422)

    assert [field for field, _ in page.summary] == ["items-0-description"]
    assert page.value("items-0-reference") == "AB/1"


def test_a_look_alike_is_refused_until_keep_both_is_ticked(force, officer, case):
    force.items(case, 1)
    item = {"reference": "AB/01", "description": "Pillow"}

    refused = send(officer, path(case), a_search(item), status=409)
    send(officer, path(case), a_search(item | {"keep_both": "y"}))

    assert refused.error_at("items-0-reference").startswith("AB/01 looks like AB/1, which is already in this case.")
    assert refused.field("items-0-keep_both").get("checked") is None
    assert references(force, case) == ["AB/1", "AB/01"]


def test_a_seal_that_stands_twice_on_the_page_is_refused_by_name(officer, case):
    items = [{"description": "Phone", "seal": "S1"}, {"description": "Charger", "seal": "s1"}]

    page = send(officer, path(case), a_search(*items), status=409)

    assert page.error_at("items-1-seal").startswith("Seal S1 is already recorded on O/1 on this page.")


def test_more_than_a_hundred_items_at_once_are_refused(force, officer, case):
    items = [{"description": "Bag"}] * 101

    page = send(officer, path(case), a_search(*items), status=422)

    assert "Send at most 100 items at once, and the rest after them." in dict(page.summary).values()
    assert references(force, case) == []


@pytest.mark.parametrize("typed", ["", "yesterday", "31/02/2026 10:00", "04/05/2026 12:00"])
def test_a_time_that_is_unreadable_or_to_come_is_refused_at_its_field(officer, case, typed):
    page = send(officer, path(case), a_search({"description": "Phone"}, seized_at=typed), status=422)

    assert page.error_at("seized_at").startswith("Enter when it was seized (not later than now)")
    assert page.value("seized_at") == typed


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("found_by", LONG, "Who found it must be 200 characters or fewer; this is 10,000. Shorten it."),
        ("found_by", "Ann\u202eeoD", "Who found it holds invisible control characters. Type it again by hand."),
        ("power", LONG, "The power must be 200 characters or fewer; this is 10,000. Shorten it."),
        ("found_at", LONG, "Where it was found must be 500 characters or fewer; this is 10,000. Shorten it."),
        ("items-0-seal", LONG, "The seal number must be 40 characters or fewer; this is 10,000. Shorten it."),
        (
            "items-0-reference",
            LONG,
            "The exhibit reference must be 40 characters or fewer; this is 10,000. Shorten it.",
        ),
        ("items-0-quantity", "0", "Enter the quantity as a whole number from 1 to 1,000,000."),
        ("items-0-category", "ZZZ", "Choose a category from the list."),
        ("items-0-hazards", "tears", "Choose the hazards from the list."),
    ],
)
def test_bad_input_gets_one_sentence_beside_its_field(force, officer, case, name, typed, sentence):
    page = send(officer, path(case), a_search({"description": "Phone"}) | {name: typed}, status=422)

    assert page.summary == [(name, sentence)]
    assert references(force, case) == []


@pytest.mark.parametrize("words", ["Knife \U0001f52a, wrapped \U0001f469‍\U0001f469‍\U0001f467", "سكين مطبخ", "<b>&amp;"])
def test_emoji_right_to_left_text_and_markup_are_kept_as_typed(officer, case, words):
    send(officer, path(case), a_search({"description": words}))

    assert words in fetch(officer, "/items/1").text
    assert words in fetch(officer, f"/cases/{case.id}").text


def check(client, case, **query):
    return json.loads(client.get(f"/cases/{case.id}/register/check", query_string=query).data)["warnings"]


def test_a_look_alike_and_a_used_seal_are_warned_of_while_typing(force, officer, case):
    force.items(case, 1)

    assert check(officer, case, reference="AB/01")[0].startswith("AB/01 looks like AB/1")
    assert check(officer, case, reference="AB/1")[0].startswith("AB/1 is already in use")
    assert check(officer, case, seal="s100")[0].startswith("Seal s100 is already recorded")
    assert check(officer, case, reference="AB/2", seal="S101") == []


def test_the_next_reference_follows_the_producer(force, officer, case):
    found = [officer.get(f"/cases/{case.id}/register/next?producer={who}") for who in ("DS 4510 supervisor", "45")]

    assert [json.loads(answer.data) for answer in found] == [{"reference": "S/1"}, {"reference": ""}]


def test_a_producer_whom_nobody_is_called_is_refused_beside_the_field(officer, case):
    page = send(officer, f"/cases/{case.id}/register", a_search(producer="Nobody"), status=422)

    assert page.error_at("producer").startswith("Nobody here is called “Nobody”.")
    assert page.value("producer") == "Nobody"


@pytest.mark.parametrize("route", ["register", "register/check?reference=AB/1", "register/next"])
def test_a_case_that_is_not_theirs_tells_others_nothing(force, client_of, route):
    case = force.case(restricted=True)

    assert client_of("exhibits_officer").get(f"/cases/{case.id}/{route}").status_code == 404


def test_after_registering_labels_are_the_main_thing_to_do(officer, case):
    page = send(officer, path(case), a_search({"description": "Phone"}))

    assert text_of(page.of_class("govuk-button")[0]) == "Print its label"
    assert page.links["Print its label"] == f"/labels?case={case.id}&item=1"


def test_the_clock_of_the_search_starts_every_deadline(force, officer, case):
    send(officer, path(case), a_search({"description": "Phone", "category": "DTH-DIG"}))

    with force.services.store.read() as work:
        listed = work.items.find(1)
    assert listed.due_at > START
    assert (listed.due_at - datetime(2026, 5, 4, 7, 30, tzinfo=UTC)).days == 2


def test_the_most_items_of_the_page_is_the_most_of_the_service(officer, case):
    assert fetch(officer, path(case)).field("register").get("data-most") == str(register.MOST_ITEMS)
