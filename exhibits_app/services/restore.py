"""Restoring a backup into an empty instance: checked before anything is written, erased again, held against what was
signed since, and verified before the database gets its name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..domain.checkpoint import Checkpoint
from ..domain.errors import (
    BackupUnusable,
    EntriesMissing,
    NoSpaceForBackup,
    OtherDatabaseKind,
    RecordsOfAnotherLog,
)
from . import backup_check, ledger_erasure, ledger_levels, ledger_sign
from .backup_check import DATABASES, MANIFEST, Manifest
from .context import Services
from .ports import Store, Work
from .ports.backups import BackupFile, DatabaseCopies, DatabasePlace, InstanceFolder, Progress
from .ports.copies import WasRestored
from .ports.erasure_records import ErasureRecords
from .ports.ledger_tree import OwnRecords

JOB: Final = "restore"
EVERYBODY: Final = 1_000_000
# More than a force begins in the days between a backup and its restore: their numbers are on paper somewhere.
SUBMISSIONS_BETWEEN: Final = 1_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a copy of the signer's folder remembers: what was signed, and what was erased."""

    records: OwnRecords
    erasures: ErasureRecords


@dataclass(frozen=True, slots=True)
class Target:
    """What is restored into. `open_services` gives the services over the loaded database, not yet at its own name;
    `remembered` reads a copy of a signer's folder."""

    place: DatabasePlace
    folder: InstanceFolder
    file: BackupFile
    checks: Mapping[str, DatabaseCopies]
    store: Store
    open_services: Callable[[], Services]
    remembered: Callable[[Path], Remembered]
    own: Remembered


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `missing` is how many signed entries the backup lacks; `kept` names what the instance had and
    kept; `read_only` whether the ledger is; `can_sign` whether its key is there."""

    manifest: Manifest
    erased: int
    missing: int
    kept: tuple[str, ...]
    read_only: bool
    can_sign: bool
    report: ledger_levels.Report


def restore(
    target: Target, path: Path, tell: Progress, *, records: Sequence[Path] = (), accept_missing: bool = False
) -> Restored:
    """Restore the backup at `path`. `records` are newer copies of the signer's folder, from elsewhere.

    Nothing is written outside a staging folder before all of the backup was read and checked. Raises a BackupRefusal.
    """
    target.place.refuse_unless_empty()
    if not path.is_file():
        raise BackupUnusable(str(path), "there is no such file")
    with target.folder.staging() as staging:
        if target.folder.free(staging) < path.stat().st_size:
            raise NoSpaceForBackup(str(staging.parent))
        manifest = backup_check.check(target.file, target.checks, path, staging, tell, unpack_all=True)
        if manifest.kind != target.place.kind:
            raise OtherDatabaseKind(manifest.kind, target.place.kind)
        target.place.refuse_unless_known(manifest.revision)
        known = [target.own, *(target.remembered(each) for each in records), target.remembered(staging / "ledger")]
        missing = _missing(manifest, known)
        if missing and not accept_missing:
            raise EntriesMissing(manifest.tree_size + 1, manifest.tree_size + missing)
        with _abandoned_on_refusal(target):
            target.place.load(staging / DATABASES[manifest.kind])
            kept = _put_files(target.folder, manifest, staging)
            _merge(target.own, known[1:])
            return _bring_up(target, manifest, missing, kept, tell)


def _missing(manifest: Manifest, known: Sequence[Remembered]) -> int:
    """How many entries were signed that the backup's tree does not hold. Raises RecordsOfAnotherLog."""
    most = manifest.tree_size
    for one in known:
        mark = _mark(one)
        if mark is not None and mark.origin != manifest.origin:
            raise RecordsOfAnotherLog(mark.origin, manifest.origin)
        most = max(most, mark.size if mark else 0)
    return most - manifest.tree_size


def _mark(one: Remembered) -> Checkpoint | None:
    kept = one.records.high_water()
    return ledger_sign.read(kept) if kept else None


def _put_files(folder: InstanceFolder, manifest: Manifest, staging: Path) -> tuple[str, ...]:
    """Everything but the database. What the instance has already stays; its names, those of photographs apart."""
    spoilt = {f"files/{name}" for name in manifest.damaged}
    kept = []
    for name, path in _unpacked(staging):
        if name in spoilt or name == MANIFEST or name in DATABASES.values():
            continue
        if not folder.keep(name, path) and not name.startswith("files/"):
            kept.append(name)
    return tuple(kept)


def _unpacked(staging: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(staging.rglob("*")):
        if path.is_file():
            yield path.relative_to(staging).as_posix(), path


def _merge(own: Remembered, others: Sequence[Remembered]) -> None:
    """The instance remembers from now on whatever any of them remembers."""
    for one in others:
        newest = one.records.high_water()
        if newest is not None:
            own.records.publish(newest)
        for erasure in one.erasures.all():
            own.erasures.remember(erasure)


def _bring_up(target: Target, manifest: Manifest, missing: int, kept: tuple[str, ...], tell: Progress) -> Restored:
    """Erase again, end every session, look at the ledger, verify all of it; then the database gets its name."""
    services = target.open_services()
    ledger_sign.check_at_start(services)
    erased = ledger_erasure.replay(services)
    services.store.write(lambda work: _go_on(services, work, manifest))
    report = ledger_levels.verify(services, progress=lambda done: tell("Verifying chains", done, manifest.items))
    with services.store.read() as work:
        read_only = work.checkpoints.alarm() is not None
        can_sign = not work.checkpoints.all_keys() or (
            services.signing is not None and services.signing.keys.public_key() is not None
        )
    target.store.close()
    target.place.finish()
    return Restored(manifest, erased, missing, kept, read_only, can_sign, report)


def _go_on(services: Services, work: Work, manifest: Manifest) -> None:
    """Whoever had signed in when the backup was made signs in again: somebody may have left since.

    Codes and submissions that were given since are not on record: who meets one is told so, and no number is given to
    another submission.
    """
    now = services.clock.now()
    work.copies.note_restored(WasRestored(now, manifest.made_at))
    work.submissions.reserve(work.submissions.last_number() + SUBMISSIONS_BETWEEN)
    for account in work.accounts.all(limit=EVERYBODY):
        work.accounts.end_sessions_of(account.person.id, now)


@contextmanager
def _abandoned_on_refusal(target: Target) -> Iterator[None]:
    """What was loaded does not stay half done."""
    done = False
    try:
        yield
        done = True
    finally:
        target.store.close()
        if not done:
            target.place.abandon()
