"""`exhibits-label print` and `calibrate`: labels straight to a printer, and where it puts them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from labels.calibration import calibration_pdf, calibration_zpl, shifted
from labels.cli_parts import (
    check_start,
    labels_in,
    printer_named,
    say,
    with_copies,
    with_dpi,
    with_json,
    with_printers,
    with_source,
    with_start,
    with_stock,
    with_template,
)
from labels.cli_run import Run, lines_in, releasing
from labels.printers import Known, NetworkPrinter, send
from labels.release import Released
from labels.sheet import pdf_of
from labels.stock import Stock
from labels.template import Template
from labels.verify import check_dots
from labels.zpl import graphic, media


@click.command("print")
@with_source
@with_stock
@click.option("--to", required=True, help="tcp://HOST:9100, lp:QUEUE, or a name from --printers.")
@with_printers
@with_dpi
@with_copies
@with_start
@with_template
@with_json
def print_labels(
    source: TextIO,
    stock: Stock,
    to: str,
    printers: Path | None,
    dpi: str | None,
    copies: int,
    start_at: int,
    template: Template,
    as_json: bool,
) -> None:
    """Print the labels of SOURCE: ZPL for a roll, PDF for sheets. All are read back before the first is sent."""
    known, run = printer_named(to, printers), Run()
    check_start(stock, start_at)
    _check_way(stock, known)
    dots = int(dpi or stock.dpi) if stock.is_roll else stock.dpi
    of, labels, unsent = lines_in(source), labels_in(source), "Nothing was printed."
    with releasing(run, labels, stock, dots, template, of=of, as_json=as_json, so_far=unsent) as made:
        if stock.is_roll:
            job = _roll(made, stock, dots, copies, known.offset_mm)
        else:
            drawings = (one.drawing for one in made for _ in range(copies))
            job = pdf_of(drawings, stock, start_at=start_at, offset_mm=known.offset_mm)
    if not run.labels:
        raise click.ClickException("There is no label to print: the file is empty.")
    sent = send(job, known.printer, raw=stock.is_roll)
    facts: dict[str, object] = {**run.facts(), "printer": to, "copies": copies, "bytes": sent.size}
    sentence = f"{to} has taken the job; each label was read back before it was sent. Scan one to see that it came out."
    say(as_json, facts | {"closed": sent.closed}, sentence + run.remarks())


def _check_way(stock: Stock, known: Known) -> None:
    if isinstance(known.printer, NetworkPrinter) and not stock.is_roll:
        raise click.ClickException(
            f"Sheets of {stock.name} go to an office printer: use --to lp:QUEUE, or render a PDF."
        )


def _roll(made: Iterable[Released], stock: Stock, dpi: int, copies: int, offset_mm: tuple[float, float]) -> bytes:
    """One ZPL format a label; what is read back once more is the picture as it is sent, moved by the offset."""
    job = bytearray()
    for one in made:
        pixels = one.dots
        if any(offset_mm):
            pixels = shifted(pixels, dpi, offset_mm)
            check_dots(pixels, one.drawing)
        job += graphic(pixels, copies=copies, media=media(stock))
    return bytes(job)


@click.command()
@with_stock
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the page goes.")
@click.option("--to", help="Print it: tcp://HOST:9100, lp:QUEUE, or a name from --printers.")
@click.option("--printer", help="A name from --printers whose offset is to be seen at work.")
@with_printers
@with_dpi
@with_json
def calibrate(
    stock: Stock,
    output: Path | None,
    to: str | None,
    printer: str | None,
    printers: Path | None,
    dpi: str | None,
    as_json: bool,
) -> None:
    """Make the page that shows how far a printer prints beside its labels: ZPL for .zpl and rolls, else PDF."""
    if (output is None) == (to is None):
        raise click.ClickException("Say where the page goes: either -o FILE or --to PRINTER.")
    name = to or printer
    known = printer_named(name, printers) if name else None
    offset = known.offset_mm if known else (0.0, 0.0)
    as_zpl = output.suffix == ".zpl" if output else stock.is_roll
    page = calibration_zpl(stock, int(dpi or stock.dpi), offset) if as_zpl else calibration_pdf(stock, offset)
    if output is not None:
        output.write_bytes(page)
    elif known is not None:
        _check_way(stock, known)
        send(page, known.printer, raw=as_zpl)
    facts: dict[str, object] = {"to": str(output or to), "stock": stock.name, "offset_mm": list(offset)}
    say(as_json, facts, f"The calibration page for {stock.name} is in {output or to}. Every line belongs 1 mm inside.")
