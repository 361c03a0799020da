"""The forensic strategy of a case: one exhibit after the other, or several in one go."""

import pytest

from tests.support.pages import fetch, send
from tests.support.words import words

AGAINST = {"decision": "NOT_REQUIRED", "reason_code": "cost", "rationale": "Too dear."}


@pytest.fixture
def items(force):
    return force.items(force.case(), 3)


def test_a_case_is_walked_from_one_undecided_exhibit_to_the_next(client_of, items):
    client = client_of("inspector")

    first = fetch(client, "/cases/1/strategy")
    second = send(client, "/cases/1/strategy/1", AGAINST)
    third = send(client, "/cases/1/strategy/2", AGAINST)
    done = send(client, "/cases/1/strategy/3", AGAINST)

    assert [page.h1 for page in (first, second, third)] == [
        f"AB/{number} in 01AB/1/26: forensic strategy" for number in (1, 2, 3)
    ]
    assert "Forensic strategy, 3 left to decide" in words(first)
    assert "Nothing in this case waits for a decision" in words(done)


def test_a_mistake_stays_at_its_field_and_the_walk_where_it_was(client_of, items):
    page = send(client_of("inspector"), "/cases/1/strategy/2", AGAINST | {"rationale": ""}, status=422)

    assert page.h1.startswith("AB/2")
    assert page.error_at("rationale") == "Say why AB/2 is not to be submitted now, in your own words."


def test_several_are_decided_in_one_go_each_in_its_own_words(force, client_of, items):
    client = client_of("inspector")
    form = fetch(client, "/cases/1/decide?item=1&item=3")
    given = AGAINST | {"item": ["1", "3"], "rationale-3": "The second sheet shows the same."}

    page = send(client, "/cases/1/decide", given)

    assert form.h1 == "Decide about 2 exhibits"
    assert "2 decisions are recorded under your name." in words(page)
    with force.services.store.read() as work:
        found = [work.items.find(number).exhibit.decision for number in (1, 2, 3)]
    assert [one and one.rationale for one in found] == [
        "Too dear.", None, "Too dear. The second sheet shows the same."
    ]  # fmt: skip


def test_those_that_are_refused_stay_with_their_reason(client_of, items):
    page = send(client_of("officer"), "/cases/1/decide", AGAINST | {"item": ["1", "2"]})

    assert page.summary == [
        (f"rationale-{number}", f"AB/{number}: Only a supervisor can decide not to submit AB/{number} now. Ask yours.")
        for number in (1, 2)
    ]


def test_nothing_ticked_that_waits_leads_back_to_the_case(client_of, items):
    assert fetch(client_of("inspector"), "/cases/1/decide").h1 == "Case 01AB/1/26"
