"""The jobs go on whatever the store does, and end when they are told to."""

import threading
from pathlib import Path

import pytest

from exhibits_app.domain.errors import StoreRefusal
from exhibits_app.jobs.worker import jobs_worker, run_until_stopped
from exhibits_app.services.context import Services
from exhibits_app.store.database import SqlStore
from tests.support.force import Force, a_force


@pytest.fixture
def force(tmp_path: Path):
    made = a_force(tmp_path)
    yield made
    made.services.store.close()


class FailingStore(SqlStore):
    """A store whose disk is full for its first rounds, and that says when it has been written to at last."""

    def __init__(self, url: str, failures: int) -> None:
        super().__init__(url)
        self.failures = failures
        self.failed = threading.Event()
        self.beaten = threading.Event()

    def write(self, change):
        if self.failures:
            self.failures -= 1
            self.failed.set()
            raise StoreRefusal
        answer = super().write(change)
        with self.read() as work:
            if work.alerts.heartbeats():
                self.beaten.set()
        return answer


def failing(force: Force, failures: int) -> tuple[FailingStore, Services]:
    store = FailingStore(force.settings.address, failures)
    given = force.services
    return store, Services(store, given.clock, given.ids, given.files, given.mailer, given.hasher)


def test_a_round_that_the_store_refuses_is_tried_again(force: Force) -> None:
    store, services = failing(force, failures=3)

    worker = jobs_worker(services, seconds=0.01).start()
    ran = store.beaten.wait(timeout=30)
    worker.stop()
    store.close()

    assert store.failed.is_set()
    assert ran


def test_stop_ends_the_worker_between_rounds(force: Force) -> None:
    store, services = failing(force, failures=0)
    worker = jobs_worker(services, seconds=3_600).start()
    store.beaten.wait(timeout=30)

    worker.stop()

    assert not worker._thread.is_alive()
    store.close()


def test_in_the_foreground_a_refused_round_is_reported_and_tried_again(force: Force) -> None:
    store, services = failing(force, failures=3)
    stop, told = threading.Event(), []

    def report(line: str) -> None:
        told.append(line)
        if "raised" in line:
            stop.set()

    run_until_stopped(services, 0.01, stop, report)
    store.close()

    assert StoreRefusal().sentence() in told
    assert told[-1] == "0 raised, 0 queued, 0 sent, 0 failed"


def test_run_once_says_that_the_round_was_refused(force: Force) -> None:
    store, services = failing(force, failures=99)

    with pytest.raises(StoreRefusal):
        run_until_stopped(services, 0.01, threading.Event(), lambda _line: None, once=True)
    store.close()


def test_jobs_that_are_stopped_before_they_begin_do_nothing(force: Force) -> None:
    stop, told = threading.Event(), []
    stop.set()

    run_until_stopped(force.services, 0.01, stop, told.append)

    assert told == []
    with force.services.store.read() as work:
        assert work.alerts.heartbeats() == {}
