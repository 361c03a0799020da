"""PostgreSQL: a change in its caller's own transaction, begun anew when that cannot do harm.

It can do none when the transaction was turned back, or when the connection broke before the commit was asked for: then
nothing was kept. When it broke in the commit itself nobody can know, and the caller is told so.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine

from ..domain.errors import ChangedMeanwhile, OutcomeUnknown, StoreRefusal
from .refusals import DATABASE_ERRORS, is_standby, may_succeed_again, refusal_of

T = TypeVar("T")
TRIES: Final = 5


class _Attempt:
    """One transaction: how far it came."""

    def __init__(self) -> None:
        self._driver: Any = None
        self._committing = False

    def run(self, engine: Engine, change: Callable[[Connection], T]) -> T:
        """The change's answer after its commit."""
        with engine.connect() as connection:
            transaction = connection.begin()
            self._driver = connection.connection.dbapi_connection
            answer = change(connection)
            self._committing = True
            transaction.commit()
            return answer

    @property
    def broke(self) -> bool:
        """Whether there was a connection and it is lost."""
        return self._driver is not None and bool(self._driver.closed)

    @property
    def in_doubt(self) -> bool:
        """Whether it broke when the commit was on its way."""
        return self._committing and self.broke


def write_alone(engine: Engine, change: Callable[[Connection], T]) -> T:
    """Raises what the change raises, StoreRefusal, and OutcomeUnknown where it may have been kept."""
    for tries_left in reversed(range(TRIES)):
        attempt = _Attempt()
        try:
            return attempt.run(engine, change)
        except (*DATABASE_ERRORS, ChangedMeanwhile) as error:
            if attempt.in_doubt:
                raise OutcomeUnknown from error
            if is_standby(error):
                engine.dispose()  # Its other connections lead to the same server.
            if tries_left and (attempt.broke or may_succeed_again(error)):
                continue
            raise (refusal_of(error) or error) from error.__cause__
    raise StoreRefusal
