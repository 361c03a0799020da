"""The database's form: bringing it up to date, and asking whether it is."""

from importlib.resources import files
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from ..domain.errors import StoreTooNew, StoreTooOld
from .sql import POSTGRESQL

# Two processes that start together must not both migrate; the number is arbitrary and ours.
_LOCK: Final = 7_203_114


def migrate(connection: Connection) -> None:
    """Bring the database to its newest form, in the connection's transaction; nothing when it has it.

    Raises StoreTooNew.
    """
    take_turns(connection)
    refuse_newer(connection)
    command.upgrade(configured(connection), "head")


def configured(connection: Connection) -> Config:
    """What Alembic needs to go from one form to another over this connection, in its transaction."""
    config = _config()
    config.attributes["connection"] = connection
    return config


def take_turns(connection: Connection) -> None:
    """Wait for others who make or change tables of this database. On SQLite a transaction that writes is alone."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # Making tables takes as long as it takes.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def refuse_newer(connection: Connection) -> None:
    """Say nothing unless the database has a form that this version does not know. Raises StoreTooNew."""
    found = revision(connection)
    if found and not knows(found):
        raise StoreTooNew(found)


def refuse_older(connection: Connection) -> None:
    """Say nothing unless the database has an earlier form than this version wants. Raises StoreTooOld."""
    if not is_current(connection):
        raise StoreTooOld(revision(connection))


def is_current(connection: Connection) -> bool:
    """Whether the database has its newest form."""
    return revision(connection) == newest()


def newest() -> str:
    """The form that this version wants."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision(connection: Connection) -> str:
    """The form that the database has; empty before the first."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def knows(name: str) -> bool:
    """Whether this version has a form of this name, and so can go on from it."""
    return any(one.revision == name for one in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("exhibits_app.store") / "migrations").replace("%", "%%"))
    return config
