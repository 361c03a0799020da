"""An item's page: what it shows and to whom, deciding, and the refusals of a decision."""

from datetime import timedelta

import pytest

from exhibits_app.services import histories
from labels import payload
from tests.support.acted import acted
from tests.support.force import sign_in
from tests.support.pages import fetch, send, text_of
from tests.support.words import words

LONG = "x" * 10_000


@pytest.fixture
def item(force):
    return force.items(force.case())[0]


def booked_in(force, item, seal="S100"):
    return acted(force, "BOOK_IN", force.labels([item]), [seal], to=force.place_code(force.shelf))


def test_the_page_shows_the_five_axes_and_the_deadlines(officer, item):
    page = fetch(officer, "/items/1")

    facts = {text_of(row[0]): text_of(row[1]) for row in page.of_class("govuk-summary-list__row")}
    assert facts == {
        "Custody": "With PC 4507 Officer",
        "Seal": "Sealed, number S100",
        "Forensic": "Undecided",
        "Legal life": "Held",
        "Presence": "Not yet scanned",
    }
    assert [text_of(one) for one in page.of_class("app-due")] == [
        "Booking in due in 23 hours",
        "Forensic decision due in 2 days",
        "Forensic submission due in 6 days",
    ]


def test_history_is_told_newest_first_with_its_place_in_the_ledger(force, officer, item):
    code = force.labels([item])[0]

    page = fetch(officer, "/items/1")

    told = [text_of(line) for line in page.of_class("app-history")[0]]
    assert told[0].startswith(f"PC 4507 Officer printed label {code} for AB/1")
    assert "Recorded at 10:00 on 4 May 2026. Ledger entry 2 of this item" in told[0]
    assert told[1].startswith("PC 4507 Officer seized AB/1 at Mill Lane under PACE s.19, seal S100")
    with force.services.store.read() as work:
        assert work.ledger.of_item(1)[1].leaf_hash.hex()[:12] in told[0]


def test_a_long_history_is_told_in_pages_or_whole(force, officer, item):
    for _ in range(histories.PAGE + 1):
        force.labels([item])

    newest = fetch(officer, "/items/1")
    oldest, whole = (fetch(officer, newest.links[link]) for link in ("Older entries", "The whole history"))

    lines = [len(page.of_class("app-history")[0]) for page in (newest, oldest, whole)]
    assert lines == [100, 2, 102]
    assert "Lines 101 to 102 of 102, the newest first." in words(oldest)
    assert "seized AB/1" in text_of(oldest.of_class("app-history")[0][1])
    assert oldest.links["Newer entries"] == "/items/1?entry=102#history"
    assert newest.links["Gaps in the account"] == "/items/1/gaps"


def test_the_label_is_shown_as_it_is_printed(force, officer, item):
    code = force.labels([item])[0]

    assert payload.printed(code) in fetch(officer, "/items/1").text


def test_a_scan_that_arrived_late_says_so(force, officer, item):
    acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=force.place_code(force.shelf))
    force.clock.move(hours=20)
    when = force.clock.at - timedelta(hours=19)
    acted(force, "SIGHTING", [_code(force)], ["S100"], to=force.place_code(force.shelf), occurred_at=when)

    assert "Arrived late" in [text_of(one) for one in fetch(_again(force), "/items/1").of_class("govuk-tag")]


def test_a_discrepancy_is_shown_as_a_warning_that_says_what_to_do(force, officer, item):
    booked_in(force, item)
    acted(force, "SIGHTING", [_code(force)], ["S999"])

    warning = text_of(fetch(officer, "/items/1").of_class("govuk-warning-text")[0])

    assert "seen S999" in warning
    assert "recorded S100" in warning
    assert "Put the item aside until a supervisor has settled it." in warning


def test_store_staff_see_what_they_hold_without_the_title_of_its_case(force, client_of, item):
    booked_in(force, item)

    page = fetch(client_of("property_officer"), "/items/1")

    assert page.h1 == "AB/1 in 01AB/1/26"
    assert "Sudden death" not in page.html
    assert "Photographs" not in page.text
    assert "Decide" not in page.text
    assert f"/cases/{1}" not in page.links.values()


@pytest.mark.parametrize("name", ["property_officer", "auditor"])
def test_an_item_in_no_store_of_theirs_does_not_exist_for_store_staff(client_of, item, name):
    assert "There is no such item" in fetch(client_of(name), "/items/1", status=404).text


def test_an_item_of_a_restricted_case_does_not_exist_for_others(force, client_of):
    force.items(force.case(restricted=True))

    fetch(client_of("exhibits_officer"), "/items/1", status=404)


def test_an_officer_decides_to_submit_and_the_clock_of_the_decision_stops(officer, item):
    page = send(officer, "/items/1/decision", {"decision": "SUBMIT"})

    assert "The decision is recorded under your name." in page.text
    assert "decided for AB/1: submit for examination" in page.text
    assert [text_of(one) for one in page.of_class("app-due")] == [
        "Booking in due in 23 hours",
        "Forensic submission due in 6 days",
    ]


