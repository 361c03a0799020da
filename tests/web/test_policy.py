"""The page of time limits and the page of the ledger."""

from datetime import timedelta

from exhibits_app.domain.clocks import DEFAULT_RULES, Rule
from exhibits_app.services import policy
from tests.support.force import START
from tests.support.pages import fetch
from tests.support.words import words


def test_the_limits_say_that_they_are_the_forces_own_and_not_law(client_of):
    page = fetch(client_of("officer"), "/policy")

    assert "the force's own policy, not law" in words(page)
    assert "the force has not set its own yet" in words(page)


def test_every_category_has_its_row_and_the_unclassified_one_is_strict(client_of):
    page = fetch(client_of("supervisor"), "/policy")
    rows = [words(row) for row in page.all("tr")]

    assert len(rows) == len(DEFAULT_RULES) + 1
    assert any("Bedding, clothing or ligature at a death DTH-BED 3 days 7 days no limit" in row for row in rows)
    assert any(row.startswith("Not yet classified Strict") for row in rows)


def test_the_version_in_force_is_shown_and_a_later_one_is_not_yet(force, client_of):
    rules = DEFAULT_RULES | {"CASH": Rule(9, None)}
    force.services.store.write(lambda work: work.policies.add(rules, START - timedelta(days=1), 1, "first"))
    force.services.store.write(lambda work: work.policies.add(DEFAULT_RULES, START + timedelta(days=1), 1, "next"))

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
