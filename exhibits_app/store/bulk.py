"""Loading in bulk: many changes in one commit, for one caller who can begin again when it is interrupted.

A durable commit costs some milliseconds of disk; a person waits for theirs, a load of thousands need not.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from sqlalchemy import Connection, RootTransaction

from .work import SqlWork

T = TypeVar("T")


class BulkStore:
    """Implements the Store port on one connection; every so many changes are committed together."""

    def __init__(self, connection: Connection, make_work: Callable[[Connection], SqlWork], every: int) -> None:
        self._connection = connection
        self._make_work = make_work
        self._every = every
        self._changes = 0
        self._transaction: RootTransaction = connection.begin()

    def write(self, change: Callable[[SqlWork], T]) -> T:
        """Run `change` in a savepoint. Its answer comes before the commit: it is durable after `flush`."""
        with self._connection.begin_nested():
            answer = change(self._make_work(self._connection))
        self._changes += 1
        if self._changes % self._every == 0:
            self.flush()
        return answer

    @contextmanager
    def read(self) -> Iterator[SqlWork]:
        """A view that includes what is not committed yet."""
        yield self._make_work(self._connection)

    def lists(self) -> AbstractContextManager[SqlWork]:
        """The same."""
        return self.read()

    def bulk(self) -> AbstractContextManager["BulkStore"]:
        """Already in bulk. Raises RuntimeError: loads are not nested."""
        raise RuntimeError("a bulk load is not started inside another")

    def flush(self) -> None:
        """Commit what there is."""
        self._transaction.commit()
        self._transaction = self._connection.begin()

    def scrub(self) -> None:
        """Nothing: the load's own transaction is open, and what it deletes goes with the next call from outside."""

    def close(self) -> None:
        """Commit what there is and begin nothing more."""
        if self._transaction.is_active:
            self._transaction.commit()

    def abandon(self) -> None:
        """Keep nothing of what is not committed yet."""
        if self._transaction.is_active:
            self._transaction.rollback()
