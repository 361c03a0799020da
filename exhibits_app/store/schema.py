"""The database's form: bringing it up to date, and asking whether it is."""

from importlib.resources import files
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from .sql import POSTGRESQL

# Two processes that start together must not both migrate; the number is arbitrary and ours.
_LOCK: Final = 7_203_114


def migrate(connection: Connection) -> None:
    """Bring the database to its newest form, in the connection's transaction; nothing when it has it."""
    take_turns(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def take_turns(connection: Connection) -> None:
    """Wait for others who make or change tables of this database. On SQLite a transaction that writes is alone."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def is_current(connection: Connection) -> bool:
    """Whether the database has its newest form."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("exhibits_app.store") / "migrations").replace("%", "%%"))
    return config
