"""Commands that back the instance up into one file, look whether such a file is whole, and restore it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from ..domain.show import day_and_time, size_of
from ..services import backup as backup_service
from ..services import restore as restore_service
from ..services.backup import Made
from ..services.backup_check import Manifest
from ..services.ports.backups import Progress as Tell
from ..services.restore import Restored
from .application import Application
from .options import as_json, errors, print_json, require_initialised, told

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY = click.Path(path_type=Path)
identity = click.option("--identity", type=FILE, help="The file of the secret key that it was encrypted for.")
passphrase = click.option("--passphrase-file", type=FILE, help="File whose first line is the passphrase of that key.")


@click.command()
@click.argument("out", type=ANY, required=False)
@click.option("--recipient", help="Encrypt for this public key (age1...), or those in this file.")
@click.option("--check", type=FILE, help="Make none: read this one again and say whether it is whole.")
@click.option("--new-key", type=FILE, help="Make none: write a new secret key here, and print its public key.")
@identity
@passphrase
@as_json
@click.pass_obj
def backup(
    application: Application,
    out: Path | None,
    recipient: str | None,
    check: Path | None,
    new_key: Path | None,
    identity: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write the database, the files and the ledger's records to OUT, a file or a folder, while the service runs.

    The file is read again and checked before it gets its name. Exit status 1 also if the instance lacks files.
    """
    if new_key:
        with told():
            public = application.make_backup_key(new_key, passphrase_file)
        click.echo(public)
        return
    if check is None:
        require_initialised(application)
    with told(), _bar(quiet=as_json) as tell:
        parts = application.backup_parts(recipient, identity, passphrase_file)
        if check:
            made = backup_service.check(parts, check, tell)
        else:
            services = application.services()
            made = backup_service.make(services, parts, _named(application, out, services.clock.now()), tell)
    _tell_made(made, "is whole" if check else "was written and checked", as_json)
    if made.manifest.missing or made.manifest.damaged:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=FILE)
@identity
@passphrase
@click.option("--records", type=FOLDER, multiple=True, help="A newer copy of the instance's `ledger` folder.")
@click.option("--accept-missing", is_flag=True, help="Restore although entries were signed since: read-only then.")
@as_json
@click.pass_obj
def restore(
    application: Application,
    file: Path,
    identity: Path | None,
    passphrase_file: Path | None,
    records: tuple[Path, ...],
    accept_missing: bool,
    as_json: bool,
) -> None:
    """Restore a backup into an empty instance, erase again what was erased since, and verify all of the ledger."""
    with told(), _bar(quiet=as_json) as tell:
        target = application.restore_target(identity, passphrase_file)
        done = restore_service.restore(target, file, tell, records=records, accept_missing=accept_missing)
    _tell_restored(done, as_json)
    if done.read_only or done.report.failed:
        raise click.exceptions.Exit(1)


def _named(application: Application, out: Path | None, now: datetime) -> Path:
    """The file; in a folder one named by the time."""
    where = out or application.settings.backup_folder
    if where is None:
        raise click.UsageError("Name a file or a folder, or set EXHIBITS_BACKUP_FOLDER.")
    return where / f"exhibits-{now:%Y%m%dT%H%M%SZ}.backup" if where.is_dir() else where


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=quiet) as bar:
        task = bar.add_task("Starting", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield tell


def _facts(manifest: Manifest) -> dict[str, object]:
    return {
        "made_at": manifest.made_at,
        "version": manifest.version,
        "database": manifest.kind,
        "origin": manifest.origin,
        "entries": manifest.entries,
        "items": manifest.items,
        "signed_over": manifest.tree_size,
        "root": manifest.tree_root,
        "files": manifest.files[0],
        "missing": list(manifest.missing),
        "damaged": list(manifest.damaged),
        "encrypted": manifest.encrypted,
        "left_out": list(manifest.left_out),
    }


def _tell_made(made: Made, what: str, as_json: bool) -> None:
    manifest = made.manifest
    if as_json:
        print_json({"file": str(made.path), "bytes": made.size} | _facts(manifest))
        return
    how = "encrypted" if manifest.encrypted else "NOT encrypted"
    click.echo(f"{made.path} {what}: {size_of(made.size)}, {how}, as of {day_and_time(manifest.made_at)}.")
    click.echo(
        f"{manifest.items:,} items, {manifest.entries:,} entries, {manifest.files[0]:,} files "
        f"({manifest.kind}, version {manifest.version})."
    )
    click.echo(f"The ledger's root over {manifest.tree_size:,} entries, computed again: {manifest.tree_root}")
    click.echo("Left out:")
    for sentence in manifest.left_out:
        click.echo(f"  {sentence}")
    for names, why in ((manifest.missing, "is not among the files"), (manifest.damaged, "is damaged")):
        for name in names[:20]:
            click.echo(f"LOOK  The file {name} {why} of the instance.", err=True)


def _tell_restored(done: Restored, as_json: bool) -> None:
    if as_json:
        levels = [{"level": one.level, "result": one.result, "detail": one.detail} for one in done.report.verdicts]
        outcome = {"erased_again": done.erased, "entries_missing": done.missing, "kept": list(done.kept)}
        state = {"read_only": done.read_only, "can_sign": done.can_sign, "levels": levels}
        print_json(_facts(done.manifest) | outcome | state)
        return
    manifest = done.manifest
    click.echo(
        f"Restored {manifest.items:,} items with {manifest.entries:,} entries, as of {day_and_time(manifest.made_at)}."
    )
    click.echo(f"{done.erased:,} values that were erased since were erased again. Everybody signs in anew.")
    for name in done.kept:
        click.echo(f"The instance had {name} already, and kept its own.")
    for verdict in done.report.verdicts:
        click.echo(f"{verdict.level:<4}{verdict.result:<12} {verdict.statement}: {verdict.detail}")
    for sentence in _next_steps(done):
        click.echo(sentence)


def _next_steps(done: Restored) -> Iterator[str]:
    yield "Take away again what was taken since then: people's rights and badges, tokens of devices, revoked labels."
    yield (
        "What was begun since then is not here: who scans a label of it is told so. Forms of submissions that were "
        "begun since are lost, and their numbers are not given again: build them anew from what is on paper."
    )
    if not done.can_sign:
        yield "The ledger's signing key is not here. Put it in its place before you start, or nothing is signed."
    if done.missing:
        yield f"The last {done.missing:,} signed entries are missing. Put them back with `exhibits ledger replay`."
    if done.read_only:
        yield "The ledger is read-only. Go to 'When the ledger is read-only' in the administrators' guide."
