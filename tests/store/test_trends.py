"""What is overdue is counted once a day and kept, on either database."""

from dataclasses import replace
from datetime import date, timedelta

from exhibits_app.store import SqlStore

from .parts import NOON, a_case, a_world, register

DAY = date(2026, 5, 6)


def test_a_day_is_counted_once_for_the_force_and_for_each_team(store: SqlStore):
    world = a_world(store)

    def fill(work):
        team = work.teams.add("CID Ilford")
        work.cases.save(replace(world.case, team=team))
        register(work, world, "MR/1")
        other = replace(world, case=a_case(work, world.officer, "51/101/26"))
        register(work, other, "MR/2")
        return team

    team = store.write(fill)
    late = NOON + timedelta(days=3)
    kept = [store.write(lambda work: work.trends.keep(DAY, late)) for _ in range(2)]
    store.write(lambda work: work.trends.keep(DAY - timedelta(days=3), NOON))

    assert kept == [True, False]
    with store.read() as work:
        assert work.trends.since(DAY - timedelta(days=1), None) == {DAY: 2}
        assert work.trends.since(DAY, team) == {DAY: 1}
        assert work.trends.since(DAY - timedelta(days=9), team) == {DAY: 1, DAY - timedelta(days=3): 0}
