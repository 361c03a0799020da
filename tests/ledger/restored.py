"""A database that goes back in time: a copy of it, taken and put in the place of what came after."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from exhibits_app.services import ledger_keeper, ledger_tree
from exhibits_app.store.engine import is_sqlite
from tests.support.ledger import SigningForce


def back_up(signing: SigningForce, into: Path) -> Path:
    """A copy of the database as it is now."""
    into.mkdir(exist_ok=True)
    url = signing.force.settings.address
    if is_sqlite(url):
        signing.services.store.close()
        return Path(shutil.copy(signing.folder / "exhibits.db", into / "backup"))
    name = f"backup_{into.name.replace('-', '_')[-30:]}".lower()
    _template(signing, f'CREATE DATABASE "{name}" TEMPLATE "{make_url(url).database}"')
    return Path(name)


def restore(signing: SigningForce, backup: Path) -> None:
    """Put the copy in the place of the database."""
    url = signing.force.settings.address
    if is_sqlite(url):
        signing.services.store.close()
        for name in ("exhibits.db-wal", "exhibits.db-shm"):
            (signing.folder / name).unlink(missing_ok=True)
        shutil.copy(backup, signing.folder / "exhibits.db")
        return
    database = make_url(url).database
    _template(signing, f'DROP DATABASE "{database}"', f'CREATE DATABASE "{database}" TEMPLATE "{backup}"')


def bodies(signing: SigningForce) -> list[bytes]:
    """The entries of the log, in its order."""
    with signing.services.store.read() as work:
        return [one.body for one in ledger_tree.log(work, 0, work.tree.state().size)]


def projections(signing: SigningForce) -> list[dict[str, object]]:
    """What is kept of every item."""
    with signing.services.store.read() as work:
        return [work.items.projection(number) for number in work.items.register_numbers()]


def lose(signing: SigningForce, folder: Path, meanwhile: Callable[[], object]) -> None:
    """Restore a backup that is older than what happened `meanwhile`, and was signed."""
    backup = back_up(signing, folder)
    meanwhile()
    signing.checkpoint()
    restore(signing, backup)
    assert not ledger_keeper.start(signing.services)


def _template(signing: SigningForce, *statements: str) -> None:
    """Run these beside the database, to which nobody may be connected."""
    signing.services.store.close()
    aside = make_url(signing.force.settings.address).set(database="postgres")
    engine = create_engine(aside, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
