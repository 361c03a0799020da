"""The overdue board: what is on it, for whom, in which order, and what it says of the alerts."""

from datetime import timedelta

import pytest

from exhibits_app.bootstrap import create_app
from exhibits_app.current import JUST_WROTE, services
from exhibits_app.services.alerts import run as run_alerts
from exhibits_app.services.board import SPANS, age
from exhibits_app.web.chart import FOOT, HEIGHT, TOP, bars
from tests.support.force import START, Force, sign_in
from tests.support.pages import PageRead, fetch, send
from tests.support.words import words


def board(force: Force, name: str = "supervisor", path: str = "/board") -> PageRead:
    client = force.app().test_client()
    sign_in(client, name)
    return fetch(client, path)


def rows(page: PageRead) -> list[str]:
    return [words(row) for row in page.of_class("board-row")]


def test_an_empty_board_says_that_nothing_is_overdue(force):
    page = board(force)

    assert page.h1 == "Overdue board"
    assert "Nothing is overdue." in words(page)
    assert rows(page) == []


def test_an_exhibit_is_on_the_board_from_its_deadline_on(force):
    force.items(force.case(), 1)  # A bed sheet at a death: three days from seizure, an hour ago.

    force.clock.move(days=3, hours=-2)
    before = rows(board(force))
    force.clock.move(hours=2)
    after = rows(board(force))

    assert before == []
    assert len(after) == 1
    assert after[0].startswith("1 hour overdue Forensic decision AB/1 Property 1 Bed sheet 01AB/1/26")
    assert "With PC 4507 Officer" in after[0]


def test_the_longest_overdue_comes_first(force):
    case = force.case()
    force.items(case, 1, description="Later sheet")
    force.items(case, 1, category="FA", description="Firearm", reference="CD/1")
    force.clock.move(days=10)

    found = rows(board(force))

    assert ["Firearm" in found[0], "Later sheet" in found[1]] == [True, True]


def test_a_restricted_case_shows_nothing_of_itself_to_others(force):
    case = force.case(by="other", restricted=True, title="Covert matter", team=force.team)
    force.items(case, 1, by="other", description="Secret thing")
    force.clock.move(days=10)

    page = board(force)

    assert rows(page)[0].startswith("7 days overdue Forensic decision Restricted Property 1 restricted case")
    assert [word for word in ("Covert", "Secret", "01AB/1/26", "AB/1") if word in words(page)] == []


def test_the_auditor_reads_the_reference_but_neither_title_nor_link(force):
    force.items(force.case(), 1)
    force.clock.move(days=10)

    page = board(force, "auditor")

    assert "01AB/1/26" in words(page)
    assert "Mill Lane" not in words(page)
    assert "AB/1" not in page.links


def test_the_reference_leads_to_the_item(force):
    force.items(force.case(), 1)
    force.clock.move(days=10)

    assert board(force).links["AB/1"] == "/items/1"


def test_what_is_due_within_three_days_is_on_its_own_list(force):
    case = force.case()
    force.items(case, 1, description="Sheet")
    force.items(case, 1, category="FA", description="Firearm", reference="CD/1")
    force.clock.move(days=1)

    overdue, soon = board(force), board(force, path="/board/soon")

    assert ["Firearm" in row for row in rows(overdue)] == [True]
    assert ["due in 1 day" in row and "Sheet" in row for row in rows(soon)] == [True]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("category=FA", ["Firearm"]),
        ("category=CASH", []),
        ("category=rubbish", ["Firearm", "Sheet"]),
        ("oic={officer}", ["Firearm", "Sheet"]),
        ("oic={other}", []),
        ("officer=4507+Officer", ["Firearm", "Sheet"]),
        ("officer=officer+4507&category=FA", ["Firearm"]),
        ("officer=4505", []),
        ("officer=nobody", ["Firearm", "Sheet"]),
        ("store={store}", []),
        ("team={team}", ["Firearm", "Sheet"]),
        ("store=&team=&oic=&category=", ["Firearm", "Sheet"]),
        ("after=nonsense", ["Firearm", "Sheet"]),
        ("after=99999999999999999999999-1", ["Firearm", "Sheet"]),
    ],
)
def test_filters_narrow_the_board(force, query, shown):
    case = force.case()
    force.items(case, 1, description="Sheet")
    force.items(case, 1, category="FA", description="Firearm", reference="CD/1")
    force.clock.move(days=10)
    ids = {"officer": force.people["officer"].id, "other": force.people["other"].id}

    page = board(force, "auditor", "/board?" + query.format(**ids, store=force.store.id, team=force.team))

    assert [word for row in rows(page) for word in ("Firearm", "Sheet") if word in row] == shown


def test_whom_the_officer_typed_fits_is_told_beside_the_field(force):
    force.items(force.case())
    force.clock.move(days=10)

    nobody, several = board(force, path="/board?officer=nobody"), board(force, path="/board?officer=45")
    found = board(force, path="/board?officer=pc+4507+officer")

    assert nobody.error_at("officer").startswith("Nobody here is called “nobody”.")
    assert several.error_at("officer").startswith("Several people fit “45”: ")
    assert found.value("officer") == "PC 4507 Officer"


def test_a_second_page_goes_on_where_the_first_ended(force):
    force.items(force.case(), 60)
    force.clock.move(days=10)

    first = board(force)
    second = board(force, path=first.links["Next page"])

    assert [len(rows(first)), len(rows(second))] == [50, 10]
    assert "AB/51" in rows(second)[0]
    assert "Next page" not in second.links


