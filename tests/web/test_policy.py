"""The page of time limits and the page of the ledger."""

from datetime import timedelta

import pytest

from exhibits_app.domain.escalation import CUSTODY_STAGES, STAGES
from exhibits_app.domain.people import Grant, Role
from exhibits_app.domain.policy import DEFAULT_RULES, Policy, Rule
from exhibits_app.services import policy
from tests.support.force import START
from tests.support.pages import fetch, send
from tests.support.words import words


def test_the_limits_say_that_they_are_the_forces_own_and_not_law(client_of):
    page = fetch(client_of("officer"), "/policy")

    assert "the force's own policy, not law" in words(page)
    assert "the force has not set its own yet" in words(page)


def test_every_category_has_its_row_and_the_unclassified_one_is_strict(client_of):
    page = fetch(client_of("supervisor"), "/policy")
    rows = [words(row) for row in page.all("tr")]

    assert len(rows) == len(DEFAULT_RULES) + 1 + len(STAGES) + len(CUSTODY_STAGES) + 1
    assert any("Bedding, clothing or ligature at a death DTH-BED 3 days 7 days no limit" in row for row in rows)
    assert any(row.startswith("Not yet classified Strict") for row in rows)


def test_the_version_in_force_is_shown_and_a_later_one_is_not_yet(force, client_of):
    rules = DEFAULT_RULES | {"CASH": Rule(9, None)}
    for days, version in ((-1, rules), (1, DEFAULT_RULES)):
        made = Policy(0, START + timedelta(days=days), version)
        force.services.store.write(lambda work, made=made: work.policies.add(made, 1, "to see"))

    page = fetch(client_of("officer"), "/policy")

    assert "Version 1, in force since 10:00 on 3 May 2026." in words(page)
    assert "Cash CASH 9 days" in words(page)


def test_the_strictest_category_comes_first(force):
    rows = policy.in_force(force.services, force.person("officer")).rows

    assert rows[0][2].decide_days == 1
    assert rows[-1][0] == "NON"


def test_the_ledger_page_counts_entries_and_items(force, client_of):
    items = force.items(force.case(), 2)
    force.labels(items)

    page = fetch(client_of("auditor"), "/ledger")

    with force.services.store.read() as work:
        assert work.ledger.origin() in words(page)
    assert "Entries 4" in words(page)
    assert "Items they are about 2" in words(page)


@pytest.fixture
def chief(force, client_of):
    """The client of an inspector who supervises the whole force."""
    inspector = force.people["inspector"].id
    force.services.store.write(
        lambda work: work.accounts.grant(inspector, Grant(Role.SUPERVISOR), inspector, force.clock.at)
    )
    return client_of("inspector")


def as_shown(page):
    """What the form would send back unchanged, with the note and the start that a version needs."""
    shown = {
        box.get("name"): box.get("value", "") for box in page.all("input") if box.get("type") in {"text", "hidden"}
    }
    for box in page.all("input"):
        if box.get("type") == "checkbox" and box.get("checked") is not None:
            shown.setdefault(box.get("name"), []).append(box.get("value"))
    return shown | {"counts": "calendar", "effective_from": "01/06/2026 00:00", "note": "Recommendation 4"}


def test_the_limits_are_changed_after_seeing_what_that_does(force, chief):
    force.items(force.case(), 2, category="DRUG")
    sent = as_shown(fetch(chief, "/policy/change")) | {"rules-DRUG-decide_days": "3"}
    sent["effective_from"] = "07/05/2026 12:00"
    sent["escalation-decision-due-soon-tells"] = ["supervisor"]

    preview = send(chief, "/policy/change", sent)
    kept = send(chief, "/policy/change", sent | {"save": "1"})

    assert "Drugs, no death 0 2 2 would become overdue" in words(preview)
    assert "80 %: the officer in the case, the supervisor 80 %: the supervisor 0 2" in words(preview)
    assert "Version 1 of the time limits is set." in words(kept)
    assert "Second notice 80 % the officer in the case, the supervisor" in words(kept)
    assert "1 12:00 on 7 May 2026 Not yet in force DI 4509 Inspector Recommendation 4" in words(kept)


def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(force, chief):
    sent = as_shown(fetch(chief, "/policy/change")) | {"rules-SEX-decide_days": "two"}

    page = send(chief, "/policy/change", sent, status=422)

    assert page.error_at("rules-SEX-decide_days").startswith("Enter the days to decide for")
    assert page.value("note") == "Recommendation 4"


def test_a_supervisor_of_one_team_is_not_offered_to_set_limits(client_of):
    assert "Change the time limits" not in words(fetch(client_of("supervisor"), "/policy"))
    fetch(client_of("supervisor"), "/policy/change", status=403)
