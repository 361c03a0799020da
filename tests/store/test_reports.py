"""What reports are made of is the same in either database: decisions of a month, ages, links between cases."""

from datetime import timedelta

import pytest

from exhibits_app.domain.errors import ChangedMeanwhile
from exhibits_app.domain.events import Decided
from exhibits_app.domain.linking import CaseLink
from exhibits_app.services.ports import DecisionLine, ItemLine, MadeBy, Sort
from exhibits_app.services.ports.trends import CATEGORY, Share
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, POLICY, a_case, a_world, an_envelope, register

MONTH = DecisionLine(NOON, NOON + timedelta(days=28))


def test_decisions_are_listed_counted_and_added_up(store: SqlStore):
    world = a_world(store)

    def decide(work, number, days, **said):
        body = Decided(rationale="It costs too much.", reason_code="cost", **said)
        envelope = an_envelope(world, NOON + timedelta(days=days))
        record(work, IDS, POLICY, [Happening(work.items.hold(number), envelope, body)])

    def fill(work):
        for days, (cost, decision) in enumerate(((1_200, "NOT_REQUIRED"), (None, "DEFER"))):
            decide(work, register(work, world, f"MR/{days}"), days * 9, decision=decision, cost=cost)

    store.write(fill)

    officer = world.officer.id
    with store.read() as work:
        first, second = work.decisions.page(MONTH)
        assert [one.made.late for one in (first, second)] == [False, True]
        assert work.decisions.page(MONTH, (first.made.at, first.made.event)) == [second]
        assert work.decisions.by_person(MONTH) == [MadeBy(officer, 2, 2, 0, 1, 1, 0)]
        assert work.decisions.per_category(MONTH) == [("UNK", 2)]
        assert (work.decisions.per_team(MONTH), work.decisions.per_person(MONTH)) == ([(None, 2)], [(officer, 2)])
        assert (work.decisions.cost(MONTH), work.decisions.first()) == (1_200, NOON)
        assert work.decisions.page(DecisionLine(MONTH.since, MONTH.until, sort=Sort.REOPENED)) == []


def test_ages_are_those_counted_last(store: SqlStore):
    world = a_world(store)
    store.write(
        lambda work: [register(work, world, f"MR/{number}", NOON - timedelta(days=number)) for number in (0, 9)]
    )
    now = NOON + timedelta(days=2)
    edges = [now - timedelta(days=days) for days in (1, 3, 7, 14, 28, 90)]

    with store.read() as work:
        counted = work.trends.count_shares(now, edges)
    kept = [store.write(lambda work: work.trends.keep_shares(counted, now)) for _ in range(2)]

    with store.read() as work:
        assert (kept, work.trends.shares_at()) == ([True, False], now)
        assert work.trends.shares(CATEGORY, None) == [Share(0, CATEGORY, "UNK", (1, 0, 0, 1, 0, 0, 0))]
        assert work.trends.shares(CATEGORY, 7) == []
        assert work.items.due_counts(now, ItemLine(of_custody=True, kind="handover", team=7), [NOON]) == [0, 0]


def test_two_cases_have_one_link_that_stands(store: SqlStore):
    world = a_world(store)
    other = store.write(lambda work: a_case(work, world.officer, "51/101/26"))
    link = CaseLink(0, world.case.id, other.id, world.officer.ref, NOON, "The same serial number.")
    store.write(lambda work: work.case_links.add(link))

    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.case_links.add(link))
    store.write(lambda work: work.case_links.end(1, world.officer.ref, NOON, "Another serial number."))
    store.write(lambda work: work.case_links.add(link))

    with store.read() as work:
        assert [one.stands for one in work.case_links.of_case(other.id)] == [False, True]
        assert work.case_links.of_case(world.case.id) == work.case_links.of_case(other.id)
