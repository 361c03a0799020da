"""Group commit for SQLite: one thread writes, and whoever waits at the same time shares a commit.

A durable commit costs a flush of the disk; callers that wait together pay for one. Each change runs in a savepoint of
its own, so that each is kept or refused on its own, and nobody is answered before the commit.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from ..domain.errors import Refusal, StoreRefusal
from .refusals import DATABASE_ERRORS, refusal_of
from .sql import Memory
from .work import SqlWork

T = TypeVar("T")
MOST_TOGETHER = 64


class Job(Generic[T]):
    """A change that waits for its turn, and then its outcome. Inside `with job` whatever is raised is kept for it."""

    __slots__ = ("_done", "answer", "change", "error")

    def __init__(self, change: Callable[[SqlWork], T]) -> None:
        self.change = change
        self.answer: T | None = None
        self.error: BaseException | None = None
        self._done = threading.Lock()
        self._done.acquire()

    def __enter__(self) -> None:
        """Begin to keep what is raised."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True

    def finish(self, refusal: Refusal | None) -> None:
        """The outcome is final; a change that went well is refused after all where the commit was not kept."""
        self.error = self.error or refusal
        self._done.release()

    def outcome(self) -> T:
        """Wait, then give the answer or raise what went wrong."""
        with self._done:
            if self.error is not None:
                raise self.error
            return self.answer  # type: ignore[return-value]  # without an error the change has answered


class GroupWriter:
    """One writer thread, started by the first change."""

    def __init__(self, engine: Engine, make_work: Callable[[Connection, Memory], SqlWork]) -> None:
        self._engine = engine
        self._make_work = make_work
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._door = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._ended = False
        self.groups = [0] * (MOST_TOGETHER + 1)  # How many commits had so many changes.

    def queued(self) -> int:
        """How many changes wait for their turn."""
        return self._queue.qsize()

    def run(self, change: Callable[[SqlWork], T]) -> T:
        """Run the change in the writer's thread; its answer after the commit. Raises what it raises, StoreRefusal."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a change may not start another change: it would wait for itself")
        job: Job[T] = Job(change)
        with self._door:
            if self._closed:
                raise StoreRefusal
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
                self._thread.start()
            self._queue.put(job)
        return job.outcome()

    def close(self) -> None:
        """Finish what was asked for, then end the thread."""
        with self._door:
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _serve(self) -> None:
        while not self._ended:
            first = self._queue.get()
            if first is None:
                return
            self._together(first)

    def _together(self, first: Job[Any]) -> None:
        """Run this job, and those that wait behind it, in one commit; then answer them all."""
        jobs = [first]
        refusal: Refusal | None = StoreRefusal()
        try:
            memory: Memory = {}
            with self._engine.connect() as connection, connection.begin():
                for job in self._waiting(jobs):
                    _run(connection, self._make_work(connection, memory), job)
                    if job.error is not None:
                        memory.clear()  # It may hold what was rolled back.
            refusal = None
            self.groups[len(jobs)] += 1
        except DATABASE_ERRORS as error:
            refusal = refusal_of(error) or refusal  # Every job says so to its caller.
        finally:
            for job in jobs:
                job.finish(refusal)

    def _waiting(self, jobs: list[Job[Any]]) -> Iterator[Job[Any]]:
        """The first job, then whoever waits by the time it is done, without waiting for more."""
        while True:
            yield jobs[-1]
            if len(jobs) == MOST_TOGETHER:
                return
            try:
                job = self._queue.get_nowait()
            except Empty:
                return
            if job is None:
                self._ended = True
                return
            jobs.append(job)


def _run(connection: Connection, work: SqlWork, job: Job[Any]) -> None:
    """Run one job in its savepoint. Raises one of DATABASE_ERRORS when the whole transaction is lost.

    SQLite gives a transaction up by itself when the disk is full or fails; its savepoints are gone then.
    """
    driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]  # SQLite alone
    driver.execute("SAVEPOINT change")
    with job:
        job.answer = job.change(work)
    if job.error is not None:
        job.error = refusal_of(job.error) or job.error
        driver.execute("ROLLBACK TO change")
    driver.execute("RELEASE change")
