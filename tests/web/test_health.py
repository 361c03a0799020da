"""The page that tells administrators what is wrong, and what tells a proxy that the process answers."""

from exhibits_app.services import alerts
from tests.support.pages import fetch
from tests.support.words import words


def test_the_page_says_what_is_wrong_first_and_in_words(force, client_of):
    administrator = client_of("administrator")
    before = words(fetch(administrator, "/health"))
    alerts.run(force.services)
    after = words(fetch(administrator, "/health"))

    assert "Something is wrong now" in before
    assert before.index("Alerts Wrong now The job has never run") < before.index("Database Well")
    assert "Everything that must run does." in after


def test_anyone_may_ask_whether_the_process_lives_and_learns_nothing_else(force):
    answer = force.app().test_client().get("/live")

    assert (answer.status_code, answer.data) == (200, b"alive\n")
