"""Commands for when something went wrong with the ledger: its mirror, what comes back from it, and a new log."""

from pathlib import Path

import click

from ..domain.ledger_faults import LedgerFault
from ..services import ledger_keeper, ledger_mirror, ledger_origin, ledger_replay
from ..services.ledger_origin import Opened
from ..services.ledger_replay import Replayed
from .application import Application
from .options import as_json, print_json, require_initialised, told

FOLDER = click.Path(file_okay=False, path_type=Path)
reason = click.option("--reason", required=True, help="What happened, without names: it stands in the log for ever.")


@click.command()
@click.option("--reason", required=True, help="What was found, without names: it stands in the log for ever.")
@click.pass_obj
def incident(application: Application, reason: str) -> None:
    """After an alarm was looked into: check everything signed again, and if it holds, let the ledger be written."""
    require_initialised(application)
    with told():
        holds = ledger_keeper.resolve(application.services(), reason)
    if not holds:
        raise click.ClickException("What was signed still does not hold, so the ledger stays read-only.")
    click.echo("What was signed holds. The ledger may be written, and an incident entry says why it was not.")


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--verify", is_flag=True, help="Read the whole mirror again, every entry and every value, and compare.")
@as_json
@click.pass_obj
def mirror(application: Application, folder: Path | None, verify: bool, as_json: bool) -> None:
    """Bring the copy of the log in FOLDER up to date (or that of EXHIBITS_LEDGER_MIRROR), checked against the tree."""
    require_initialised(application)
    where = _folder(application, folder)
    services = application.services()
    with told():
        try:
            done = ledger_mirror.copy(services, application.mirror(where))
            if verify:
                ledger_mirror.verify(services, application.mirror(where))
        except LedgerFault as fault:
            raise click.ClickException(f"{fault} Look into it before anything else is done.") from fault
    if as_json:
        print_json({"origin": done.origin, "entries": done.size, "added": done.added, "verified": verify})
    else:
        checked = ", all of them read again" if verify else ""
        click.echo(f"{where} holds {done.size:,} entries of {done.origin}{checked}; {done.added:,} came just now.")


@click.command()
@click.option("--from", "folder", type=FOLDER, help="The mirror's folder, unless EXHIBITS_LEDGER_MIRROR names it.")
@reason
@as_json
@click.pass_obj
def replay(application: Application, folder: Path | None, reason: str, as_json: bool) -> None:
    """After a restore older than what was signed: put back what the database lacks, prove it, and end the alarm."""
    require_initialised(application)
    services = application.services()
    with told():
        ledger_keeper.start(services)
        done = ledger_replay.replay(services, application.mirror(_folder(application, folder)), reason)
        ledger_keeper.start(services)
        ledger_keeper.checkpoint(services)
    _tell_replayed(done, as_json)


@click.command("new-origin")
@reason
@click.option("--name", default="", help="The new log's name; like the old one's with a number behind it unless told.")
@as_json
@click.pass_obj
def new_origin(application: Application, reason: str, name: str, as_json: bool) -> None:
    """When nothing fits what was signed any more: close the log as it is, and open one whose first entry is why."""
    require_initialised(application)
    services = application.services()
    with told():
        ledger_keeper.start(services)
        try:
            opened = ledger_origin.open_new(services, reason, name)
        except LedgerFault as fault:
            raise click.ClickException(f"The new log cannot have this name or reason. {fault}") from fault
        ledger_keeper.checkpoint(services)
    _tell_opened(opened, as_json)


def _folder(application: Application, folder: Path | None) -> Path:
    found = folder or application.settings.ledger_mirror
    if found is None:
        raise click.UsageError("Name the mirror's folder, or set EXHIBITS_LEDGER_MIRROR.")
    return found


def _tell_replayed(done: Replayed, as_json: bool) -> None:
    if as_json:
        facts = {"exhibits": done.exhibits, "cases": done.cases, "places": done.places}
        print_json({"entries": done.entries, **facts})
        return
    click.echo(f"Put back {done.entries:,} entries of {len(done.exhibits):,} exhibits. Everything signed holds,")
    click.echo("the ledger may be written, and an incident entry says why it was not.")
    for what, names in (("case", done.cases), ("place", done.places)):
        for named in names:
            click.echo(f"The {what} {named} was not in the database: it has its name again; enter the rest by hand.")


def _tell_opened(opened: Opened, as_json: bool) -> None:
    said = opened.succession
    lost = max((said.published.size if said.published else 0) - said.kept.size, 0)
    fits = said.fits.size if said.fits else 0
    if as_json:
        facts = {"closed": said.closed, "kept": said.kept.size, "signed": fits, "lost": lost}
        print_json({"origin": opened.origin, "key": opened.key, "exhibits": said.carried.exhibits, **facts})
        return
    click.echo(f"The log {said.closed} is closed: {said.kept.size:,} entries are kept, the first {fits:,} of them fit")
    click.echo(f"what it signed, and at least {lost:,} that it signed are lost.")
    click.echo(f"The log {opened.origin} is open. Its first entry is the incident. Tell everybody who checks its key:")
    click.echo(opened.key)
