"""`exhibits-label`: renders and verifies labels without the service."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import click
import numpy as np
from PIL import Image, UnidentifiedImageError

from labels.cli_parts import (
    check_start,
    labels_in,
    printer_named,
    say,
    with_copies,
    with_dpi,
    with_folder,
    with_json,
    with_printers,
    with_source,
    with_start,
    with_stock,
    with_template,
)
from labels.cli_print import calibrate, print_labels
from labels.cli_receipt import receipt
from labels.cli_run import Run, lines_in, put, releasing
from labels.cli_stocks import stocks
from labels.commands import command_labels
from labels.errors import LabelRefusal
from labels.fields import Label
from labels.payload import is_ours, printed
from labels.raster import png as encoded_png
from labels.release import Released
from labels.sheet import pdf_of
from labels.stock import Stock
from labels.svg import svg as encoded_svg
from labels.template import DEFAULT, Template
from labels.verify import DATA_MATRIX, check, read_all

_output = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the PDF goes."
)


class _Group(click.Group):
    """Turns every refusal into one sentence and exit code 1; a traceback is for our mistakes only."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ClickException with the refusal's sentence."""
        try:
            return super().invoke(ctx)
        except LabelRefusal as refusal:
            raise click.ClickException(refusal.sentence) from refusal


@click.group(cls=_Group)
def main() -> None:
    """Print labels that scan at the first try, and prove it before they leave."""


main.add_command(print_labels)
main.add_command(calibrate)
main.add_command(stocks)
main.add_command(receipt)


def _write_sheet(
    labels: Iterator[Label],
    stock: Stock,
    output: Path,
    as_json: bool,
    *,
    of: int | None,
    copies: int = 1,
    start_at: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    template: Template = DEFAULT,
) -> None:
    run = Run()
    check_start(stock, start_at)
    with releasing(run, labels, stock, stock.dpi, template, of=of, as_json=as_json) as made:
        drawings = (one.drawing for one in made for _ in range(copies))
        put(output, pdf_of(drawings, stock, start_at=start_at, offset_mm=offset_mm))
    facts: dict[str, object] = {"file": str(output), "stock": stock.name, "copies": copies, **run.facts()}
    sentence = f"{run.labels:,} labels on {stock.name} are in {output}; each was read back before release."
    say(as_json, facts, sentence + run.remarks())


@main.command()
@with_source
@with_stock
@with_start
@with_copies
@click.option("--printer", help="A name from --printers: its offset moves everything.")
@with_printers
@with_template
@_output
@with_json
def render(
    source: TextIO,
    stock: Stock,
    start_at: int,
    copies: int,
    printer: str | None,
    printers: Path | None,
    template: Template,
    output: Path,
    as_json: bool,
) -> None:
    """Make a PDF from SOURCE, one JSON object a line with the label's fields."""
    offset = printer_named(printer, printers).offset_mm if printer else (0.0, 0.0)
    of, labels = lines_in(source), labels_in(source)
    _write_sheet(
        labels, stock, output, as_json,
        of=of, copies=copies, start_at=start_at, offset_mm=offset, template=template,
    )  # fmt: skip


@main.command()
@with_stock
@with_start
@_output
@with_json
def commands(stock: Stock, start_at: int, output: Path, as_json: bool) -> None:
    """Make the sheet of command codes that works a store room without a keyboard."""
    every = command_labels()
    _write_sheet(iter(every), stock, output, as_json, of=len(every), start_at=start_at)


@main.command()
@with_source
@with_stock
@with_dpi
@with_template
@with_folder
@with_json
def png(source: TextIO, stock: Stock, dpi: str | None, template: Template, output: Path, as_json: bool) -> None:
    """Make a PNG at exact printer dots for each label of SOURCE, named by its code."""
    dots = int(dpi or stock.dpi)
    _write_pictures(source, stock, dots, template, output, as_json, "png", lambda one: encoded_png(one.dots, dots))


@main.command()
@with_source
@with_stock
@with_dpi
@with_template
@with_folder
@with_json
def svg(source: TextIO, stock: Stock, dpi: str | None, template: Template, output: Path, as_json: bool) -> None:
    """Make a vector picture (SVG) for each label of SOURCE, named by its code."""
    dots = int(dpi or stock.dpi)
    _write_pictures(
        source,
        stock,
        dots,
        template,
        output,
        as_json,
        "svg",
        lambda one: encoded_svg(one.drawing, dots).encode("utf-8"),
    )


def _write_pictures(
    source: TextIO,
    stock: Stock,
    dpi: int,
    template: Template,
    output: Path,
    as_json: bool,
    ending: str,
    encoded: Callable[[Released], bytes],
) -> None:
    output.mkdir(parents=True, exist_ok=True)
    of, run, kept = lines_in(source), Run(), f"Their pictures in {output} are whole."
    with releasing(run, labels_in(source), stock, dpi, template, of=of, as_json=as_json, so_far=kept) as made:
        for one in made:
            code = one.drawing.code
            path = output / f"{code}.{ending}"
            put(path, encoded(one))
            say(as_json, {"file": str(path), "code": code}, f"{printed(code)} is in {path}.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_json
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Read each picture of one label with every decoder, and say whether it may be stuck on an exhibit."""
    failed = [path for path in files if not _verified(path, as_json)]
    sys.exit(1 if failed else 0)


def _verified(path: Path, as_json: bool) -> bool:
    try:
        with Image.open(path) as opened:
            picture = np.asarray(opened.convert("L"))
    except (UnidentifiedImageError, OSError):
        say(as_json, {"file": str(path), "ok": False, "error": "not a picture"}, f"{path} is not a picture.")
        return False
    found = read_all(picture)
    codes = {text for _, text in found if is_ours(text)}
    if len(codes) != 1:
        problem = "No code of ours was read" if not codes else "More than one code of ours was read"
        say(as_json, {"file": str(path), "ok": False, "error": problem}, f"{problem} in {path}.")
        return False
    code = codes.pop()
    symbol = DATA_MATRIX if (DATA_MATRIX, code) in found else "QR"
    try:
        checked = check(picture, code, symbols=(symbol,), others_allowed=True)
    except LabelRefusal as refusal:
        say(as_json, {"file": str(path), "ok": False, "error": refusal.sentence}, f"{path}: {refusal.sentence}")
        return False
    facts = {
        "file": str(path),
        "ok": True,
        "code": code,
        "readers": list(checked.readers),
        "warnings": checked.warnings,
    }
    say(as_json, facts, f"{path} reads as {printed(code)} with {' and '.join(checked.readers)}.")
    return True


if __name__ == "__main__":
    main()
