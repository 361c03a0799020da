"""The command that brings a previous system's items onto the register."""

import csv
from pathlib import Path
from time import sleep

import click

from ..services import importing, legacy_sheet
from ..services.importing import Outcome, Source
from .application import Application
from .options import as_json, print_json, progress_bar, require_initialised, told

MOST_TOLD = 50
# The service in another process has its turn meanwhile.
TURN_SECONDS = 0.12


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "issuer", required=True, help="The previous system's name: its numbers become aliases of it.")
@click.option("--as", "name", required=True, help="Sign-in name of whoever answers for the import.")
@click.option("--officer", help="Sign-in name of an account that stands in for officers who are nobody here.")
@click.option("--column", "columns", multiple=True, help="A heading of your own: --column seized='Date in'.")
@click.option("--write", is_flag=True, help="Put the items on the register. Without it rows are checked, no more.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write bad rows here (CSV), import the others."
)
@as_json
@click.pass_obj
def import_items(
    application: Application,
    file: Path,
    issuer: str,
    name: str,
    officer: str | None,
    columns: tuple[str, ...],
    write: bool,
    rejects: Path | None,
    as_json: bool,
) -> None:
    """Import a previous system's items from a spreadsheet (.xlsx, .csv). Only checks them without --write.

    Items that are on the register already, by their number in that system, stay as they are.
    """
    require_initialised(application)
    services = application.services()
    named = _named(columns)
    with told():
        by = importing.person_named(services, name)
        stand_in = importing.person_named(services, officer) if officer else None
        source = Source(issuer, lambda: legacy_sheet.rows(file, named), stand_in)
        with progress_bar("Checking rows", None, quiet=as_json) as progress:
            checked = importing.check(services, by, source, progress)
        if rejects:
            _write_rejects(rejects, source, checked)
        _tell_faults(checked, as_json)
        if write and (rejects or not checked.faults):
            with progress_bar("Importing rows", checked.rows, quiet=as_json) as progress:
                done = importing.bring_in(services, by, source, checked.bad, _giving_way(progress))
            checked.written = done.written
    _tell(checked, write, as_json)
    if checked.faults and not rejects:
        raise click.ClickException(
            f"{len(checked.bad):,} rows have faults; nothing was imported. Correct them, or set them aside (--rejects)."
        )


def _giving_way(progress: importing.Progress) -> importing.Progress:
    """Wait a little after each batch: SQLite lets whoever waits for their turn look for it ten times a second."""

    def told(done: int) -> None:
        progress(done)
        sleep(TURN_SECONDS)

    return told


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for column in columns:
        field, _, heading = column.partition("=")
        if field not in legacy_sheet.HEADINGS or not heading.strip():
            known = ", ".join(legacy_sheet.HEADINGS)
            raise click.ClickException(f"Give --column a field and a heading, like seized='Date in'. Fields: {known}.")
        found[field] = heading
    return found


def _write_rejects(file: Path, source: Source, checked: Outcome) -> None:
    """Bad rows as they were read, in a form that can be corrected and imported, with what is wrong in a column."""
    wrong: dict[int, list[str]] = {}
    for fault in checked.faults:
        wrong.setdefault(fault.line, []).append(f"{fault.field}: {fault.says}")
    fields = list(legacy_sheet.HEADINGS)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow([*(legacy_sheet.HEADINGS[field][0] for field in fields), "Also said", "Faults"])
        for row in source.rows():
            if row.line in wrong:
                table.writerow([*(row.of(field) for field in fields), row.rest, " ".join(wrong[row.line])])


def _tell_faults(checked: Outcome, as_json: bool) -> None:
    for fault in checked.faults if as_json else checked.faults[:MOST_TOLD]:
        if as_json:
            print_json({"row": fault.line, "number": fault.number, "field": fault.field, "error": fault.says})
        else:
            click.echo(f"Row {fault.line} ({fault.number or 'no number'}), {fault.field}: {fault.says}", err=True)
    if len(checked.faults) > MOST_TOLD and not as_json:
        click.echo(f"... and {len(checked.faults) - MOST_TOLD:,} faults more; --rejects writes all of them.", err=True)


def _tell(checked: Outcome, write: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "rows": checked.rows,
                "there": checked.there,
                "new": checked.new,
                "bad": len(checked.bad),
                "written": checked.written,
            }
        )
        return
    click.echo(
        f"{checked.rows:,} rows: {checked.there:,} on the register already, {checked.new:,} new, "
        f"{len(checked.bad):,} with faults. {checked.written:,} imported."
    )
    if checked.new and not write:
        click.echo("Nothing was recorded. Run it again with --write to import them.")
    if checked.written:
        click.echo("Plan on the page 'Legacy stock' how they are graded in; without a plan all of them are in 28 days.")
