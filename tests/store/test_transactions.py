"""What is written is kept whole or not at all, whoever else writes at the same moment."""

import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from exhibits_app.domain.clocks import NOTHING_OWED
from exhibits_app.domain.errors import ChangedMeanwhile, Refusal, StoreRefusal
from exhibits_app.domain.fold import fold
from exhibits_app.services.ports import IssuedLabel, NewEntry
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, a_world, book_in, register


class Stop(Exception):
    """Raised by a test inside a change."""


def test_a_change_that_fails_keeps_nothing(store: SqlStore):
    def change(work):
        work.teams.add("CID")
        raise Stop

    with pytest.raises(Stop):
        store.write(change)

    with store.read() as work:
        assert work.teams.all() == {}


def test_a_change_that_fails_takes_no_register_number(store: SqlStore):
    def change(work):
        work.items.next_register_no()
        raise Stop

    with pytest.raises(Stop):
        store.write(change)

    assert store.write(lambda work: work.items.next_register_no()) == 1


def test_a_refusal_does_not_hurt_the_changes_that_share_its_commit(store: SqlStore):
    begun = threading.Event()
    queued = threading.Semaphore(0)

    def slow(work):
        begun.set()
        for _ in range(3):
            queued.acquire(timeout=5)
        return work.teams.add("first")

    def refused(work):
        work.teams.add("refused")
        raise Stop

    def then(change):
        queued.release()
        return store.write(change)

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(store.write, slow)
        begun.wait(timeout=5)
        others = [
            pool.submit(then, lambda work: work.teams.add("second")),
            pool.submit(then, refused),
            pool.submit(then, lambda work: work.teams.add("third")),
        ]
        assert isinstance(first.result(), int)
        assert isinstance(others[1].exception(), Stop)
        assert isinstance(others[0].result(), int)
        assert isinstance(others[2].result(), int)

    with store.read() as work:
        assert sorted(work.teams.all().values()) == ["first", "second", "third"]


def test_an_answer_comes_after_the_commit(store: SqlStore):
    other = SqlStore(store.url)

    store.write(lambda work: work.teams.add("CID"))

    with other.read() as work:
        assert list(work.teams.all().values()) == ["CID"]
    other.close()


def test_sixteen_threads_lose_nothing_and_leave_no_gap(store: SqlStore):
    world = a_world(store)

    def one(number):
        registered = store.write(lambda work: register(work, world, f"MR/{number}"))
        store.write(lambda work: book_in(work, world, registered))
        return registered

    with ThreadPoolExecutor(16) as pool:
        numbers = sorted(pool.map(one, range(1, 65)))

    with store.read() as work:
        assert numbers == work.items.register_numbers() == list(range(1, 65))
        assert [work.items.hold(number).seq for number in numbers] == [2] * 64
        assert work.ledger.size() == 128


def test_many_callers_on_one_item_take_turns(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))

    def again(minute):
        return store.write(lambda work: book_in(work, world, number, NOON + timedelta(minutes=minute))).seq

    with ThreadPoolExecutor(16) as pool:
        positions = sorted(pool.map(again, range(1, 65)))

    assert positions == list(range(1, 65))
    with store.read() as work:
        assert work.items.find(number).exhibit == fold(work.ledger.events_of(number))


def test_two_callers_on_the_same_items_in_opposite_order_both_finish(store: SqlStore):
    world = a_world(store)
    numbers = [store.write(lambda work, at=at: register(work, world, f"MR/{at}")) for at in range(1, 9)]

    def save(work, order):
        work.items.save_all([(held, NOTHING_OWED) for held in work.items.hold_all(order).values()])

    def both(order):
        for _ in range(10):
            store.write(lambda work: save(work, order))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(both, [numbers, numbers[::-1]])) == [None, None]


def test_a_fork_of_a_chain_is_refused_and_leaves_no_trace(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))
    forked = NewEntry(number, 0, "seize", IDS.event_id(), IDS.event_id(), NOON, b"x" * 32, b"{}", [])

    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.ledger.append([forked]))

    with store.read() as work:
        assert work.ledger.size() == len(work.ledger.of_item(number)) == 1


