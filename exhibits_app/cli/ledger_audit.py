"""The full audit of the log, from the database or from an archive that anybody may hold."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from ..domain.entry import parse_any
from ..domain.ledger_faults import LedgerFault
from ..domain.log_audit import Findings
from ..domain.note import VerifierKey
from ..services import ledger_audit
from ..services.context import Services
from .application import Application
from .options import as_json, print_json, progress_bar, require_initialised, told

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--archive-to", type=OUTPUT, help="Write every entry to this file, one a line, without personal data.")
@click.option("--archive", type=INPUT, help="Audit this file instead of the database.")
@click.option(
    "--closed-archive",
    type=INPUT,
    multiple=True,
    help="With --archive: that of a log which was closed before it; oldest first.",
)
@click.option("--checkpoint", "held", type=INPUT, multiple=True, help="With --archive: a signed checkpoint.")
@click.option("--origin", help="With --archive: the name of the log, from elsewhere.")
@click.option("--log-key", help="With --archive: the log's verifier key, from elsewhere.")
@as_json
@click.pass_obj
def audit(
    application: Application,
    archive_to: Path | None,
    archive: Path | None,
    closed_archive: tuple[Path, ...],
    held: tuple[Path, ...],
    origin: str | None,
    log_key: str | None,
    as_json: bool,
) -> None:
    """Read every entry of the log and compare all that was ever signed. Exit status 0 only if all of it holds."""
    with told(), progress_bar("Auditing entries", None, quiet=as_json) as progress:
        if archive:
            if not (origin and log_key and held):
                raise click.UsageError("An archive needs --origin, --log-key and --checkpoint, all from elsewhere.")
            found = ledger_audit.audit(_archive(archive, origin, log_key, held, closed_archive), progress)
        else:
            require_initialised(application)
            found = _database(application.services(), archive_to, progress)
    _tell(found, as_json)
    if found.faults:
        raise click.exceptions.Exit(1)


def _archive(
    archive: Path, origin: str, log_key: str, held: tuple[Path, ...], closed: tuple[Path, ...]
) -> ledger_audit.Source:
    try:
        key = VerifierKey.parse(log_key)
        before = [(_log_of(path), partial(_blocks, path)) for path in closed]
        return ledger_audit.of_archive(
            partial(_blocks, archive), origin, key, [path.read_bytes() for path in held], before
        )
    except LedgerFault as fault:
        raise click.ClickException(str(fault)) from fault


def _blocks(archive: Path) -> Iterator[bytes]:
    with archive.open("rb") as file:
        yield from ledger_audit.blocks_of(file)


def _log_of(archive: Path) -> str:
    """The name of a closed log, as its first entry gives it: the log that follows says whether it is the right one."""
    return parse_any(next(_blocks(archive), b"").partition(b"\n")[0]).log


def _database(services: Services, archive_to: Path | None, progress: Callable[[int], None]) -> Findings:
    if archive_to is None:
        return ledger_audit.audit(ledger_audit.of_database(services), progress)
    with archive_to.open("wb") as file:
        return ledger_audit.audit(ledger_audit.of_database(services, lambda entry: file.write(entry + b"\n")), progress)


def _tell(found: Findings, as_json: bool) -> None:
    result = "FAIL" if found.faults else "PASS"
    if as_json:
        print_json(
            {
                "level": "L7",
                "result": result,
                "entries": found.entries,
                "exhibits": found.exhibits,
                "heads": found.heads,
                "signed_roots": found.roots,
                "faults": found.faults,
                "unfollowed": found.unfollowed,
            }
        )
        return
    click.echo(
        f"L7  {result:<12} the whole log holds together: {found.entries:,} entries of {found.exhibits:,} exhibits, "
        f"{found.heads:,} heads entries and {found.roots:,} signed roots agree"
    )
    if found.unfollowed:
        click.echo(
            f"L7  {'NOT CHECKED':<12} the beginnings of {found.unfollowed:,} chains: they are in a closed log, whose "
            "archive was not given (--closed-archive)"
        )
    for fault in found.faults[:20]:
        click.echo(fault, err=True)
