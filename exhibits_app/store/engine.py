"""Engines: how a connection to SQLite or PostgreSQL is opened, and how its transactions begin."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidatePoolError

# A writer of another process (the command line, a job) may hold the database or a lock for this long before we give up.
BUSY_MS = 10_000
# Who brings the tables of millions of items to a new version holds it for minutes; another start waits for that.
PATIENT_MS = 6 * 3_600_000
STATEMENTS = 512  # More than we have, so that none is ever prepared twice.
POOL = 10
_CACHE = "PRAGMA cache_size = -16000"
# Each of many readers has a cache of its own; what it lacks is in the memory that the system keeps of the file.
_SMALL_CACHE = "PRAGMA cache_size = -3000"
OVERFLOW = 60  # More threads than a web server is given, so that a reader never waits for a connection.


def is_sqlite(url: str) -> bool:
    """Whether the address names a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def writing_engine(url: str) -> Engine:
    """For transactions that change something: BEGIN IMMEDIATE on SQLite, read committed on PostgreSQL.

    On SQLite one connection is enough and more would only wait for each other: there is one writer.
    """
    if not is_sqlite(url):
        return _postgresql(url)
    engine = _sqlite(url, pool_size=1, max_overflow=0)
    _prepare(engine, "BEGIN IMMEDIATE")
    return engine


def reading_engine(url: str) -> Engine:
    """For views: one snapshot for the length of the transaction, and a refusal of every change."""
    if not is_sqlite(url):
        return _postgresql(url).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine = _sqlite(url, pool_size=POOL, max_overflow=OVERFLOW)
    _prepare(engine, "BEGIN", _SMALL_CACHE, "PRAGMA query_only = ON")
    return engine


def loading_engine(url: str) -> Engine:
    """For making a database that nobody uses yet, in one transaction: on SQLite a file that is thrown away if it fails,
    so that nothing of it is flushed on the way, and whose references are looked at once at the end."""
    if not is_sqlite(url):
        return _postgresql(url)
    engine = _sqlite(url, pool_size=1, max_overflow=0)
    _begin_with(engine, "BEGIN EXCLUSIVE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", _CACHE)
    return engine


@contextmanager
def patience(connection: Connection) -> Iterator[None]:
    """While it lasts, this connection waits on SQLite for a writer as long as that takes. On PostgreSQL see
    `schema.take_turns`, within the transaction."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute(f"PRAGMA busy_timeout = {PATIENT_MS}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _postgresql(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_size=POOL, max_overflow=OVERFLOW)
    _leave_dead_servers(engine)
    return engine


def _leave_dead_servers(engine: Engine) -> None:
    """Notice before a connection is used that its server has gone, and connect anew, to whoever is in its place.

    A server says nothing to a client that asks nothing: when an idle connection has something to be read, that is its
    end. Looking costs a system call; asking the server each time would cost a round trip.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {BUSY_MS}")
        connection.commit()

    @event.listens_for(engine, "checkout")
    def checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        look = select.poll()
        look.register(connection.pgconn.socket, select.POLLIN)
        if look.poll(0):
            raise InvalidatePoolError("the database's server has gone")


def _sqlite(url: str, **pool: int) -> Engine:
    parsed: URL = make_url(url)
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("the store needs a SQLite file: a database in memory would be lost with its first connection")
    return create_engine(
        parsed,
        paramstyle="named",
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000, "cached_statements": STATEMENTS},
        **pool,
    )


def _prepare(engine: Engine, begin: str, *pragmas: str) -> None:
    _begin_with(
        engine,
        begin,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        _CACHE,
        "PRAGMA secure_delete = ON",  # What is erased is overwritten, whatever this SQLite was built with.
        *pragmas,
    )


def _begin_with(engine: Engine, begin: str, *pragmas: str) -> None:
    """Take transactions out of the driver's hands, which would begin them late and in the wrong mode."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.execute(begin)  # Through SQLAlchemy it would cost as much as a dozen statements.