def test_the_same_event_is_not_recorded_twice(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))
    with store.read() as work:
        event = work.ledger.of_item(number)[0].event_id
        assert work.ledger.known_events([event, IDS.event_id()]) == {event: number}
    again = NewEntry(number, 1, "seize", event, IDS.event_id(), NOON, b"x" * 32, b"{}", [])

    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.ledger.append([again]))


def test_a_seal_is_used_once(store: SqlStore):
    world = a_world(store)
    first, second = (store.write(lambda work, at=at: register(work, world, f"MR/{at}")) for at in (1, 2))
    store.write(lambda work: work.items.use_seal("S900", first, NOON))

    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.items.use_seal("S900", second, NOON))

    with store.read() as work:
        assert work.items.seal_user("S900") == first


def test_a_change_cannot_refer_to_what_is_not_there(store: SqlStore):
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        store.write(lambda work: work.items.use_seal("S900", 4711, NOON))


def test_writing_through_a_view_is_an_error(store: SqlStore):
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.ReadOnlySqlTransaction)), store.read() as work:
        work.teams.add("CID")


def test_a_view_shows_one_moment(store: SqlStore):
    with store.read() as work:
        before = work.teams.all()
        store.write(lambda other: other.teams.add("CID"))

        assert work.teams.all() == before == {}


def test_a_change_inside_a_change_is_refused_and_does_not_hang(sqlite_store: SqlStore):
    with pytest.raises(RuntimeError):
        sqlite_store.write(lambda _: sqlite_store.write(lambda work: work.teams.add("CID")))


def test_what_was_asked_for_before_closing_is_finished(sqlite_store: SqlStore):
    begun = threading.Event()

    def slow(work):
        begun.set()
        return work.teams.add("CID")

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sqlite_store.write, slow)
        begun.wait(timeout=5)
        sqlite_store.close()

        assert waiting.result() == 1


def test_a_store_that_cannot_commit_refuses_and_keeps_nothing(sqlite_store: SqlStore):
    """A full disk, as SQLite reports it: the file may not grow by a single page."""

    def fill(work):
        work._session._cursor.execute("PRAGMA max_page_count = 1")
        for _ in range(5_000):
            work.teams.add("A long name, so that pages fill" * 10)

    with pytest.raises(StoreRefusal):
        sqlite_store.write(fill)

    with sqlite_store.read() as work:
        assert work.teams.all() == {}


def test_a_forked_child_uses_connections_of_its_own(store: SqlStore):
    store.write(lambda work: work.teams.add("parent"))
    parents = store._open()
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            store.write(lambda work: work.teams.add("child"))
            outcome = int(store._open().writing is parents.writing or store._open().reading is parents.reading)
            store.close()
        finally:
            os._exit(outcome)

    _, status = os.waitpid(child, 0)
    store.write(lambda work: work.teams.add("parent again"))

    assert os.waitstatus_to_exitcode(status) == 0
    with store.read() as work:
        assert sorted(work.teams.all().values()) == ["child", "parent", "parent again"]


def test_refusals_of_the_domain_pass_through_unchanged(store: SqlStore):
    class Mine(Refusal):
        pass

    def change(_work):
        raise Mine

    with pytest.raises(Mine):
        store.write(change)


def test_changes_that_share_a_commit_remember_who_stands_where_until_it_changes(sqlite_store: SqlStore):
    store, seen, pause = sqlite_store, [], threading.Event()
    store.write(lambda work: work.labels.issue(IssuedLabel("P0000000A1", "place", 1, "live", NOON)))

    def look(work):
        seen.append(work.labels.find("P0000000A1").state)

    def revoke(work, state="revoked"):
        work.labels.revoke("P0000000A1", NOON, "worn", state)
        look(work)

    def give_up(work):
        revoke(work, "void")
        raise Stop

    def first(work):
        look(work)
        for number, change in enumerate((give_up, look, revoke, look), start=1):
            waiting.append(pool.submit(store.write, change))
            while store._opened.writer._queue.qsize() < number:
                pause.wait(0.001)

    waiting = []
    with ThreadPoolExecutor(4) as pool:
        store.write(first)

    assert [type(one.exception()) for one in waiting] == [Stop, type(None), type(None), type(None)]
    assert seen == ["live", "void", "live", "revoked", "revoked"]
