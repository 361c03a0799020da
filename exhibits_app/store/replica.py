"""Another server that follows the primary, for lists and reports: used while it is not further behind than it may be.

How far behind is not asked of the replica, which cannot know what it has not heard of. The primary says now and then
how far its log reaches, and a replica that has applied as much shows everything that was kept by then.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, text

from .refusals import DATABASE_ERRORS

# Seconds: how old the primary's word may be, and how long a replica that was of no use is left alone.
LATEST: Final = 2.0
LEFT_ALONE: Final = 10.0
_REACHES: Final = text("SELECT pg_current_wal_lsn()::text")
# A server that no longer follows is another force's past, or the primary itself: neither is what was asked for.
_HAS: Final = text("SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= CAST(:position AS pg_lsn)")


class Replica:
    """One process's way to the replica. Threads may share it."""

    def __init__(self, engine: Engine, primary: Engine, now: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._primary = primary
        self._now = now
        self._asking = threading.Lock()
        self._position = ""
        self._asked_at = -LATEST
        self._away_until = 0.0

    @contextmanager
    def view(self) -> Iterator[Connection | None]:
        """A transaction that shows all that was kept LATEST seconds ago, or None: ask the primary."""
        connection = self._begun()
        if connection is None:
            yield None
            return
        with connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _begun(self) -> Connection | None:
        if self._now() < self._away_until:
            return None
        connection = None
        try:
            position = self._reaches()
            connection = self._engine.connect()
            connection.begin()
            if connection.execute(_HAS, {"position": position}).scalar():
                return connection
        except DATABASE_ERRORS:
            self._away_until = self._now() + LEFT_ALONE  # The primary may do without it; lists are slower meanwhile.
        if connection is not None:
            connection.close()
        return None

    def _reaches(self) -> str:
        """How far the primary's log reached, at most LATEST seconds ago."""
        with self._asking:
            asked_at = self._now()
            if asked_at - self._asked_at >= LATEST:
                with self._primary.connect() as connection, connection.begin():
                    self._position = str(connection.execute(_REACHES).scalar_one())
                self._asked_at = asked_at
            return self._position
