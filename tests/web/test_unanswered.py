"""Unanswered recommendations: each on its list, whatever falls due before it, until it is answered."""

from datetime import timedelta

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.services import deciding, rebuild, unanswered
from exhibits_app.services.ports import ItemLine
from tests.support.force import START, a_force, sign_in
from tests.support.pages import fetch
from tests.support.words import words


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    """An overdue sheet recommended last, clothing first, one of a restricted case between; one answered, one never."""
    made = a_force(tmp_path_factory.mktemp("advised"))
    case = made.case()
    sheet, clothing, answered, _never = [
        made.items(case, category=category)[0] for category in ("DTH-BED", "NON", "NON", "NON")
    ]
    hidden = made.items(made.case(by="other", reference="01AB/2/26", restricted=True), by="other", seal="R1")[0]
    for item, by in ((clothing, "officer"), (answered, "officer"), (hidden, "other"), (sheet, "officer")):
        advice = deciding.Advice("csm", "CSM Thorne", f"Fibres of {item}", made.people["inspector"].id)
        made.clock.move(hours=1)
        deciding.recommend(made.services, made.person(by), item, advice)
    with made.services.store.read() as work:
        (one,) = work.items.find(answered).exhibit.open_recommendations
    choice = Choice("NOT_REQUIRED", "other-evidence", "Seen on film.", answers={one.event: "Not needed."})
    deciding.decide(made.services, made.person("inspector"), answered, choice)
    made.clock.move(days=5)
    yield made
    made.services.store.close()


def numbers(force, by: str, after=None, limit: int = 50, **wanted) -> list[int]:
    found = unanswered.page(force.services, force.person(by), ItemLine(**wanted), after, limit)
    return [line.row.item.exhibit.register_no for line in found.lines]


def test_none_is_hidden_behind_an_earlier_deadline_and_the_longest_waiting_comes_first(force):
    assert numbers(force, "submissions") == [2, 5, 1]
    assert numbers(force, "submissions", category="DTH-BED") == [5, 1]
    assert numbers(force, "supervisor", team=force.team + 1) == [2, 1]
    assert numbers(force, "submissions", kind="handover", of_custody=True) == [2, 5, 1]


def test_the_pages_follow_each_other(force):
    first = unanswered.page(force.services, force.person("auditor"), ItemLine(), limit=2)

    assert first.next_after == (START + timedelta(hours=3), 5)
    assert numbers(force, "auditor", first.next_after) == [1]


def test_the_page_tells_what_was_recommended_and_by_when_it_was_to_be_answered(force):
    client = force.app().test_client()
    sign_in(client, "supervisor")

    page = fetch(client, "/board/recommendations")

    row = words(page.of_class("board-row")[0])
    assert row.startswith("3 days overdue 11:00 on 6 May 2026 AB/2")
    assert "CSM Thorne (crime scene manager), 4 May 2026: Fibres of 2 DI 4509 Inspector is to see" in row
    assert page.links["AB/2"] == "/items/2#recommended"


def test_of_a_restricted_case_nothing_is_told_but_that_it_waits(force):
    client = force.app().test_client()
    sign_in(client, "submissions")

    row = words(fetch(client, "/board/recommendations").of_class("board-row")[1])

    assert "Restricted Property 5 1 not answered" in row
    assert [word for word in ("Fibres", "Thorne", "01AB/2/26") if word in row] == []


def test_what_the_list_goes_by_is_proved_by_a_rebuild(force):
    assert rebuild.rebuild(force.services, write=False).faults == []
