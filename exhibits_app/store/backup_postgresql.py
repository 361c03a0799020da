"""Copies of a PostgreSQL database while it is in use, by pg_dump, and putting one back with pg_restore.

A dump needs no more rights than the service has, is of one moment, and goes into another version or machine; base
backups with their log archive, for going back to any second, are the cluster's own (docs/administrators.md).
"""

import os
import shutil
import subprocess
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from ..domain.entry import leaf_hash
from ..domain.errors import (
    BackupDamaged,
    BackupTooNew,
    DatabaseProgramFailed,
    InstanceNotEmpty,
    NoSpaceForBackup,
    Refusal,
)
from ..domain.merkle import HASH_BYTES, CompactRange
from ..services.ports.backups import DatabaseFacts, Progress
from . import schema
from .backup_facts import POSTGRESQL, facts
from .database import SqlStore
from .refusals import DATABASE_ERRORS, refusal_of

_DEBIAN: Final = Path("/usr/lib/postgresql")
_UNSET: Final = -1
_LIBPQ: Final = frozenset(option.keyword.decode() for option in Conninfo.get_defaults())


class PostgresqlCopies:
    """Implements the DatabaseCopies port."""

    kind = POSTGRESQL

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def size(self) -> int:
        """Not known before: a dump is compressed and without indexes."""
        return 0

    def copy(self, to: Path, progress: Progress) -> DatabaseFacts:
        """See the port. pg_dump sees the same moment as we do: we export our snapshot, and hold it until it is done."""
        progress("Copying the database", 0, 0)
        with self._store.moment() as (work, connection):
            known = facts(POSTGRESQL, work, connection)
            snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}"]
            _run("pg_dump", [*options, address_of(self._store.url)], self._store.url)
        progress("Copying the database", 1, 1)
        return known

    def check(self, copy: Path) -> None:
        """Every byte of the dump is unpacked once. Raises BackupDamaged."""
        with _restored(copy) as script:
            while script.read(1 << 20):
                pass

    def ledger(self, copy: Path, first: int) -> tuple[int, str]:
        """See the port. The dump is read twice: for the places of entries, then for the entries themselves."""
        places = _places(copy)
        count = max((each for each in places if each != _UNSET), default=_UNSET) + 1 - first
        if count <= 0:
            return 0, CompactRange().root().hex()
        hashes, seen = bytearray(count * HASH_BYTES), 0
        for entry_id, body in _rows(copy, "entry", ("id", "body")):
            place = places[int(entry_id)] if int(entry_id) < len(places) else _UNSET
            if place >= first:
                at = (place - first) * HASH_BYTES
                hashes[at : at + HASH_BYTES] = leaf_hash(bytes.fromhex(body[len(r"\\x") :].decode()))
                seen += 1
        if seen != count:
            raise BackupDamaged("the dump lacks entries of the ledger")
        tree = CompactRange()
        for at in range(0, len(hashes), HASH_BYTES):
            tree.append(bytes(hashes[at : at + HASH_BYTES]))
        return tree.size, tree.root().hex()


class PostgresqlPlace:
    """Implements the DatabasePlace port over the database of this address."""

    kind = POSTGRESQL

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def loading(self) -> str:
        """The address of what is loaded: its own."""
        return self._url

    def refuse_unless_empty(self) -> None:
        """See the port."""
        address = make_url(self._url).set(drivername="postgresql+psycopg")
        engine = create_engine(address)
        try:
            if inspect(engine).get_table_names():
                raise InstanceNotEmpty(address.render_as_string(hide_password=True))
        except DATABASE_ERRORS as error:
            raise (refusal_of(error) or error) from error
        finally:
            engine.dispose()

    def refuse_unless_known(self, revision: str) -> None:
        """See the port."""
        if not schema.knows(revision):
            raise BackupTooNew(revision)

    def load(self, copy: Path) -> None:
        """One transaction, then the tables of this version."""
        whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run("pg_restore", [*whole, f"--dbname={address_of(self._url)}", str(copy)], self._url)
        store = SqlStore(self._url)
        try:
            store.migrate()
        finally:
            store.close()

    def finish(self) -> None:
        """It has its name already."""

    def abandon(self) -> None:
        """What was loaded stays to be looked into: somebody may have connected to it by now."""


def _places(copy: Path) -> "array[int]":
    """The place in the tree of each entry, by its id; _UNSET where it has none."""
    places = array("q")
    for place, entry_id in _rows(copy, "leaf", ("leaf_index", "entry_id")):
        missing = int(entry_id) + 1 - len(places)
        if missing > 0:
            places.extend([_UNSET] * missing)
        places[int(entry_id)] = int(place)
    return places


def _rows(copy: Path, table: str, columns: Sequence[str]) -> Iterator[list[bytes]]:
    """These columns of every row of the table, as the dump writes them."""
    with _restored(copy, "--data-only", f"--table={table}") as script:
        wanted: list[int] = []
        for line in script:
            if line.startswith(b"COPY "):
                names = line.decode().partition("(")[2].partition(")")[0].replace('"', "").split(", ")
                wanted = [names.index(name) for name in columns]
            elif line == b"\\.\n":
                wanted = []
            elif wanted:
                values = line.rstrip(b"\n").split(b"\t")
                yield [values[at] for at in wanted]


@contextmanager
def _restored(copy: Path, *options: str) -> Iterator[IO[bytes]]:
    """What pg_restore writes as a script. Raises BackupDamaged where it cannot read the dump."""
    command = [program("pg_restore"), *options, "--file=-", str(copy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        if running.stdout is None or running.stderr is None:
            raise DatabaseProgramFailed("pg_restore", "it could not be started")
        yield running.stdout
        running.stdout.read()
        said = running.stderr.read().decode("utf-8", "replace")
    if running.returncode:
        raise BackupDamaged(f"pg_restore cannot read the dump in it ({_first_line(said)})")


def program(name: str) -> str:
    """The newest of PostgreSQL's programs of this name: an older one refuses a newer server. Raises
    DatabaseProgramFailed."""
    newest = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parents[1].name), reverse=True)
    found = str(newest[0]) if newest else shutil.which(name)
    if found is None:
        raise DatabaseProgramFailed(name, "it is not installed (Debian's package postgresql-client)")
    return found


def _run(name: str, options: Sequence[str], url: str) -> None:
    password = make_url(url).password
    secret = {"PGPASSWORD": str(password)} if password else {}
    command = [program(name), *options]
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if done.returncode:
        raise _why(name, done.stderr)


def _why(name: str, said: str) -> Refusal:
    if "No space left on device" in said:
        return NoSpaceForBackup("the backup or of the database")
    return DatabaseProgramFailed(name, _first_line(said))


def _first_line(said: str) -> str:
    """What it said first, without the address, in which a password may stand."""
    return said.strip().partition("\n")[0].rstrip(".") or "it says nothing"


def address_of(url: str) -> str:
    """What PostgreSQL's programs connect to, several servers too; the password goes by their environment, which others
    cannot see."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    _, words = address.get_dialect()().create_connect_args(address)
    return make_conninfo(**{name: value for name, value in words.items() if name in _LIBPQ and name != "password"})