def test_the_counts_and_the_chart_tell_the_same(force):
    case = force.case()
    force.items(case, 3)
    force.clock.move(days=4)
    force.items(case, 2, category="FA")
    force.clock.move(days=1, hours=12)

    page = board(force)
    counts = [words(one) for one in page.of_class("board-chart__count")]
    table = words(page.of_class("board-numbers")[0])

    assert words(page.of_class("board-figure")[0]) == "overdue 5"
    assert counts == ["2", "3", "0", "0", "0", "0", "0"]
    assert "up to 1 day 2 1 to 3 days 3 3 to 7 days 0" in table


def test_every_page_says_that_the_alerts_stopped_to_whoever_may_see_the_board(force):
    def said(name, path="/account"):
        client = force.app().test_client()
        sign_in(client, name)
        return [words(one) for one in fetch(client, path).of_class("app-stopped")]

    assert said("supervisor")[0].startswith("Alerts have stopped. The alert job has never run")
    run_alerts(force.services)
    assert said("supervisor") == []
    force.clock.move(minutes=5)

    assert "has not run since 10:00 on 4 May 2026" in said("supervisor")[0]
    assert [said("officer"), said("supervisor", "/board")] == [[], []]


def test_an_acknowledged_deadline_stays_on_the_board_with_who_why_and_until_when(force):
    force.items(force.case())
    force.clock.move(days=3)
    client = force.app().test_client()
    sign_in(client, "supervisor")
    form = fetch(client, "/items/1")
    clock = next(one.get("value") for one in form.all("option") if "Forensic decision" in "".join(one.itertext()))

    refused = client.post("/items/1/acknowledgement", data={"clock": clock, "days": "2", "reason": ""})
    client.post("/items/1/acknowledgement", data={"clock": clock, "days": "2", "reason": "Lab closed"})

    assert refused.status_code == 422
    said = "Acknowledged by DS 4510 Supervisor until 10:00 on 9 May 2026: Lab closed"
    assert said in rows(board(force))[0]
    assert said in words(fetch(client, "/items/1"))
    force.clock.move(days=2)
    assert "Acknowledged" not in rows(board(force))[0]
    sign_in(client, "supervisor")
    assert f"Was a{said[1:]}" in words(fetch(client, "/items/1"))


def test_the_board_warns_when_alerts_never_ran_or_stopped_or_nothing_is_sent(force):
    never = words(board(force))
    run_alerts(force.services)
    ran = words(board(force))
    force.clock.move(minutes=6)
    stopped = words(board(force))
    force.services.mailer.active = True
    run_alerts(force.services)
    well = words(board(force))

    assert "has never run" in never
    assert "last ran at 10:00. No mail server is set" in ran
    assert "Nobody has been told of anything since" in stopped
    assert "Alerts are running. The alert job last ran at 10:06." in well


def test_a_message_that_waits_is_counted_on_the_board(force):
    force.items(force.case(), 1)
    force.clock.move(days=3)
    run_alerts(force.services)
    force.services.mailer.active = True

    assert "waits to be sent" in words(board(force)) or "wait to be sent" in words(board(force))


def test_an_age_is_the_span_that_the_chart_counts_it_in():
    ages = [age(START, START + timedelta(days=days)) for days in (-1, 0, 0.5, 2, 5, 10, 20, 60, 400)]

    assert ages == [None, None, 0, 1, 2, 3, 4, 5, 6]


def test_a_bar_is_never_too_small_to_see_and_never_leaves_the_chart():
    drawn = bars([("a b", 1), ("c d", 10_000), ("e f", 0)])

    assert [bar.height for bar in drawn] == [3, HEIGHT - TOP - FOOT, 0]
    assert {bar.top + bar.height for bar in drawn} == {HEIGHT - FOOT}


def test_the_chart_has_a_bar_for_every_span():
    assert len(bars([(name, 1) for name, _ in SPANS])) == 7


def test_the_board_of_custody_shows_the_steps_that_nobody_took(force, client_of):
    force.items(force.case(), 2, category="NON")
    force.clock.move(days=2)

    decisions = fetch(client_of("inspector"), "/board")
    custody = fetch(client_of("inspector"), "/board?owed=custody")
    other = fetch(client_of("inspector"), "/board?owed=handover")

    assert "Nothing is overdue" in words(decisions)
    assert [words(row) for row in custody.of_class("board-owed")] == ["Booking in", "Booking in"]
    assert "Nothing is overdue with these filters" in words(other)


def test_who_has_just_changed_something_is_shown_lists_of_the_primary(force: Force) -> None:
    replicated = force.settings.model_copy(update={"replica_url": "postgresql://127.0.0.1:1/nobody"})
    app = create_app(force.services, replicated)
    app.config.update(WTF_CSRF_ENABLED=False)
    browser = app.test_client()

    sign_in(browser, "supervisor")

    assert browser.get_cookie(JUST_WROTE) is not None
    for cookie, wrote in (({"Cookie": f"{JUST_WROTE}=1"}, True), ({}, False)):
        with app.test_request_context(headers=cookie):
            assert services().just_wrote is wrote


def test_a_decision_is_made_from_its_row_and_leads_back_to_the_board(force, client_of):
    force.items(force.case(), 2)
    force.clock.move(days=4)
    supervisor = client_of("supervisor")

    row = fetch(supervisor, "/board").links["Decide about AB/1"]
    page = fetch(supervisor, row)
    assert page.field("decide").get("open") is not None
    action = next(one.get("action", "") for one in page.all("form") if "/decision" in one.get("action", ""))
    after = send(supervisor, action, {"decision": "SUBMIT"})

    assert after.h1 == "Overdue board"
    assert "The decision is recorded under your name." in after.html
    assert "Decide about AB/1" not in after.links
    assert "Decide about AB/2" in after.links
    assert "Decide about AB/2" not in fetch(client_of("auditor"), "/board").links
