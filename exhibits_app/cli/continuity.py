"""Commands that account for exhibits: gaps, continuity reports, the exhibit list, a draft statement."""

from datetime import datetime
from pathlib import Path

import click

from ..domain.codec import plain
from ..domain.show import day_and_time, how_long
from ..services import case_papers, case_papers_document, continuity, continuity_document, document_pdf
from ..services import gaps as gap_service
from ..services.context import Services
from ..services.documents import Document, Facts, Heading, Lines, Prose, Table
from ..services.gaps import Found
from .application import Application
from .options import as_json, errors, print_json, progress_bar, require_initialised, told

OUTPUT = click.Path(dir_okay=False, path_type=Path)
_head = click.option(
    "--head", type=click.IntRange(1), help="As at the signed checkpoint of this size; else the newest."
)
_pdf = click.option("--pdf", type=OUTPUT, help="Write a PDF to this file instead.")
_case = click.option("--case", "case", required=True, help="The case's reference.")


@click.command()
@click.option("--item", type=click.IntRange(1), help="One exhibit, by its property reference.")
@click.option("--case", "case", help="The exhibits of the case of this reference.")
@click.option("--store", type=int, help="What this store holds.")
@click.option("--open", "open_only", is_flag=True, help="Only gaps about which somebody has still to do something.")
@as_json
@click.pass_obj
def gaps(
    application: Application, item: int | None, case: str | None, store: int | None, open_only: bool, as_json: bool
) -> None:
    """Find the gaps in the accounts of exhibits: of one, of a case, of a store, or of all."""
    require_initialised(application)
    if sum(given is not None for given in (item, case, store)) > 1:
        raise click.UsageError("Give one of --item, --case and --store, or none for the whole register.")
    services = application.services()
    now = services.clock.now()
    count = 0
    with told(), progress_bar("Looking at exhibits", None, quiet=as_json) as progress:
        case_id = continuity.case_by_reference(services, case) if case else None
        found = (
            gap_service.of_item(services, None, item).found
            if item
            else gap_service.each(services, case_id, store, progress)
        )
        for one in found:
            count += _tell(one, now, open_only, as_json)
    for device in gap_service.unsent(services):
        errors.print(f"Scans made on {device} have not arrived: nothing is concluded from their absence.", markup=False)
    if not as_json:
        click.echo(f"{count:,} gaps were found." if count else "No gap was found.")


@click.command("continuity")
@click.option("--item", type=click.IntRange(1), help="One exhibit, by its property reference.")
@click.option("--case", "case", help="Every exhibit of the case of this reference.")
@_head
@_pdf
@as_json
@click.pass_obj
def continuity_report(
    application: Application, item: int | None, case: str | None, head: int | None, pdf: Path | None, as_json: bool
) -> None:
    """Account for an exhibit, or for all of a case, for all of the time."""
    require_initialised(application)
    if (item is None) == (case is None):
        raise click.UsageError("Give either --item or --case.")
    services = application.services()
    with told():
        if item is not None:
            report = continuity.of_item(services, None, item, head).report
            if as_json:
                click.echo(continuity_document.json_line(report))
            else:
                _out(continuity_document.of_item(report), pdf)
        else:
            _of_case(services, case or "", head, pdf, as_json)


@click.command("exhibit-list")
@_case
@_head
@_pdf
@click.option("--csv", "csv", type=OUTPUT, help="Write CSV for a spreadsheet to this file.")
@as_json
@click.pass_obj
def exhibit_list(
    application: Application, case: str, head: int | None, pdf: Path | None, csv: Path | None, as_json: bool
) -> None:
    """The exhibits of a case in the layout of form MG12."""
    require_initialised(application)
    services = application.services()
    with told(), progress_bar("Reading exhibits", None, quiet=as_json) as progress:
        case_id = continuity.case_by_reference(services, case)
        listed = case_papers.exhibit_list(services, None, case_id, head, progress)
    if csv:
        csv.write_bytes(case_papers.csv_of(listed))
    if as_json:
        for exhibit in listed.exhibits:
            print_json(dict(zip(case_papers.COLUMNS, case_papers.cells(exhibit), strict=True)))
    elif pdf or not csv:
        _out(case_papers_document.exhibit_list(listed), pdf)


@click.command()
@_case
@click.option(
    "--person", type=click.IntRange(1), help="Whose statement, by number; without it the handlers are listed."
)
@_head
@_pdf
@as_json
@click.pass_obj
def statement(
    application: Application, case: str, person: int | None, head: int | None, pdf: Path | None, as_json: bool
) -> None:
    """Draft a handler's continuity statement in the wording of form MG11."""
    require_initialised(application)
    services = application.services()
    with told(), progress_bar("Reading exhibits", None, quiet=as_json) as progress:
        case_id = continuity.case_by_reference(services, case)
        if person is None:
            _handlers(services, case_id, head, as_json)
            return
        made = case_papers.statement(services, None, case_id, person, head, progress)
    if as_json:
        for one in made.paragraphs:
            print_json(plain(one))
    else:
        _out(case_papers_document.statement(made), pdf)


COMMANDS = (gaps, continuity_report, exhibit_list, statement)


def _of_case(services: Services, case: str, head: int | None, pdf: Path | None, as_json: bool) -> None:
    found = continuity.of_case(services, None, continuity.case_by_reference(services, case), head)
    with progress_bar("Accounting for exhibits", len(found.numbers), quiet=as_json) as progress:
        made = continuity.reports(services, found, progress)
        if as_json:
            for report in made:
                click.echo(continuity_document.json_line(report))
        else:
            _out(continuity_document.of_case(found.case, found.head, made), pdf)


def _handlers(services: Services, case_id: int, head: int | None, as_json: bool) -> None:
    _, found = case_papers.who_handled(services, None, case_id, head)
    for one in found:
        if as_json:
            print_json({"person": one.person.id, "name": one.person.name, "events": one.events})
        else:
            click.echo(f"{one.person.id:>6}  {one.person.name} ({one.events:,} events)")


def _tell(found: Found, now: datetime, open_only: bool, as_json: bool) -> int:
    """Print the gaps of an item; how many."""
    wanted = [gap for gap in found.gaps if gap.open or not open_only]
    for gap in wanted:
        if as_json:
            more = {"open": gap.open, "seconds": int(gap.seconds(now)), "case": found.case, "ref": found.reference}
            print_json(plain(gap) | more)
        else:
            length = how_long(gap.seconds(now))
            click.echo(f"{found.register_no}  {gap.kind.value} ({length}, since {day_and_time(gap.start)})")
            click.echo(f"    {gap.sentence}")
    return len(wanted)


def _out(document: Document, pdf: Path | None) -> None:
    """The document as a PDF, or as plain text."""
    if pdf:
        pdf.write_bytes(document_pdf.pdf(document))
        click.echo(f"{pdf} is written.")
        return
    for block in document.blocks:
        if isinstance(block, Heading):
            click.echo(f"\n{block.text}\n{('=' if block.level == 1 else '-') * len(block.text)}")
        elif isinstance(block, Prose):
            click.echo(block.text)
        elif isinstance(block, Facts):
            for name, value in block.rows:
                click.echo(f"{name}: {value}")
        elif isinstance(block, Lines):
            for name in block.names:
                click.echo(f"{name}: " + "_" * 40)
        elif isinstance(block, Table):
            for row in block.rows:
                told_row = (f"{name}: {cell}" for (name, _), cell in zip(block.columns, row.cells, strict=True) if cell)
                click.echo("  * " + "; ".join(told_row))
