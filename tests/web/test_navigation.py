"""The navigation is short on every page, and leads everywhere."""

from tests.support.pages import fetch


def test_seven_entries_the_page_one_is_on_and_a_way_to_the_rest(client_of):
    supervisor = client_of("supervisor")

    start, ledger = fetch(supervisor, "/"), supervisor.get("/ledger").text

    entries = supervisor.get("/").text.partition('aria-label="Main"')[2].partition("</nav>")[0]
    assert entries.count("<li>") == 8
    assert "Everything else</a>" in entries
    assert "Ledger" not in entries
    assert "Ledger" in start.links
    assert 'aria-current="page">Ledger</a>' in ledger
