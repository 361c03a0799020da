"""Moving everything from one database into another, row by row as the drivers give them, and reading it back."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final, Protocol

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy import table as sql_table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from ..domain.errors import (
    CannotBeKept,
    MoveUnfinished,
    SourceNotCurrent,
    TargetUnusable,
)
from ..services.ports.moving import Digest, Told
from . import closing, move_sqlite, schema
from .caches import Caches
from .engine import is_sqlite, loading_engine, writing_engine
from .move_postgresql import LoadingPostgreSQL, keep_writers_out, require_empty
from .move_sqlite import LoadingSQLite
from .move_tables import MOVED, Rows
from .refusals import DATABASE_ERRORS, refusal_of
from .rows import metadata
from .sql import POSTGRESQL, Session, Statement
from .work import SqlWork

TOGETHER: Final = 1_000  # Rows in memory at once: an item's may be some kilobytes.


class Loading(Protocol):
    """How a database is loaded."""

    def set_rules_aside(self) -> None: ...
    def load(self, table: str, columns: Sequence[str], chunks: Iterable[Rows]) -> None: ...
    def complete(self) -> None: ...


class DatabaseMove:
    """Implements the Move port over a connection to each database."""

    def __init__(self, source: Connection, target: Connection, loading: Loading, finish: Callable[[], None]) -> None:
        self.tables = list(MOVED)
        self.source = SqlWork(Session(source), Caches())
        self.target = SqlWork(Session(target), Caches())
        self._from, self._to = Session(source), Session(target)
        self._loading = loading
        self.finish = finish

    def count(self, table: str) -> int:
        """Counted, since nobody waits for this page."""
        return int(self._from.value(Statement(select(func.count()).select_from(sql_table(table)))))

    def copy(self, table: str, told: Told) -> Digest:
        """Read on one side, load on the other, and digest on the way. Raises CannotBeKept."""
        digest, moved, to = Digesting(told), MOVED[table], self._to.database
        rows = digest.over(map(moved.read, self._from.chunks(moved.rows, TOGETHER)))
        try:
            self._loading.load(table, moved.columns(to), (moved.written(to, some) for some in rows))
        except DATABASE_ERRORS as error:
            raise CannotBeKept(table, str(error).splitlines()[0]) from error
        return digest.so_far()

    def complete(self) -> None:
        """Indexes, references, numbers. Raises CopyDiffers."""
        self._loading.complete()

    def read_back(self, table: str, told: Told) -> Digest:
        """Digest what is there now."""
        digest = Digesting(told)
        for _ in digest.over(map(MOVED[table].read, self._to.chunks(MOVED[table].rows, TOGETHER))):
            pass
        return digest.so_far()


class Digesting:
    """SHA-256 over rows as Python writes tuples of whole numbers, text, bytes and None, which it does in one way."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._rows = 0
        self._sha256 = hashlib.sha256()

    def over(self, chunks: Iterable[Rows]) -> Iterator[Rows]:
        """The same chunks, digested as they pass."""
        for rows in chunks:
            self._sha256.update("\n".join(map(repr, rows)).encode())
            self._sha256.update(b"\n")
            self._rows += len(rows)
            self._told(self._rows)
            yield rows

    def so_far(self) -> Digest:
        """Of what has passed."""
        return Digest(self._rows, self._sha256.hexdigest())


class DatabaseMover:
    """Implements the Mover port."""

    def __init__(self, source: str, patience: float = 10) -> None:
        """`patience`: seconds to wait for somebody who is writing into the source."""
        self._source = source
        self._patience = patience

    @contextmanager
    def begin(self, to: str) -> Iterator[DatabaseMove]:
        """Both transactions end with the context, kept or not."""
        where = _place(to)
        with ExitStack() as stack:
            source = stack.enter_context(self._held())
            if not schema.is_current(source):
                raise SourceNotCurrent
            beside = stack.enter_context(move_sqlite.making(to)) if is_sqlite(to) else to
            stack.enter_context(_as_target_refusal(where))
            target = stack.enter_context(_connected(loading_engine(beside)))
            target.begin()
            yield _begun(source, target, to, where)

    def open_again(self, check: Callable[[SqlWork], object]) -> bool:
        """In one transaction."""
        with self._held() as connection:
            if not closing.is_closed(connection):
                return False
            check(SqlWork(Session(connection), Caches()))
            closing.open_again(connection)
            connection.commit()
            return True

    @contextmanager
    def _held(self) -> Iterator[Connection]:
        """The source, which nobody else writes. Raises SourceBusy, StoreRefusal."""
        with _connected(writing_engine(self._source)) as connection:
            try:
                keep = keep_writers_out if connection.dialect.name == POSTGRESQL else move_sqlite.keep_writers_out
                keep(connection, self._patience)
            except DATABASE_ERRORS as error:
                raise (refusal_of(error) or error) from error
            yield connection


def _begun(source: Connection, target: Connection, to: str, where: str) -> DatabaseMove:
    """The target has its tables, and nothing in them."""
    loading: Loading = LoadingSQLite(target)
    if not is_sqlite(to):
        require_empty(target, where)
        loading = LoadingPostgreSQL(target)
    schema.migrate(target)
    for table in reversed(metadata.sorted_tables):
        if target.execute(select(table).limit(1)).first() is not None:
            target.execute(delete(table))
    loading.set_rules_aside()
    return DatabaseMove(source, target, loading, lambda: _finish(source, target, to, where))


def _finish(source: Connection, target: Connection, to: str, where: str) -> None:
    """Close the old one, then let the new one be used: never are there two. Raises MoveUnfinished, TargetUnusable."""
    if is_sqlite(to):
        target.commit()  # Nobody can find the file yet.
    was_closed = closing.is_closed(source)
    closing.close(source)
    source.commit()
    try:
        if is_sqlite(to):
            move_sqlite.give_name(to)
        else:
            target.commit()
    except TargetUnusable:
        if not was_closed:
            with source.begin():
                closing.open_again(source)
        raise
    except DATABASE_ERRORS as error:  # It may have been kept: nobody can know here.
        raise MoveUnfinished(where) from error


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    """A connection, which keeps nothing that is not committed inside. Raises the driver's errors."""
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _as_target_refusal(where: str) -> Iterator[None]:
    """Raises TargetUnusable in place of what the target's driver or its disk says."""
    try:
        yield
    except (*DATABASE_ERRORS, OSError) as error:
        raise TargetUnusable(where, str(error).splitlines()[0]) from error


def _place(url: str) -> str:
    """The address without its password. Raises TargetUnusable for what is none of ours."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise TargetUnusable("the address given", "it cannot be read as an address") from error
    if parsed.get_backend_name() not in {POSTGRESQL, "sqlite"} or parsed.database in {None, "", ":memory:"}:
        raise TargetUnusable(parsed.render_as_string(), "it names neither a SQLite file nor a PostgreSQL database")
    return parsed.render_as_string()
