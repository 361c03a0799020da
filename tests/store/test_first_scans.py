"""Two printed labels of one place are scanned for the first time at the same moment, by two processes on PostgreSQL."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg

from exhibits_app.services import label_life
from exhibits_app.services.ports import IssuedLabel, Work
from exhibits_app.store import SqlStore
from tests.support.replication import wait_until

from .parts import NOON, World, a_world

FIRST, SECOND = "S000000001", "S000000002"


def printed(store: SqlStore, world: World) -> None:
    """Two labels of the shelf from one printing."""

    def change(work: Work) -> None:
        for code in (FIRST, SECOND):
            work.labels.issue(IssuedLabel(code, "S", world.shelf.id, "printed", NOON))

    store.write(change)


def somebody_waits(store: SqlStore) -> bool:
    """Whether a transaction stands before a lock."""
    with psycopg.connect(store.url.replace("+psycopg", "")) as looking:
        return looking.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is not None


def test_two_first_scans_of_labels_of_one_place_take_turns_and_leave_one_that_counts(postgresql_store: SqlStore):
    world = a_world(postgresql_store)
    printed(postgresql_store, world)
    begun = threading.Event()
    other: list[Future[None]] = []

    def scanned(work: Work, code: str) -> None:
        label_life.first_scan(work, code, NOON, world.officer.id, NOON)

    def slowly(work: Work) -> None:
        scanned(work, SECOND)
        begun.set()
        wait_until(lambda: bool(other) and (other[0].done() or somebody_waits(postgresql_store)), "the other came")

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(postgresql_store.write, slowly)
        begun.wait(10)
        other.append(pool.submit(postgresql_store.write, lambda work: scanned(work, FIRST)))
        slow.result(20)
        other[0].result(20)

    with postgresql_store.read() as work:
        states = {code: label.state for code, label in work.labels.find_all([FIRST, SECOND]).items()}
    assert states == {FIRST: "live", SECOND: "revoked"}
