"""Backing up a running instance into one file, which gets its name only once it was read again and found whole."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..domain.errors import BackupThere, BackupUnusable, NoSpaceForBackup
from ..domain.show import size_of
from . import backup_check, ledger_tree
from .backup_check import DATABASES, Manifest
from .context import Services
from .ports.backups import BackupFile, DatabaseCopies, DatabaseFacts, Digest, InstanceFolder, Progress, Source

JOB: Final = "backup"
# Stands in the words about the last backup when the instance lacked files.
LACKS: Final = "files missing or damaged"
# The archive's own headers and the manifest, of one file.
_MARGIN: Final = 1024
NO_SECRETS: Final = (
    "The ledger's signing key and the webhook's secret, because the backup is not encrypted: keep a copy of them "
    "under lock and key, or encrypt backups."
)
ALWAYS_OUT: Final = (
    "The key of form tokens (made anew), settings that may hold passwords (mail, database), certificates of the proxy.",
    "The ledger's mirror, the published log and what witnesses keep, which are copies of their own.",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a backup is made from: copies of this instance's database and of each kind, its folder, and the file."""

    copies: DatabaseCopies
    checks: Mapping[str, DatabaseCopies]
    folder: InstanceFolder
    file: BackupFile
    version: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and checked: where, its size in bytes, and what stands in it."""

    path: Path
    size: int
    manifest: Manifest


def make(services: Services, parts: Parts, out: Path, tell: Progress) -> Made:
    """Write a backup to `out`, check it, then give it that name. The service goes on working meanwhile.

    Raises a BackupRefusal, and leaves nothing behind then.
    """
    if out.exists():
        raise BackupThere(str(out))
    if not out.parent.is_dir():
        raise BackupUnusable(str(out.parent), "there is no such folder")
    _integrate(services)
    draft = out.with_name(f".{out.name}.part")
    with parts.folder.staging() as staging, _gone_unless_kept(draft):
        _room(parts.folder, staging, parts.copies.size())
        _write(services, parts, draft, staging, tell)
        size = draft.stat().st_size
        with parts.folder.staging() as again:
            manifest = backup_check.check(parts.file, parts.checks, draft, again, tell)
        if out.exists():
            raise BackupThere(str(out))
        draft.rename(out)
    _remember(services, manifest, out, size)
    return Made(out, size, manifest)


def check(parts: Parts, path: Path, tell: Progress) -> Made:
    """Look whether a backup is whole. Raises a BackupRefusal."""
    if not path.is_file():
        raise BackupUnusable(str(path), "there is no such file")
    with parts.folder.staging() as staging:
        manifest = backup_check.check(parts.file, parts.checks, path, staging, tell)
    return Made(path, path.stat().st_size, manifest)


def _integrate(services: Services) -> None:
    """What waits enters the tree first, so that the backup's root covers it; not while the ledger is read-only."""
    with services.store.read() as work:
        sound = work.checkpoints.alarm() is None
    if sound:
        ledger_tree.integrate(services)


def _write(services: Services, parts: Parts, draft: Path, staging: Path, tell: Progress) -> None:
    """What the signer remembers is taken before the database: a copy never lacks what its own records say is signed."""
    sources = [_held(one, staging) for one in parts.folder.records()]
    if parts.file.encrypted:
        sources += [_held(one, staging) for one in parts.folder.secrets()]
    database = staging / DATABASES[parts.copies.kind]
    facts = parts.copies.copy(database, tell)
    sources = [Source(database.name, database), *sources, *parts.folder.photographs()]
    _room(parts.folder, draft.parent, sum(one.path.stat().st_size + _MARGIN for one in sources if one.path.exists()))
    with services.store.read() as work:
        last = work.checkpoints.last()
    signed = last.note.decode() if last else ""

    def manifest(digests: Mapping[str, Digest]) -> bytes:
        return _manifest(services, parts, facts, signed, digests).written()

    parts.file.write(draft, sources, manifest, tell)
    database.unlink()


def _held(source: Source, staging: Path) -> Source:
    """A copy of a small file that goes on changing."""
    kept = staging / source.name
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(source.path, kept)
    return Source(source.name, kept)


def _manifest(
    services: Services, parts: Parts, facts: DatabaseFacts, signed: str, digests: Mapping[str, Digest]
) -> Manifest:
    names = {name.removeprefix("files/") for name in digests}
    return Manifest(
        made_at=services.clock.now(),
        version=parts.version,
        kind=facts.kind,
        origin=facts.origin,
        revision=facts.revision,
        entries=facts.entries,
        items=facts.items,
        first=facts.first,
        tree_size=facts.tree_size,
        tree_root=facts.tree_root,
        checkpoint=signed,
        encrypted=parts.file.encrypted,
        files=backup_check.digests_of_files(digests),
        missing=tuple(sorted(facts.files - names)),
        damaged=backup_check.damaged(digests),
        left_out=ALWAYS_OUT if parts.file.encrypted else (NO_SECRETS, *ALWAYS_OUT),
        settings=dict(parts.settings),
        members=backup_check.others(digests),
    )


def _room(folder: InstanceFolder, where: Path, wanted: int) -> None:
    if folder.free(where) < wanted:
        raise NoSpaceForBackup(str(where))


@contextmanager
def _gone_unless_kept(draft: Path) -> Iterator[None]:
    """A draft that was not given its name is taken away, whatever happened."""
    try:
        yield
    finally:
        draft.unlink(missing_ok=True)


def _remember(services: Services, manifest: Manifest, out: Path, size: int) -> None:
    """For the health page: when the last one was made and checked, and what it is."""
    how = "encrypted" if manifest.encrypted else "not encrypted"
    lacks = f", {len(manifest.missing) + len(manifest.damaged):,} {LACKS}"
    says = f"{out.name}, {size_of(size)}, {how}, with {manifest.tree_size:,} entries of the ledger"
    note = says + (lacks if manifest.missing or manifest.damaged else "")
    services.store.write(lambda work: work.alerts.beat(JOB, services.clock.now(), note))
