"""What a database error means to a caller: somebody was faster, the store cannot, or we are wrong."""

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from ..domain.errors import ChangedMeanwhile, Refusal, StoreRefusal

UNIQUE_VIOLATION = "23505"
# Serialisation failure and deadlock: PostgreSQL has rolled the whole transaction back.
TURNED_BACK = frozenset({"40001", "40P01"})
_UNIQUE_SQLITE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


def is_duplicate(error: BaseException) -> bool:
    """Whether a row with the same key was there already."""
    if not isinstance(error, IntegrityError):
        return False
    name = getattr(error.orig, "sqlite_errorname", None)
    return name in _UNIQUE_SQLITE or getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION


def may_succeed_again(error: BaseException) -> bool:
    """Whether running the same change anew can end otherwise: the other side has committed by now."""
    cause = error.__cause__ if isinstance(error, ChangedMeanwhile) else error
    if cause is not None and is_duplicate(cause):
        return True
    return isinstance(cause, DBAPIError) and getattr(cause.orig, "sqlstate", None) in TURNED_BACK


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that a caller is given in place of a database error; None for what is not one, and for our mistakes.

    A broken foreign key or a missing value is a mistake in this program and stays what it is.
    """
    if is_duplicate(error):
        return ChangedMeanwhile()
    if isinstance(error, OperationalError | InterfaceError):
        return StoreRefusal()
    return None
