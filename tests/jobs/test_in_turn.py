"""Of several web processes one runs the jobs, and another goes on when it is killed."""

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.acts import free_port, serving
from exhibits_app.jobs.in_turn import begin_in_turn
from exhibits_app.store import SqlStore
from tests.support.replication import wait_until

SERVE = [sys.executable, "-c", "from exhibits_app.bootstrap import main; main()", "serve", "--processes", "2"]


def prepared(url: str) -> None:
    store = SqlStore(url)
    store.migrate()
    store.close()


def beaten_at(store: SqlStore) -> float:
    with store.read() as work:
        beat = work.alerts.heartbeats().get("alerts")
    return beat[0].timestamp() if beat else 0.0


def test_the_jobs_wait_for_who_holds_the_lock_and_begin_without_one_where_no_file_can_be_made(tmp_path: Path) -> None:
    begun, begun_without = threading.Event(), threading.Event()
    holder = os.open(tmp_path / "jobs.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(holder, fcntl.LOCK_EX)

    begin_in_turn(tmp_path / "jobs.lock", begun.set)
    begin_in_turn(tmp_path / "no such folder" / "jobs.lock", begun_without.set)

    assert begun_without.wait(30)
    assert not begun.is_set()
    os.close(holder)
    assert begun.wait(30)


@pytest.mark.postgresql
def test_one_of_two_web_processes_runs_the_jobs_and_the_other_goes_on_when_it_is_killed(
    tmp_path: Path, postgresql_copy: Callable[[str, Callable[[str], None]], str]
) -> None:
    url, lock, port = postgresql_copy("jobs in turn", prepared), tmp_path / "jobs.lock", free_port()
    store = SqlStore(url)
    own = {"EXHIBITS_INSTANCE": str(tmp_path), "EXHIBITS_DATABASE_URL": url, "EXHIBITS_ALERT_SECONDS": "1"}

    with serving([*SERVE, "--port", str(port)], port, **own):
        wait_until(lambda: beaten_at(store) > 0, "the jobs have run")
        first = int(lock.read_text())
        os.kill(first, signal.SIGKILL)
        last = beaten_at(store)
        wait_until(lambda: beaten_at(store) > last, "the jobs run again")
        second = int(lock.read_text())

    store.close()
    assert second != first
