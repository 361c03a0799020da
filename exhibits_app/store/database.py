"""The store over SQLite or PostgreSQL: how a change is run and kept, and how one looks without changing."""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, bindparam, inspect, select, text
from sqlalchemy.pool import QueuePool

from ..services.ports.machine import PagesRead, Vitals
from . import pages, schema
from .alone import write_alone
from .bulk import BulkStore
from .caches import Caches
from .engine import OVERFLOW, POOL, is_sqlite, patience, reading_engine, writing_engine
from .move_sqlite import refuse_unfinished
from .refusals import DATABASE_ERRORS, is_our_write, refusal_of
from .replica import Replica
from .repositories.ledger import ORIGIN
from .rows import setting
from .sql import Memory, Session, Statement, unless_there
from .work import SqlWork
from .writer import GroupWriter

T = TypeVar("T")
DEMONSTRATION: Final = "demonstration"
_SET_ONCE = Statement(unless_there(setting, "name", "value"))
_SETTING = Statement(select(setting.c.value).where(setting.c.name == bindparam("name")))
# Where names and words of events stand that can be erased.
ERASED_FROM: Final = (
    "disclosure",
    "item",
    "item_words",
    "open_discrepancy",
    "scan_log",
    "act",
    "photo",
    "submission",
    "submission_version",
    "submission_note",
    "scan_picture",
)

# Connections that a child process inherited: touching or closing them there would harm the parent's, so that they
# are kept, unused, until the child ends.
_inherited: list[object] = []


@dataclass(frozen=True, slots=True)
class _Open:
    """What belongs to one process: its engines and, for SQLite, its writer."""

    process: int
    writing: Engine
    reading: Engine
    writer: GroupWriter | None
    replica: Replica | None


