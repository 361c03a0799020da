"""Legacy stock and its plans keep what their port promises."""

from dataclasses import replace
from datetime import timedelta

from exhibits_app.domain.events import Imported
from exhibits_app.domain.exhibit import Alias
from exhibits_app.domain.grading import GradingPlan
from exhibits_app.services.ports.grading import LegacyStock, Waiting
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, POLICY, a_world, an_envelope, register

DAY = timedelta(days=1)


def test_legacy_stock_is_found_by_its_number_and_given_out_in_the_order_of_the_plan(store: SqlStore):
    world = a_world(store)

    def bring_in(work):
        for number, category in enumerate(("KNF", "FA", "KNF"), start=1):
            ex = register(work, world, f"MR/{number}", NOON - number * DAY, category)
            body = Imported("Old", f"P{number}", NOON + number * DAY)
            record(work, IDS, POLICY, [Happening(work.items.hold(ex), an_envelope(world), body)])
        return work.gradings.add(GradingPlan(0, None, 2, NOON, "so", world.officer.id, NOON, ("FA", "KNF")))

    plan = store.write(bring_in)
    with store.read() as work:
        found = work.gradings.next_items(plan, NOON, 2)
        rest = work.gradings.next_items(replace(plan, cursor=found[-1][1]), NOON, 2)
        there = work.gradings.of_legacy([Alias("old", "p2"), Alias("other", "P1")])
        assert work.gradings.waiting(NOON + DAY) == [Waiting(None, 2, 2, NOON + 2 * DAY)]
        assert work.gradings.stock(None, NOON) == LegacyStock(3, NOON + DAY, 1)
        assert work.gradings.stock(7, NOON) == LegacyStock(0)
        assert [one.exhibit.register_no for one in work.items.search("p3")] == [3]

    assert [number for number, _ in [*found, *rest]] == [2, 3, 1]
    assert there == {Alias("old", "p2"): 2}
    done = replace(plan, done=3, cursor=rest[-1][1], finished=True)
    assert store.write(lambda work: work.gradings.unfinished()) == plan
    store.write(lambda work: work.gradings.advance(done))
    assert store.write(lambda work: work.gradings.unfinished()) is None
    with store.read() as work:
        assert work.gradings.all() == [done]
