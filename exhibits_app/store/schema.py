"""The database's form: bringing it up to date, and asking whether it is."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

from ..domain.errors import StoreTooNew, StoreTooOld
from .sql import POSTGRESQL

if TYPE_CHECKING:
    from alembic.config import Config  # Otherwise not at the top: it takes 9 MB with what it loads, to upgrade once.

# Two processes that start together must not both migrate; the number is arbitrary and ours.
_LOCK: Final = 7_203_114


def migrate(connection: Connection) -> None:
    """Bring the database to its newest form, in the connection's transaction; nothing when it has it.

    Raises StoreTooNew.
    """
    from alembic import command

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
    return max(_forms())


def revision(connection: Connection) -> str:
    """The form that the database has; empty before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def knows(name: str) -> bool:
    """Whether this version has a form of this name, and so can go on from it."""
    return name in _forms()


def _forms() -> list[str]:
    """The names of all forms: each is made by the script of its name, which begins with its number."""
    scripts = (files("exhibits_app.store") / "migrations" / "versions").iterdir()
    return [one.name.removesuffix(".py") for one in scripts if one.name[:1].isdigit() and one.name.endswith(".py")]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("exhibits_app.store") / "migrations").replace("%", "%%"))
    return config
