"""A database server that goes away, and who goes on: connections, the integrator's lock, a standby that takes over."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from benchmarks import failover
from exhibits_app.domain.errors import OutcomeUnknown, StoreRefusal
from exhibits_app.services.ports import Work
from exhibits_app.store import SqlStore
from tests.support.cutting import cutting

from .parts import a_world, register


def end_of(work: Work) -> int:
    """The server's process behind this transaction."""
    pid: int = work._session.connection.connection.dbapi_connection.info.backend_pid  # type: ignore[attr-defined]
    return pid


def terminate(store: SqlStore, pid: int) -> None:
    """End a connection from the server's side, as its end does."""
    with psycopg.connect(store.url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


def test_idle_connections_to_a_server_that_has_gone_are_left_without_an_error(postgresql_store: SqlStore):
    gone = [postgresql_store.write(end_of)]
    with postgresql_store.read() as work:
        gone.append(end_of(work))

    for pid in gone:
        terminate(postgresql_store, pid)

    assert postgresql_store.write(end_of) not in gone
    with postgresql_store.read() as work:
        assert end_of(work) not in gone


def test_a_change_whose_connection_breaks_before_its_commit_is_done_again_and_kept_once(postgresql_store: SqlStore):
    ran: list[int] = []

    def change(work: Work) -> int:
        ran.append(1)
        number = work.teams.add("CID")
        if len(ran) == 1:
            terminate(postgresql_store, end_of(work))
        work.teams.all()
        return number

    postgresql_store.write(change)

    assert len(ran) == 2
    with postgresql_store.read() as work:
        assert list(work.teams.all().values()) == ["CID"]


def test_a_change_whose_connection_breaks_in_its_commit_is_not_done_again_and_its_caller_is_told(
    postgresql_store: SqlStore,
):
    before, _, rest = postgresql_store.url.rpartition(":")
    port, _, name = rest.partition("/")
    with cutting(int(port)) as network:
        behind = SqlStore(f"{before}:{network.port}/{name}")
        behind.write(lambda work: work.teams.add("CID"))
        network.cut_the_answer_to(b"COMMIT")

        with pytest.raises(OutcomeUnknown):
            behind.write(lambda work: work.teams.add("Burglary"))

        behind.close()
    with postgresql_store.read() as work:
        assert sorted(work.teams.all().values()) == ["Burglary", "CID"]


def test_no_server_at_all_is_a_refusal():
    store = SqlStore("postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2")

    with pytest.raises(StoreRefusal):
        store.write(lambda work: work.teams.add("CID"))
    store.close()


def test_when_the_integrator_with_the_lock_is_killed_another_takes_over(postgresql_store: SqlStore):
    world = a_world(postgresql_store)
    postgresql_store.write(lambda work: register(work, world))
    other = SqlStore(postgresql_store.url)
    holding, waiting = threading.Event(), threading.Event()
    holder: list[int] = []

    def hold(work: Work) -> int:
        work.tree.lock()
        holder.append(end_of(work))
        holding.set()
        if len(holder) == 1:
            waiting.wait(5)
            terminate(other, holder[0])
        return len(work.tree.waiting(10))

    def take_over(work: Work) -> int:
        waiting.set()
        work.tree.lock()
        return len(work.tree.waiting(10))

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(postgresql_store.write, hold)
        holding.wait(5)
        second = pool.submit(other.write, take_over)
        assert (second.result(20), first.result(20)) == (1, 1)

    other.close()


@pytest.mark.postgresql
def test_nothing_acknowledged_is_lost_or_doubled_when_the_primary_is_killed_and_a_standby_promoted(
    capsys: pytest.CaptureFixture[str],
):
    failover.drive(1, failover.within, failover.ACTS)

    assert "none lost, none doubled" in capsys.readouterr().out
