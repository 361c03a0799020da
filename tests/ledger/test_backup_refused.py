"""What a backup and a restore refuse, each with a sentence, leaving nothing behind."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from exhibits_app.bootstrap_backups import build_file, build_parts
from exhibits_app.domain.errors import (
    BackupDamaged,
    BackupKeyRefused,
    BackupNeedsKey,
    BackupThere,
    BackupTooNew,
    BackupUnusable,
    InstanceNotEmpty,
    NoSpaceForBackup,
    OtherDatabaseKind,
    RecordsOfAnotherLog,
)
from exhibits_app.domain.merkle import EMPTY_ROOT
from exhibits_app.services.backup_check import Manifest, digests_of_files, others
from exhibits_app.services.ports.backups import Source
from exhibits_app.store import SqlStore, schema
from exhibits_app.store.backup_file import AgeTar
from exhibits_app.store.backup_keys import make_key, read_identities
from exhibits_app.store.backup_postgresql import address_of
from exhibits_app.store.signing import FolderRecords
from tests.support.backed_up import PUBLIC, UNDER_A_PASSPHRASE, made, quietly, restored
from tests.support.force import START
from tests.support.ledger import SigningForce


@pytest.mark.parametrize("place", ["its head", "the database", "its end"])
@pytest.mark.parametrize("locked", [False, True], ids=["in clear", "encrypted"])
def test_a_changed_or_cut_backup_is_refused_and_nothing_is_written(
    plain: tuple[SigningForce, Path], tmp_path: Path, place: str, locked: bool
) -> None:
    signing, file = plain
    if locked:
        file = tmp_path / "locked.backup"
        made(signing, file, make_key(tmp_path / "key", None))
    data = bytearray(file.read_bytes())
    if place == "its end":
        del data[-1500:]
    else:
        at = 300 if place == "its head" else data.index(b"SQLite format 3") + 20_000 if not locked else 20_000
        data[at] ^= 1
    file.write_bytes(data)

    with pytest.raises((BackupDamaged, BackupKeyRefused)):
        restored(tmp_path / "new", file, tmp_path / "key" if locked else None)

    assert list((tmp_path / "new").iterdir()) == []


def test_a_restore_refuses_what_it_would_overwrite_and_records_of_another_ledger(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, file = plain
    foreign = signing.published()[0].replace(signing.origin().encode(), b"exhibits.test/other")
    FolderRecords(tmp_path / "foreign").publish(foreign)

    with pytest.raises(InstanceNotEmpty, match=r"exhibits\.db already"):
        restored(signing.folder, file)
    with pytest.raises(RecordsOfAnotherLog, match=r"are of exhibits\.test/other"):
        restored(tmp_path / "new", file, records=[tmp_path / "foreign"])
    with pytest.raises(BackupUnusable, match="no such file"):
        restored(tmp_path / "new", tmp_path / "none")


def test_an_encrypted_backup_opens_with_its_key_and_the_keys_passphrase_alone(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, _file = plain
    locked, key, phrase = tmp_path / "locked.backup", tmp_path / "key", tmp_path / "phrase"
    key.write_bytes(UNDER_A_PASSPHRASE)
    made(signing, locked, PUBLIC)
    make_key(tmp_path / "another", None)

    with pytest.raises(BackupNeedsKey):
        restored(tmp_path / "new", locked)
    with pytest.raises(BackupKeyRefused, match="encrypted for another one"):
        restored(tmp_path / "new", locked, tmp_path / "another")
    with pytest.raises(BackupKeyRefused, match="name the file of its passphrase"):
        read_identities(key, None)
    with pytest.raises(BackupKeyRefused, match="its passphrase is another one"):
        read_identities(key, "four words and less")
    phrase.write_text("four words and more\n")
    opened = build_file("", key, phrase).read(locked, lambda _name, _size: None, quietly)
    assert "secrets/signing.key" in opened


def test_what_was_written_has_its_name_only_if_the_ledger_in_it_holds(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, _file = plain
    with closing(sqlite3.connect(signing.folder / "exhibits.db", isolation_level=None)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE entry SET body = body || ' ' WHERE id = 1")

    with pytest.raises(BackupDamaged, match="is not the one that the ledger had"):
        made(signing, tmp_path / "two.backup")

    assert [path.name for path in tmp_path.iterdir() if "two.backup" in path.name] == []


def test_a_backup_is_refused_with_a_sentence_and_leaves_no_file_behind(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, file = plain
    store = signing.services.store
    assert isinstance(store, SqlStore)
    folder = build_parts(signing.force.settings, store, "", None, None).folder
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(NoSpaceForBackup, match="has no room"):
        made(signing, tmp_path / "two.backup", folder=replace(folder, free=lambda _folder: 1_000))
    with pytest.raises(NoSpaceForBackup, match="has no room"):
        AgeTar().write(Path("/dev/full"), [], lambda _digests: b"x" * 100_000, quietly)
    with pytest.raises(BackupThere, match="never overwrites"):
        made(signing, file)
    with pytest.raises(BackupUnusable, match="no such folder"):
        made(signing, tmp_path / "nowhere" / "two.backup")

    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert [path.name for path in signing.folder.iterdir() if path.name.startswith(".")] == []


def empty_at(folder: Path, revision: str) -> Path:
    """An empty database whose tables are of this revision."""
    engine = create_engine(f"sqlite:///{folder / 'old.db'}")
    with engine.begin() as connection:
        command.upgrade(schema.configured(connection), revision)
        connection.exec_driver_sql("INSERT INTO setting VALUES ('ledger origin', 'exhibits.test/old')")
    engine.dispose()
    return folder / "old.db"


def said_to_be(database: Path, revision: str) -> Path:
    """A backup of this database, which says that its tables are of this revision."""
    known = Manifest(
        made_at=START, version="0.0.1", kind="SQLite", origin="exhibits.test/old", revision=revision,
        entries=0, items=0, first=0, tree_size=0, tree_root=EMPTY_ROOT.hex(), checkpoint="", encrypted=False,
        files=(0, 0, ""), missing=(), damaged=(), left_out=(), settings={},
    )  # fmt: skip
    out = database.with_name(f"{revision}.backup")
    AgeTar().write(
        out,
        [Source("database.sqlite", database)],
        lambda digests: replace(known, members=others(digests), files=digests_of_files(digests)).written(),
        quietly,
    )
    return out


def test_a_backup_of_older_tables_is_brought_forward_and_one_of_unknown_tables_is_refused(tmp_path: Path) -> None:
    database = empty_at(tmp_path, "0020_digests")

    with pytest.raises(BackupTooNew, match="tables of 9999"):
        restored(tmp_path / "new", said_to_be(database, "9999"))
    done, settings = restored(tmp_path / "new", said_to_be(database, "0020_digests"))

    assert done.manifest.version == "0.0.1"
    store = SqlStore(settings.address)
    assert store.is_current()
    store.close()


def test_a_backup_of_sqlite_is_not_restored_into_postgresql(
    plain: tuple[SigningForce, Path], tmp_path: Path, postgresql_database: str
) -> None:
    with pytest.raises(OtherDatabaseKind, match="migrate-store"):
        restored(tmp_path / "new", plain[1], url=postgresql_database)


def test_the_programs_of_postgresql_are_given_every_server_and_no_password() -> None:
    url = "postgresql://ex:pw@/exhibits?host=db1.example:5432&host=db2.example:5433&target_session_attrs=read-write"

    address = address_of(url)

    assert "pw" not in address
    assert "host=db1.example,db2.example" in address
    assert "port=5432,5433" in address
    assert "target_session_attrs=read-write" in address
