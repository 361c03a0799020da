"""The page of handovers: what is offered to me, what I offered, what I hold, and answering."""

import pytest

from exhibits_app.services import happenings
from exhibits_app.services.typed_acts import Particulars
from tests.support.pages import fetch, send, text_of


@pytest.fixture
def offers(force):
    """Three knives of the officer's, two of them offered to the other officer two hours ago."""
    items = force.items(force.case(category="violence"), 3, category="KNF")
    given = Particulars(receiver=force.people["other"].id)
    happenings.happen(force.services, force.person("officer"), items[:2], "OFFER", given)
    force.clock.move(hours=2)
    return items


def test_what_is_offered_to_me_says_by_whom_and_since_when(client_of, offers):
    page = fetch(client_of("other"), "/handovers")

    (list_,) = page.of_class("app-offers")
    assert text_of(list_).startswith(
        "AB/1 Bed sheet01AB/1/26; from PC 4507 Officer; seal S100offered 10:00 on 4 May 2026, 2 hours ago"
    )
    assert "You hold nothing." in page.text


def test_what_i_offered_and_what_i_hold_is_listed_until_it_is_answered(client_of, offers):
    page = fetch(client_of("officer"), "/handovers")

    assert "Nothing is offered to you." in page.text
    by_me, held = (text_of(one) for one in page.of_class("app-hands"))
    assert by_me.count("to PC 4505 Other") == 2
    assert held.count("Hand over") == 1
    assert "AB/3" in held


def test_many_are_accepted_at_once(client_of, offers):
    page = send(client_of("other"), "/handovers", {"item": offers[:2], "answer": "accept"})

    assert page.h1 == "Accept: all 2 recorded"
    assert text_of(fetch(client_of("other"), "/handovers").of_class("app-hands")[0]).count("Hand over") == 2
    assert "You wait for nobody’s answer." in fetch(client_of("officer"), "/handovers").text


def test_turning_down_needs_a_reason_and_changes_no_custody(client_of, offers):
    client = client_of("other")

    refused = send(client, "/handovers", {"item": offers[:1], "answer": "reject"}, status=422)
    done = send(client, "/handovers", {"item": offers[:1], "answer": "reject", "reason": "The bag is torn."})

    assert refused.summary == [("reason", "Enter why you turn them down.")]
    assert refused.field("item-1").get("checked") is not None
    assert done.h1 == "Turn down or withdraw: all 1 recorded"
    assert "With PC 4507 Officer" in fetch(client_of("officer"), "/items/1").text


def test_an_answer_names_items_and_what_is_done(client_of, offers):
    page = send(client_of("other"), "/handovers", {}, status=422)

    assert [name for name, _ in page.summary] == ["item", "answer"]


def test_an_offer_to_somebody_else_is_not_mine_to_accept(client_of, offers):
    page = send(client_of("exhibits_officer"), "/handovers", {"item": offers[:1], "answer": "accept"})

    assert page.h1 == "Accept: 0 of 1 recorded"
    assert "AB/1 is offered to PC 4505 Other, who must answer with their own sign-in." in page.text


def test_i_withdraw_what_i_offered(client_of, offers):
    page = send(client_of("officer"), "/items/1/record/reject", {"reason": "Wrong person."})

    assert "Offered to" not in page.text


def test_what_i_hold_is_paged(force, client_of):
    force.items(force.case(category="violence"), 60, category="KNF")
    client = client_of("officer")

    first = fetch(client, "/handovers")
    second = fetch(client, first.links["Next page of what you hold"])

    assert text_of(first.of_class("app-hands")[0]).count("Hand over") == 50
    assert text_of(second.of_class("app-hands")[0]).count("Hand over") == 10
