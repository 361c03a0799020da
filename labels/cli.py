"""`exhibits-label`: renders and verifies labels without the service."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click
import numpy as np
from PIL import Image, UnidentifiedImageError

from labels.commands import command_labels
from labels.drawing import Drawing
from labels.errors import LabelRefusal
from labels.fields import Label, label_from
from labels.layout import lay_out
from labels.payload import is_ours, printed
from labels.raster import paint
from labels.raster import png as encoded_png
from labels.sheet import render_pdf
from labels.stock import STOCKS, stock_named
from labels.svg import svg as encoded_svg
from labels.verify import DATA_MATRIX, Verified, check, check_drawing, read_all

_stock = click.option(
    "--stock", type=click.Choice(sorted(STOCKS)), default="L7160", show_default=True, help="The labels in the printer."
)
_output = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the PDF goes."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


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


def _say(as_json: bool, facts: dict[str, object], sentence: str) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


def _labels_in(lines: TextIO) -> Iterator[Label]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield label_from(json.loads(line))
        except json.JSONDecodeError as fault:
            raise click.ClickException(f"Line {number} is not JSON: {fault.msg}.") from fault
        except LabelRefusal as refusal:
            raise click.ClickException(f"Line {number}: {refusal.sentence}") from refusal


class _Gate:
    """Reads every drawing back before it is painted, and remembers what there is to tell."""

    def __init__(self) -> None:
        self.released: list[Verified] = []
        self.shortened = 0

    def __call__(self, drawing: Drawing) -> None:
        self.released.append(check_drawing(drawing))
        self.shortened += bool(drawing.shortened)

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.released[0].warnings if self.released else ()


def _write_sheet(labels: Iterator[Label], stock_name: str, start_at: int, output: Path, as_json: bool) -> None:
    stock, gate = stock_named(stock_name), _Gate()
    if not 1 <= start_at <= stock.per_page:
        raise click.ClickException(f"A sheet of {stock.name} has labels 1 to {stock.per_page}: start at one of them.")
    document = render_pdf(labels, stock, start_at=start_at, on_label=gate)
    output.write_bytes(document)
    facts: dict[str, object] = {
        "file": str(output), "labels": len(gate.released), "stock": stock.name, "shortened": gate.shortened,
        "warnings": list(gate.warnings),
    }  # fmt: skip
    sentence = f"{len(gate.released)} labels on {stock.name} are in {output}; each was read back before release."
    if gate.shortened:
        sentence += f" {gate.shortened} do not show every text in full; the record does."
    _say(as_json, facts, " ".join((sentence, *(f"{one}." for one in gate.warnings))))


@main.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@_stock
@click.option("--start-at", type=int, default=1, show_default=True, help="First free label of the first sheet.")
@_output
@_json
def render(source: TextIO, stock: str, start_at: int, output: Path, as_json: bool) -> None:
    """Make a PDF from SOURCE, one JSON object a line with the label's fields."""
    _write_sheet(_labels_in(source), stock, start_at, output, as_json)


@main.command()
@_stock
@_output
@_json
def commands(stock: str, output: Path, as_json: bool) -> None:
    """Make the sheet of command codes that works a store room without a keyboard."""
    _write_sheet(iter(command_labels()), stock, 1, output, as_json)


@main.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@_stock
@click.option("--dpi", type=click.Choice(["203", "300", "600"]), default="203", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the pictures."
)
@_json
def png(source: TextIO, stock: str, dpi: str, output: Path, as_json: bool) -> None:
    """Make a PNG at exact printer dots for each label of SOURCE, named by its code."""
    output.mkdir(parents=True, exist_ok=True)
    for label in _labels_in(source):
        drawing = lay_out(label, stock_named(stock), int(dpi))
        check_drawing(drawing)
        path = output / f"{label.code}.png"
        path.write_bytes(encoded_png(paint(drawing), int(dpi)))
        _say(as_json, {"file": str(path), "code": label.code}, f"{printed(label.code)} is in {path}.")


@main.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@_stock
@click.option("--dpi", type=click.Choice(["203", "300", "600"]), default="300", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the pictures."
)
@_json
def svg(source: TextIO, stock: str, dpi: str, output: Path, as_json: bool) -> None:
    """Make a vector picture (SVG) for each label of SOURCE, named by its code."""
    output.mkdir(parents=True, exist_ok=True)
    for label in _labels_in(source):
        drawing = lay_out(label, stock_named(stock), int(dpi))
        check_drawing(drawing)
        path = output / f"{label.code}.svg"
        path.write_text(encoded_svg(drawing, int(dpi)), encoding="utf-8")
        _say(as_json, {"file": str(path), "code": label.code}, f"{printed(label.code)} is in {path}.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_json
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Read each picture of one label with every decoder, and say whether it may be stuck on an exhibit."""
    failed = [path for path in files if not _verified(path, as_json)]
    sys.exit(1 if failed else 0)


def _verified(path: Path, as_json: bool) -> bool:
    try:
        with Image.open(path) as opened:
            picture = np.asarray(opened.convert("L"))
    except (UnidentifiedImageError, OSError):
        _say(as_json, {"file": str(path), "ok": False, "error": "not a picture"}, f"{path} is not a picture.")
        return False
    found = read_all(picture)
    codes = {text for _, text in found if is_ours(text)}
    if len(codes) != 1:
        problem = "No code of ours was read" if not codes else "More than one code of ours was read"
        _say(as_json, {"file": str(path), "ok": False, "error": problem}, f"{problem} in {path}.")
        return False
    code = codes.pop()
    symbol = DATA_MATRIX if (DATA_MATRIX, code) in found else "QR"
    try:
        checked = check(picture, code, symbols=(symbol,), others_allowed=True)
    except LabelRefusal as refusal:
        _say(as_json, {"file": str(path), "ok": False, "error": refusal.sentence}, f"{path}: {refusal.sentence}")
        return False
    facts = {
        "file": str(path),
        "ok": True,
        "code": code,
        "readers": list(checked.readers),
        "warnings": checked.warnings,
    }
    _say(as_json, facts, f"{path} reads as {printed(code)} with {' and '.join(checked.readers)}.")
    return True


if __name__ == "__main__":
    main()
