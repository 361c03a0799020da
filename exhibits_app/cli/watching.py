"""Commands that run the service and watch over what it keeps."""

import socket
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.clocks import CLOCK_NAMES, ClockKind
from ..domain.errors import StoreDamaged
from ..domain.show import day_and_time, how_long
from ..services import alerts as alert_service
from ..services import board
from ..services import health as health_service
from ..services import rebuild as rebuild_service
from ..services.context import Services
from ..services.health import Check, State
from ..services.ports import ItemLine, ListedItem
from .application import Application
from .demonstration import tell_names
from .options import as_at, as_json, print_json, progress_bar, require_initialised, told

# A table that goes into a file or a pipe is not cut to the width of a screen that is not there.
WIDE = 160
# What is red is wrong now; what is amber will be.
WORDS = {State.GREEN: "ok", State.AMBER: "soon", State.RED: "LOOK"}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--without-jobs", is_flag=True, help="Pages and API alone: `exhibits worker` runs beside them.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="More need PostgreSQL.")
@click.pass_obj
def serve(application: Application, host: str, port: int, without_jobs: bool, processes: int) -> None:
    """Run the web service and its jobs, on tables brought to this version."""
    require_initialised(application, current=False)
    with told():
        application.migrate()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(f"Port {port} is in use. Stop what uses it, or choose another.") from None
    if application.services().demonstration:
        tell_names()
    click.echo(f"Exhibits is at http://{host}:{port} - stop it with Ctrl-C.")
    application.serve(host, port, jobs=not without_jobs, processes=processes)


@click.command()
@click.option("--once", is_flag=True, help="Run the jobs once and stop.")
@click.pass_obj
def worker(application: Application, once: bool) -> None:
    """Run the jobs beside web processes: raise alerts and deliver them."""
    require_initialised(application)
    with told():
        application.work(once, click.echo)


@click.command()
@as_at
@as_json
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="At most so many exhibits.")
@click.option("--store", type=int, help="Only this store's.")
@click.option("--category", type=click.Choice(list(ITEM_CATEGORY_NAMES)), help="Only this category.")
@click.pass_obj
def overdue(
    application: Application,
    as_at: datetime | None,
    as_json: bool,
    limit: int,
    store: int | None,
    category: str | None,
) -> None:
    """List exhibits past their deadline, the longest overdue first."""
    require_initialised(application)
    services = application.services(as_at)
    with told():
        lines = board.overdue_lines(services, ItemLine(store=store, category=category), limit)
    now = services.clock.now()
    if as_json:
        for line in lines:
            print_json(_overdue_object(line, now))
    else:
        _print_overdue(lines, now)


@click.group()
def alerts() -> None:
    """Alerts on exhibits whose time is running out."""


@alerts.command("run")
@as_at
@as_json
@click.pass_obj
def run_alerts(application: Application, as_at: datetime | None, as_json: bool) -> None:
    """Raise what is due, queue one message a person, and deliver the outbox."""
    require_initialised(application)
    with told(), progress_bar("Looking at exhibits", None, quiet=as_json) as progress:
        outcome = alert_service.run(application.services(as_at), progress)
    if as_json:
        print_json(
            {
                "looked_at": outcome.looked_at,
                "raised": outcome.raised,
                "queued": outcome.queued,
                "sent": outcome.sent,
                "failed": outcome.failed,
                "unaddressed": outcome.unaddressed,
            }
        )
    else:
        click.echo(
            f"Looked at {outcome.looked_at:,} exhibits: {outcome.raised:,} alerts raised, "
            f"{outcome.queued:,} messages queued, {outcome.sent:,} sent, {outcome.failed:,} failed."
        )
        if outcome.unaddressed:
            click.echo(f"For {outcome.unaddressed:,} there is nobody to tell: name a supervisor or a submissions unit.")
    if outcome.failed:
        raise click.ClickException(f"The mail server did not take {outcome.failed} messages; they are tried again.")


@click.command()
@click.option("--check", is_flag=True, help="Compare only; change nothing.")
@as_json
@click.pass_obj
def rebuild(application: Application, check: bool, as_json: bool) -> None:
    """Compute every state anew from the ledger, and prove or make what is kept equal to it."""
    require_initialised(application)
    services = application.services()
    with told(), progress_bar("Folding exhibits", None, quiet=as_json) as progress:
        outcome = rebuild_service.rebuild(services, write=not check, progress=progress)
    _report(outcome, "compared" if check else "rebuilt", as_json)


@click.command()
@click.option("--pages", is_flag=True, help="Read every page of the database too, and name those that are damaged.")
@as_json
@click.pass_obj
def health(application: Application, pages: bool, as_json: bool) -> None:
    """Say whether everything that must run does, each in green, amber or red. Exit status 1 when something is red."""
    require_initialised(application, current=False)
    with told():
        services = application.services()
        checks = [health_service.pages(services)] if pages else []
        checks += _looked(services, checks)
    for check in checks:
        if as_json:
            print_json({"check": check.name, "ok": check.ok, "state": check.state.value, "says": check.says})
        else:
            click.echo(f"{WORDS[check.state]:<4}  {check.name}: {check.says}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)


def _looked(services: Services, before: list[Check]) -> list[Check]:
    """The other checks; where a page is known to be damaged they may not come to an end."""
    try:
        return health_service.look(services)
    except StoreDamaged:
        if not before:
            raise
        return []


def _overdue_object(line: ListedItem, now: datetime) -> dict[str, object]:
    exhibit = line.exhibit
    return {
        "register_no": exhibit.register_no,
        "ref": exhibit.ref,
        "case": exhibit.case.reference,
        "category": exhibit.category,
        "owed": line.due_kind,
        "due_at": line.due_at,
        "overdue_seconds": int((now - line.due_at).total_seconds()) if line.due_at else None,
        "where": exhibit.where,
    }


def _print_overdue(lines: list[ListedItem], now: datetime) -> None:
    if not lines:
        click.echo(f"Nothing is overdue as at {day_and_time(now)}.")
        return
    table = Table(title=f"Overdue as at {day_and_time(now)}")
    for heading in ("Overdue by", "Owed", "Exhibit", "Property reference", "Case", "Category", "Where"):
        table.add_column(heading)
    for line in lines:
        exhibit = line.exhibit
        late = how_long((now - line.due_at).total_seconds()) if line.due_at else ""
        owed = CLOCK_NAMES[ClockKind(line.due_kind)] if line.due_kind else ""
        table.add_row(
            late,
            owed,
            exhibit.ref,
            str(exhibit.register_no),
            exhibit.case.reference,
            exhibit.category,
            exhibit.where,
        )
    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)


def _report(outcome: rebuild_service.Outcome, done: str, as_json: bool) -> None:
    if as_json:
        counted = {"items": outcome.items, "entries": outcome.entries, "erased": outcome.erased}
        print_json({**counted, "faults": outcome.faults})
    else:
        erased = f" {outcome.erased:,} values were erased on authority." if outcome.erased else ""
        click.echo(f"{outcome.items:,} items with {outcome.entries:,} entries {done}.{erased}")
        for fault in outcome.faults[:20]:
            click.echo(fault, err=True)
    if outcome.faults:
        raise click.ClickException(f"{len(outcome.faults)} faults were found.")