class SqlStore:
    """Implements the Store port. Nothing is opened before it is needed, and nothing is shared across a fork."""

    def __init__(self, url: str, replica_url: str = "") -> None:
        """`replica_url`: a server that follows this one, for lists and reports; empty where there is none."""
        self.url = url
        self._replica_url = replica_url
        self._caches = Caches()
        self._opening = threading.Lock()
        self._opened: _Open | None = None

    def write(self, change: Callable[[SqlWork], T]) -> T:
        """Run `change` in a transaction; its answer once that is durable. See the port for what is promised."""
        opened = self._open()
        if opened.writer is not None:
            return opened.writer.run(change)
        return write_alone(opened.writing, lambda connection: self._changed(connection, change))

    @contextmanager
    def read(self) -> Iterator[SqlWork]:
        """A view of one moment. Writing through it raises the driver's error: that is a mistake of ours."""
        with self.moment() as (work, _):
            yield work

    @contextmanager
    def lists(self) -> Iterator[SqlWork]:
        """A view of the replica while it is fresh, else of the primary."""
        replica = self._open().replica
        with replica.view() if replica else nullcontext() as connection:
            if connection is None:
                with self.read() as work:
                    yield work
            else:
                with _refusing():
                    yield SqlWork(Session(connection, reads_only=True), self._caches)

    @contextmanager
    def moment(self) -> Iterator[tuple[SqlWork, Connection]]:
        """The same, with the connection beneath, from which the store's own parts copy what it sees."""
        with self._looking() as connection, connection.begin() as transaction:
            yield SqlWork(Session(connection, reads_only=True), self._caches), connection
            transaction.rollback()

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        """A connection to read through. Raises StoreRefusal when the database does not answer."""
        with _refusing(), self._open().reading.connect() as connection:
            yield connection

    @contextmanager
    def bulk(self, every: int = 500) -> Iterator[BulkStore]:
        """A store for one caller's load of many changes: they are durable together, at the latest at the end.

        An exception keeps what was committed on the way and drops the rest.
        """
        with self._open().writing.connect() as connection:
            loading = BulkStore(connection, self._work_over, every)
            try:
                yield loading
                loading.close()
            finally:
                loading.abandon()

    def scrub(self) -> None:
        """Overwrite what was deleted, as far as the database can do so while it is in use.

        SQLite keeps old pages in its write-ahead log until that is emptied, and old words in its index until that is
        merged; PostgreSQL keeps dead rows until a vacuum.
        """
        if is_sqlite(self.url):
            self.write(lambda work: work.erasures.merge_words())
            with closing(self._open().reading.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        with self._open().writing.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            own.detach()  # It is closed afterwards: others do not wait for a lock as long as this one.
            own.execute(text("SET lock_timeout = 0"))
            own.execute(text(f"VACUUM {', '.join(ERASED_FROM)}"))

    def migrate(self, origin: str | None = None) -> None:
        """Bring the database to its newest form; several processes may ask at once, and the first does it.

        A ledger that has no origin yet gets this one for ever, or a name of its own that nobody else has. Raises
        StoreTooNew, StoreRefusal.
        """
        with self._changing(patient=True) as connection:
            schema.migrate(connection)
            named = origin or f"exhibits.invalid/{secrets.token_hex(8)}"
            Session(connection).run(_SET_ONCE, name=ORIGIN, value=named)

    @contextmanager
    def _changing(self, *, patient: bool = False) -> Iterator[Connection]:
        """A transaction on its own; a patient one waits its turn however long another brings up the tables.

        Raises StoreRefusal in place of what a database says that cannot be written.
        """
        try:
            with (
                self._open().writing.connect() as connection,
                patience(connection) if patient else nullcontext(),
                connection.begin(),
            ):
                yield connection
        except DATABASE_ERRORS as error:
            raise (refusal_of(error) or error) from error

    def pages(self) -> PagesRead:
        """What is found when every page is read: minutes in a big force."""
        return pages.read(self._open().reading)

    def is_initialised(self) -> bool:
        """Whether the database has its tables and the ledger an origin; see `is_current` for whether they are new."""
        return self._setting(ORIGIN) is not None

    def refuse_older(self) -> None:
        """Say nothing unless the tables have yet to be brought to this version. Raises StoreTooOld."""
        with self._looking() as connection, connection.begin():
            schema.refuse_older(connection)

    def is_current(self) -> bool:
        """Whether the database has its newest form."""
        with self._looking() as connection, connection.begin():
            return schema.is_current(connection)

    def mark_demonstration(self) -> None:
        """Remember for ever that this instance holds invented data alone."""
        with self._changing() as connection:
            Session(connection).run(_SET_ONCE, name=DEMONSTRATION, value="yes")

    def is_demonstration(self) -> bool:
        """Whether the instance was made with invented data, which every page then says."""
        return self._setting(DEMONSTRATION) == "yes"

    def _setting(self, name: str) -> str | None:
        """A fact about this instance; None where it is not set, or where there are no tables yet.

        Raises MoveUnfinished where tables are being made by a move, StoreTooNew, StoreRefusal.
        """
        if is_sqlite(self.url):
            refuse_unfinished(self.url)
        with self._looking() as connection, connection.begin():
            if not inspect(connection).has_table(setting.name):
                return None
            schema.refuse_newer(connection)
            found = Session(connection, reads_only=True).value(_SETTING, name=name)
            return None if found is None else str(found)

    def vitals(self) -> Vitals:
        """How busy this process is with the database."""
        opened = self._open()
        pools = [opened.writing.pool, opened.reading.pool]
        used = sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))
        writer = opened.writer
        most = 2 * (POOL + OVERFLOW) if writer is None else 1 + POOL + OVERFLOW
        return Vitals(used, most, writer.queued() if writer else 0, tuple(writer.groups) if writer else ())

    def close(self) -> None:
        """Finish what was asked for and let go of every connection."""
        with self._opening:
            opened, self._opened = self._opened, None
        if opened is None or opened.process != os.getpid():
            return
        if opened.writer is not None:
            opened.writer.close()
        opened.writing.dispose()
        opened.reading.dispose()
        if opened.replica is not None:
            opened.replica.close()

    def _open(self) -> _Open:
        opened = self._opened
        if opened is not None and opened.process == os.getpid():
            return opened
        if opened is not None:
            _inherited.append(opened)
            self._opening = threading.Lock()  # The parent may have held it when we were born.
            self._opened = None
        with self._opening:
            if self._opened is None:
                self._opened = self._opened_now()
            return self._opened

    def _opened_now(self) -> _Open:
        writing = writing_engine(self.url)
        writer = GroupWriter(writing, self._work_over) if is_sqlite(self.url) else None
        reading = reading_engine(self.url)
        replica = Replica(reading_engine(self._replica_url), reading) if self._replica_url else None
        return _Open(os.getpid(), writing, reading, writer, replica)

    def _changed(self, connection: Connection, change: Callable[[SqlWork], T]) -> T:
        work = self._work_over(connection, waits=True)
        answer = change(work)
        work.say()
        return answer

    def _work_over(self, connection: Connection, memory: Memory | None = None, *, waits: bool = False) -> SqlWork:
        return SqlWork(Session(connection, memory=memory, waits=waits), self._caches)


@contextmanager
def _refusing() -> Iterator[None]:
    """Raises StoreRefusal in place of what a database says that does not answer."""
    try:
        yield
    except DATABASE_ERRORS as error:
        if is_our_write(error):
            raise
        raise (refusal_of(error) or error) from error
