"""What is out for examination is listed and counted within its own index, by who has it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from exhibits_app.domain.events import Submitted
from exhibits_app.domain.places import PlaceKind
from exhibits_app.services.ports import AwayAt, AwayLine
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore
from exhibits_app.store.repositories import away

from .parts import IDS, NOON, POLICY, a_world, an_envelope, register

AWAY = {
    "all": {},
    "one laboratory's, overdue": {"lab": 7, "overdue_at": NOON},
    "of one kind of case": {"kind_of_case": "homicide"},
}


@pytest.mark.parametrize("given", AWAY.values(), ids=AWAY)
def test_what_is_out_comes_from_its_partial_index(sqlite_store: SqlStore, given):
    wanted = AwayLine(**given)
    queries = [away.page_query(wanted, None), away.page_query(wanted, (NOON, 1)), away.places_query(wanted, NOON)]
    engine = create_engine(sqlite_store.url)

    with engine.connect() as connection:
        texts = [str(query.compile(engine, compile_kwargs={"literal_binds": True})) for query in queries]
        plans = [[row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")] for text in texts]
    engine.dispose()

    for plan, covering in zip(plans, ("", "", "COVERING "), strict=True):
        assert re.search(f"(SEARCH|SCAN) item USING {covering}INDEX item_away", plan[0]), plan
    assert not any("ORDER BY" in step for plan in plans[:2] for step in plan), plans


def test_what_is_out_is_listed_and_counted_by_who_has_it(store: SqlStore):
    world = a_world(store)

    def send(work):
        for at in range(1, 5):
            register(work, world, f"MR/{at}")
        lab = work.places.add("Northern Forensics", PlaceKind.LAB, None, frozenset())
        carrier = work.places.add("Forensic courier", PlaceKind.CARRIER, None, frozenset())
        for number, place, hours in ((2, lab, 9), (4, lab, 8), (1, carrier, 7)):
            out = Submitted(place.ref, "FS/1", "FSU")
            happening = Happening(work.items.hold(number), an_envelope(world, NOON + timedelta(hours=hours)), out)
            record(work, IDS, POLICY, [happening])
        return lab, carrier

    lab, carrier = store.write(send)
    late = NOON + timedelta(days=2, hours=8.5)

    with store.read() as work:
        first = work.away.page(AwayLine(), None, 2)
        rest = work.away.page(AwayLine(), (first[-1][0], first[-1][1].exhibit.register_no), 2)
        of_lab = work.away.page(AwayLine(lab=lab.id, overdue_at=late, kind_of_case="other", oic=world.officer.id))
        places = work.away.places(AwayLine(), late)

    assert [row.exhibit.register_no for _, row in (*first, *rest)] == [1, 4, 2]
    assert [row.exhibit.register_no for _, row in of_lab] == [4]
    assert places == [
        AwayAt(lab.id, 2, 1, NOON + timedelta(hours=8), 2, 0), AwayAt(carrier.id, 1, 1, NOON + timedelta(hours=7), 1, 0)
    ]  # fmt: skip
