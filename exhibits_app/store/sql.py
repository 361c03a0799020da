"""Statements written once as SQLAlchemy constructs and run as the driver's own text.

Compiling a construct and wrapping its result cost a custody act several times what the database does (docs/decisions),
so each is compiled once for each database and its cursor is the driver's. What a column holds, both drivers give back
as it is: whole numbers, text, bytes.
"""

import json
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import SelectBase, TableValuedAlias
from sqlalchemy.types import TypeEngine

from ..domain.errors import ChangedMeanwhile
from .refusals import DRIVER_ERRORS, is_taken

POSTGRESQL = "postgresql"
EACH = 10_000  # Rows fetched at a time.

# What a row holds depends on the statement, which the type checker does not see.
Values = dict[str, Any]
AnyRow = Any
Build = Callable[[str], Executable]
Memory = dict[tuple[Any, ...], list[AnyRow]]

# Who may do what and where: act after act asks for it, and few change it. Only these are ever remembered.
STANDS = frozenset({"turn", "person", "person_grant", "place", "label", "setting"})


class Statement:
    """A construct, or a function from the database's name to one, and its text for each database."""

    __slots__ = ("_build", "_texts", "forgets", "names")

    def __init__(self, build: Executable | Build) -> None:
        self._build = build
        # Whether what a transaction remembers may be otherwise after it; known once it is compiled.
        self.forgets = True
        self._texts: dict[str, tuple[str, Values]] = {}
        self.names: Callable[[Iterable[Any]], AnyRow] | None = None

    def text(self, dialect: Dialect) -> tuple[str, Values]:
        """The driver's text with named parameters, and the values that are part of the statement itself."""
        found = self._texts.get(dialect.name)
        if found is None:
            found = self._texts[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> tuple[str, Values]:
        built = self._build(dialect.name) if callable(self._build) else self._build
        self.forgets = _may_change_what_stands(built)
        compiled = cast(ClauseElement, built).compile(dialect=dialect)
        binds = cast(SQLCompiler, compiled).binds
        return str(compiled), {name: bind.value for name, bind in binds.items() if not bind.required}


class Session:
    """One transaction's connection, and the ways to run a statement over it.

    `reads_only` is true for a view, in which rows cannot be locked. `memory` is what this transaction was told and may
    be asked again: changes that share a transaction in which nobody else can change anything share it too. Who makes
    one that `waits` calls `say` before the commit.
    """

    __slots__ = ("_cursor", "_dialect", "_memory", "_unsaid", "_waits", "connection", "database", "reads_only")

    def __init__(
        self, connection: Connection, *, reads_only: bool = False, memory: Memory | None = None, waits: bool = False
    ) -> None:
        self.connection = connection
        self._waits = waits
        self._memory = memory
        self._unsaid: list[tuple[str, Sequence[Values]]] = []
        self._cursor = connection.connection.cursor()
        self._dialect = connection.dialect
        self.database = connection.dialect.name
        self.reads_only = reads_only

    def all(self, statement: Statement, **values: Any) -> list[AnyRow]:
        """Every row, as a tuple with names."""
        self._execute(statement, values)
        names = statement.names or self._learn(statement)
        return [names(row) for row in self._cursor.fetchall()]

    def remembered(self, statement: Statement, **values: Any) -> list[AnyRow]:
        """Every row. Where there is a memory it is asked for once, until one of STANDS changes; for these alone."""
        if self._memory is None:
            return self.all(statement, **values)
        key = (statement, *values.values())
        found = self._memory.get(key)
        if found is None:
            found = self._memory[key] = self.all(statement, **values)
        return found

    def each(self, statement: Statement, **values: Any) -> Iterator[tuple[Any, ...]]:
        """Rows one by one as plain tuples, for a million of them. Nothing else disturbs them meanwhile."""
        for rows in self.chunks(statement, **values):
            yield from rows

    def chunks(self, statement: Statement, each: int = EACH, **values: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The same in lists of `each` rows. PostgreSQL keeps the others: its driver's usual cursor fetches all."""
        self.say()
        text, own = statement.text(self._dialect)
        driver: Any = self.connection.connection
        cursor = driver.cursor(name=f"chunks_{id(statement)}") if self.database == POSTGRESQL else driver.cursor()
        try:
            cursor.execute(text, {**own, **values})
            while rows := cursor.fetchmany(each):
                yield rows
        finally:
            cursor.close()

    def one(self, statement: Statement, **values: Any) -> AnyRow | None:
        """The first row, or None."""
        self._execute(statement, values)
        row = self._cursor.fetchone()
        return None if row is None else (statement.names or self._learn(statement))(row)

    def value(self, statement: Statement, **values: Any) -> Any:
        """The first column of the first row, or None."""
        self._execute(statement, values)
        row = self._cursor.fetchone()
        return None if row is None else row[0]

    def run(self, statement: Statement, **values: Any) -> int:
        """Change something; how many rows it was. Raises ChangedMeanwhile when the key is taken."""
        self._execute(statement, values)
        return self._cursor.rowcount

    def many(self, statement: Statement, rows: Sequence[Values]) -> None:
        """Change something once for each of these values. Raises ChangedMeanwhile when a key is taken.

        A session that waits tells it, and is refused, with the next statement of another kind or in `say`: what an act
        writes goes to PostgreSQL and back in one journey instead of seven.
        """
        if not rows:
            return
        text, own = statement.text(self._dialect)
        if statement.forgets and self._memory:
            self._memory.clear()
        self._unsaid.append((text, [{**own, **each} for each in rows] if own else rows))
        if not self._waits:
            self.say()

    def change_all(self, statement: Statement, rows: Sequence[Values]) -> int:
        """Change something for each of these values, at once; how many rows it was. Raises ChangedMeanwhile.

        On PostgreSQL the statement is one made of `rows_of`: it goes there once, with a list for each parameter.
        """
        if not rows:
            return 0
        if self.database == POSTGRESQL:
            return self.run(statement, **{name: [row[name] for row in rows] for name in rows[0]})
        self.say()
        text, own = statement.text(self._dialect)
        if statement.forgets and self._memory:
            self._memory.clear()
        try:
            self._cursor.executemany(text, [{**own, **row} for row in rows] if own else rows)
        except DRIVER_ERRORS as error:
            _refuse_if_taken(error)
            raise
        return self._cursor.rowcount

    def say(self) -> None:
        """Tell the database what it was not told yet. Raises ChangedMeanwhile when a key is taken."""
        if not self._unsaid:
            return
        unsaid, self._unsaid = self._unsaid, []
        driver: Any = self.connection.connection.dbapi_connection
        try:
            with driver.pipeline() if len(unsaid) > 1 else nullcontext():
                for text, rows in unsaid:
                    if len(rows) == 1:
                        self._cursor.execute(text, rows[0])
                    else:
                        self._cursor.executemany(text, rows)
        except DRIVER_ERRORS as error:
            _refuse_if_taken(error)
            raise

    def query(self, built: Executable, values: Values | None = None) -> Sequence[AnyRow]:
        """Every row of a construct whose shape depends on what is asked for."""
        self.say()
        return self.connection.execute(built, values).fetchall()

    def listed(self, values: Iterable[Any]) -> Any:
        """Values as one parameter for `one_of`."""
        return list(values) if self.database == POSTGRESQL else json.dumps(list(values))

    def _execute(self, statement: Statement, values: Values) -> None:
        self.say()
        text, own = statement.text(self._dialect)
        if statement.forgets and self._memory:
            self._memory.clear()
        try:
            self._cursor.execute(text, {**own, **values} if own else values)
        except DRIVER_ERRORS as error:
            _refuse_if_taken(error)
            raise

    def _learn(self, statement: Statement) -> Callable[[Iterable[Any]], AnyRow]:
        described = [column[0] for column in self._cursor.description or ()]
        row: Any = namedtuple("row", described, rename=True)  # type: ignore[misc]  # named by what was asked for
        make: Callable[[Iterable[Any]], AnyRow] = row._make
        statement.names = make
        return make


def _may_change_what_stands(built: Executable) -> bool:
    """Whether this is neither a look nor a change of a table outside STANDS. What is written as text is not known."""
    if isinstance(built, UpdateBase):
        return getattr(built.table, "name", None) in STANDS
    return not isinstance(built, SelectBase)


def _refuse_if_taken(error: BaseException) -> None:
    if is_taken(error):
        raise ChangedMeanwhile from error


def one_of(column: ColumnElement[Any], name: str, database: str) -> ColumnElement[bool]:
    """The column is among the values of one parameter, however many they are."""
    if database == POSTGRESQL:
        return column == func.any(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def adding(table: Table, *names: str) -> Any:
    """An insert of these columns, with parameters of their names."""
    return insert(table).values({name: bindparam(name) for name in names}).inline()


def numbering(table: Table, *names: str) -> Any:
    """An insert that gives back the number which the database gave."""
    return insert(table).values({name: bindparam(name) for name in names}).returning(table.c.id)


def upsert(database: str, table: Table) -> Any:
    """An insert that knows what to do on conflict, in the words of this database."""
    return postgresql.insert(table) if database == POSTGRESQL else sqlite.insert(table)


def rows_of(**types: TypeEngine[Any]) -> TableValuedAlias:
    """What `change_all` is given, as a table of PostgreSQL with these columns."""
    columns = [column(name, kind) for name, kind in types.items()]
    lists = [bindparam(name, type_=ARRAY(kind)) for name, kind in types.items()]
    return func.unnest(*lists).table_valued(*columns, name="given").render_derived()


def all_unless_there(table: Table, *names: str) -> Build:
    """For `change_all`: an insert of those whose key is not there."""

    def build(database: str) -> Executable:
        if database != POSTGRESQL:
            return unless_there(table, *names)(database)
        given = rows_of(**{name: table.c[name].type for name in names})
        return postgresql.insert(table).from_select(list(names), select(*given.c)).inline().on_conflict_do_nothing()

    return build


def replacing(table: Table, key: str, value: str) -> Build:
    """An insert of a key with its value, or another value where the key is there; both are bound by their names."""
    return lambda database: (
        upsert(database, table)
        .values({name: bindparam(name) for name in (key, value)})
        .on_conflict_do_update(index_elements=[key], set_={value: bindparam(value)})
    )


def unless_there(table: Table, *names: str) -> Build:
    """An insert that changes nothing when a row with the same key is there."""
    return lambda database: (
        upsert(database, table).values({name: bindparam(name) for name in names}).inline().on_conflict_do_nothing()
    )