@pytest.mark.parametrize(
    ("who", "given", "field", "sentence"),
    [
        ("officer", {}, "decision", "Choose a decision from the list."),
        ("officer", {"decision": "PERHAPS"}, "decision", "Choose a decision from the list."),
        (
            "officer",
            {"decision": "NOT_REQUIRED"},
            "decision",
            "Only a supervisor can decide not to submit AB/1 now. Ask yours.",
        ),
        (
            "supervisor",
            {"decision": "NOT_REQUIRED"},
            "decision",
            "A decision not to submit AB/1 now needs an inspector or above. Ask yours.",
        ),
        ("inspector", {"decision": "DEFER"}, "reason_code", "Choose a reason from the list for AB/1."),
        (
            "inspector",
            {"decision": "DEFER", "reason_code": "cost"},
            "rationale",
            "Say why AB/1 is not to be submitted now, in your own words.",
        ),
        (
            "inspector",
            {"decision": "DEFER", "reason_code": "cost", "rationale": "No budget."},
            "until",
            "Enter the date until which AB/1 is deferred, later than today.",
        ),
        (
            "inspector",
            {"decision": "DEFER", "reason_code": "cost", "rationale": "No budget.", "until": "1 June 2026"},
            "until",
            "AB/1 can be deferred until 10 May 2026 at the latest. Choose an earlier date.",
        ),
        (
            "inspector",
            {"decision": "UNSUITABLE", "reason_code": "condition", "rationale": LONG},
            "rationale",
            "The rationale must be 5,000 characters or fewer; this is 10,000. Shorten it.",
        ),
        (
            "inspector",
            {"decision": "SUBMIT", "consulted": LONG},
            "consulted",
            "Who was consulted must be 500 characters or fewer; this is 10,000. Shorten it.",
        ),
    ],
)
def test_a_decision_that_is_not_allowed_says_why_at_its_field(client_of, item, who, given, field, sentence):
    page = send(client_of(who), "/items/1/decision", given, status=422)

    assert page.summary == [(field, sentence)]
    assert page.field("decide").get("open") is not None
    assert page.value("rationale") == given.get("rationale", "") if who != "officer" else True
    assert "decided for" not in text_of(page.of_class("app-history")[0])


def test_a_deferral_runs_until_the_day_that_was_typed(client_of, item):
    given = {"decision": "DEFER", "reason_code": "awaiting-information", "rationale": "Toxicology first."}

    page = send(client_of("inspector"), "/items/1/decision", given | {"until": "9/5/2026"})

    assert "Forensic decision due in 4 days" in page.text
    assert "00:00 on 9 May 2026" in page.text


def test_those_who_may_not_decide_are_not_asked(client_of, item):
    page = fetch(client_of("coroners_officer"), "/items/1")

    assert "Decide" not in page.text
    assert client_of("coroners_officer").post("/items/1/decision", data={"decision": "SUBMIT"}).status_code == 403


def test_an_overdue_item_says_by_how_long(force, client_of, item):
    force.clock.move(days=5)

    page = fetch(client_of("officer"), "/items/1")

    assert [text_of(one) for one in page.of_class("app-late")] == [
        "Booking in 4 days overdue",
        "Forensic decision 2 days overdue",
    ]


def test_an_item_that_does_not_exist_says_so(officer):
    assert "There is no such item" in fetch(officer, "/items/99", status=404).text


def _code(force):
    with force.services.store.read() as work:
        return work.items.find(1).exhibit.code


def _again(force):
    client = force.app().test_client()
    sign_in(client, "officer")
    return client


def test_a_recommendation_is_recorded_shown_and_answered_with_the_decision(client_of, item):
    given = {
        "role": "pathologist",
        "adviser": "Dr Sorrel",
        "examination": "Blood on the sheet",
        "owner": "4507 Officer",
    }
    advised = send(client_of("coroners_officer"), "/items/1/recommendations", given)
    decision = {"decision": "NOT_REQUIRED", "reason_code": "cost", "rationale": "Too dear."}

    refused = send(client_of("inspector"), "/items/1/decision", decision, status=422)
    (field, sentence) = refused.summary[0]
    kept = send(client_of("inspector"), "/items/1/decision", decision | {field: "Not for 4,000 pounds."})

    assert "Dr Sorrel (pathologist), 4 May 2026: Blood on the sheet Not answered" in words(advised)
    assert "Answer to a recommendation due in 2 days" in words(advised)
    assert sentence == "Answer what Dr Sorrel recommended for AB/1: say what is done, or why not."
    assert "Answered: Not for 4,000 pounds." in words(kept)


def test_an_item_is_graded_and_a_decision_reopened_on_its_page(client_of, item):
    client = client_of("inspector")
    send(client, "/items/1/decision", {"decision": "UNSUITABLE", "reason_code": "condition", "rationale": "Burnt."})

    wrong = send(client, "/items/1/reopen", {"cause": ""}, status=422)
    reopened = send(client, "/items/1/reopen", {"cause": "coroner-asks", "note": "Inquest on 3 June"})
    graded = send(client, "/items/1/grade", {"grade": "O/C"})

    assert wrong.error_at("cause") == "Choose what reopens the decision from the list."
    assert "To be decided again since 4 May 2026" in words(reopened)
    assert "Grade O/C: court" in words(graded)
