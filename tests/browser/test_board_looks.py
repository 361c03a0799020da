"""The board and the administration pages in Chromium: without accessibility faults, and no wider than a phone."""

from datetime import UTC, datetime, timedelta

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.services import ageing, deciding, trend
from tests.support.force import a_force
from tests.support.looks import faults_of
from tests.support.serving import sign_in_at


@pytest.fixture
def force(tmp_path):
    """A force with overdue, nearly due and restricted exhibits."""
    made = a_force(tmp_path)
    # Pages leave when their session ends by the browser's clock, so the force's time ends now.
    made.clock.at = datetime.now(UTC) - timedelta(days=43)
    made.items(made.case(title="A case with a title that goes on for longer than any column is wide"), 3)
    made.items(made.case(by="other", reference="01AB/2/26", restricted=True, team=made.team), 1, by="other", seal="R1")
    made.clock.move(days=40)
    made.items(made.case(reference="01AB/3/26"), 2, seal="", description="Knotted wrap of white powder " * 8)
    made.clock.move(days=3)
    advice = deciding.Advice("pathologist", "Dr Sorrel of the Northern Institute", "Semen and blood " * 12, 1)
    for item in (1, 4, 5):
        deciding.recommend(made.services, made.person("other" if item == 4 else "officer"), item, advice)
    choice = Choice("NOT_REQUIRED", "cost", "The laboratory quoted 4,000 pounds. " * 4, reopen_if="A match. " * 9)
    deciding.decide(made.services, made.person("inspector"), 2, choice)
    at = made.clock.at
    for days in range(60, 0, -1):
        made.clock.at = at - timedelta(days=days)
        trend.keep_today(made.services)
    made.clock.at = at
    ageing.keep(made.services)
    made.device()
    yield made
    made.services.store.close()


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        (
            "supervisor",
            [
                "/board",
                "/board/soon",
                "/board/recommendations",
                "/board/ageing?by=oic",
                "/cases/1/links",
                "/decisions/cost",
                "/decisions/people",
                "/board?category=CASH",
                "/policy",
                "/logs/scans",
                "/ledger",
            ],
        ),
        (
            "administrator",
            ["/people", "/people/1", "/people/new", "/devices", "/places", "/account", "/outbox"],
        ),
        ("administrator", ["/label-templates/edit?stock=L7160", "/label-stock", "/label-stock/new", "/health"]),
        ("auditor", ["/stores", "/stores/1"]),
    ],
)
def test_the_pages_have_no_accessibility_fault_and_fit_the_screen(new_page, url, name, paths):
    page = sign_in_at(new_page(), url, name)

    assert faults_of(page, url, paths) == []


def test_the_board_is_narrowed_with_the_keyboard_alone(new_page, url):
    page = sign_in_at(new_page(), url, "supervisor")
    page.clock.set_fixed_time("2026-01-01")  # As above: the session has not ended by the browser's clock.
    page.goto(f"{url}/board")

    page.focus("#category")
    page.keyboard.type("Cash")
    page.keyboard.press("Tab")  # What is waited for.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**category=CASH*")

    assert "Nothing is overdue with these filters." in page.inner_text("main")


def test_what_the_board_prints_has_no_filters_and_keeps_its_rows(new_page, url):
    page = sign_in_at(new_page(), url, "supervisor")
    page.goto(f"{url}/board")

    page.emulate_media(media="print")

    assert not page.is_visible(".board-filters")
    assert page.locator(".board-row").first.is_visible()
