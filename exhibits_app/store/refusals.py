"""What a database error means to a caller: somebody was faster, the store cannot, or we are wrong."""

import sqlite3
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from ..domain.errors import (
    ChangedMeanwhile,
    NumberTooLarge,
    Refusal,
    StoreDamaged,
    StoreMoved,
    StoreRefusal,
    StoreUnwritable,
)

# Statements run over the drivers themselves; SQLAlchemy's errors come from its own beginnings, commits and queries.
DRIVER_ERRORS: Final = (sqlite3.Error, psycopg.Error)
# sqlite3 says OverflowError, outside its own errors, of a number that does not fit.
DATABASE_ERRORS: Final = (*DRIVER_ERRORS, DBAPIError, NoConnectionLeft, OverflowError)

# What the triggers of a closed database raise (closing.py): the words on SQLite, the state of our own on PostgreSQL.
CLOSED: Final = "store is closed"
CLOSED_STATE: Final = "EXC01"

_UNIQUE_VIOLATION: Final = "23505"
# Serialisation failure and deadlock: PostgreSQL has rolled the whole transaction back.
_TURNED_BACK: Final = frozenset({"40001", "40P01"})
_STANDBY: Final = "25006"
# A page or an index that cannot be right; SQLite also says that the file is no database.
_DAMAGE: Final = frozenset({"XX001", "XX002", "SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX", "SQLITE_NOTADB"})
# Disk full and input/output error of PostgreSQL; SQLite's own names have endings, like SQLITE_IOERR_WRITE.
_UNWRITABLE: Final = frozenset({"53100", "58030"})
_UNWRITABLE_SQLITE: Final = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_UNIQUE_SQLITE: Final = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
_UNABLE: Final = (
    sqlite3.OperationalError, sqlite3.InterfaceError, psycopg.OperationalError, psycopg.InterfaceError,
    NoConnectionLeft,
)  # fmt: skip
_TOO_LARGE: Final = (OverflowError, psycopg.errors.NumericValueOutOfRange)


def is_taken(error: BaseException) -> bool:
    """Whether the driver says that a row with the same key was there already."""
    name = getattr(error, "sqlite_errorname", None)
    return name in _UNIQUE_SQLITE or getattr(error, "sqlstate", None) == _UNIQUE_VIOLATION


def is_our_write(error: BaseException) -> bool:
    """Whether something was written through a view, which SQLite reports as it does a disk that cannot be written."""
    return getattr(_driver_error(error), "sqlite_errorname", None) == "SQLITE_READONLY" or is_standby(error)


def is_standby(error: BaseException) -> bool:
    """Whether the server takes no changes: it follows another one. A view of ours says the same of a change."""
    return getattr(_driver_error(error), "sqlstate", None) == _STANDBY


def is_damage(error: BaseException) -> bool:
    """Whether the database met a damaged page."""
    cause = _driver_error(error)
    return getattr(cause, "sqlite_errorname", None) in _DAMAGE or getattr(cause, "sqlstate", None) in _DAMAGE


def may_succeed_again(error: BaseException) -> bool:
    """Whether running the same change anew can end otherwise: the other side has committed by now."""
    turned_back = getattr(_driver_error(error), "sqlstate", None) in _TURNED_BACK
    return isinstance(error, ChangedMeanwhile) or turned_back or is_standby(error)


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that a caller is given in place of a database error; None for what is not one, and for our mistakes.

    A broken foreign key or a missing value is a mistake in this program and stays what it is.
    """
    cause = _driver_error(error)
    if getattr(cause, "sqlstate", None) == CLOSED_STATE or (isinstance(cause, sqlite3.Error) and str(cause) == CLOSED):
        return StoreMoved()
    if is_damage(cause):
        return StoreDamaged()
    if _is_unwritable(cause):
        return StoreUnwritable()
    if isinstance(cause, _UNABLE) or is_standby(cause):
        return StoreRefusal()
    if isinstance(cause, _TOO_LARGE):
        return NumberTooLarge()
    return ChangedMeanwhile() if is_taken(cause) else None


def _is_unwritable(cause: BaseException) -> bool:
    """Whether the disk, or the right to its folder, is what lacks."""
    named = (getattr(cause, "sqlite_errorname", None) or "").startswith(_UNWRITABLE_SQLITE)
    return named or getattr(cause, "sqlstate", None) in _UNWRITABLE


def _driver_error(error: BaseException) -> BaseException:
    """What the driver said, under SQLAlchemy's wrapping."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
