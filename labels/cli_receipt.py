"""`exhibits-label receipt`: a receipt for property taken or returned, on A4 or on a roll."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from labels import document, document_roll
from labels.cli_parts import say, with_dpi, with_json, with_stocks
from labels.cli_run import put
from labels.document import Document
from labels.errors import ReceiptRefused
from labels.raster import paint, png
from labels.receipt import document_of, receipt_from
from labels.sheet import pdf_of
from labels.stock import Stock
from labels.stock_file import stock_of
from labels.zpl import graphic, media

_ENDINGS = (".pdf", ".png", ".zpl")


@click.command()
@click.argument("source", type=click.File(encoding="utf-8"), default="-")
@click.option(
    "--paper",
    default="A4",
    show_default=True,
    help="A4, or a continuous roll: receipt-80, WIDTHxSHORTEST..LONGEST@DPI or a name from --stocks.",
)
@with_stocks
@with_dpi
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="Where it goes: .pdf; from a roll also .png or .zpl.",
)  # fmt: skip
@with_json
@click.pass_context
def receipt(ctx: click.Context, source: TextIO, paper: str, dpi: str | None, output: Path, as_json: bool) -> None:
    """Make the receipt that SOURCE describes as one JSON object."""
    try:
        made = receipt_from(json.load(source))
    except json.JSONDecodeError as fault:
        raise ReceiptRefused("the file", f"is not JSON ({fault.msg})") from fault
    content = document_of(made)
    if paper == "A4":
        _check_ending(output, (".pdf",))
        put(output, document.render(content))
    else:
        _check_ending(output, _ENDINGS)
        put(output, _on_roll(content, stock_of(paper, ctx.meta["labels.stocks"]), dpi, output.suffix))
    facts: dict[str, object] = {"file": str(output), "number": made.number, "items": len(made.items)}
    say(as_json, facts, f"The receipt {made.number} for {len(made.items)} items is in {output}.")


def _check_ending(output: Path, allowed: tuple[str, ...]) -> None:
    if output.suffix not in allowed:
        raise click.ClickException(f"Name the file by what it is to be: {', '.join(allowed)}.")


def _on_roll(content: Document, stock: Stock, dpi: str | None, ending: str) -> bytes:
    if not stock.is_continuous:
        raise click.ClickException(f"{stock.name} is no continuous roll: a receipt is as long as it needs to be.")
    dots = int(dpi or stock.dpi)
    drawing = document_roll.drawn(content, stock, dots)
    if ending == ".pdf":
        return pdf_of([drawing], stock, dpi=dots, title=content.title)
    pixels = paint(drawing)
    return png(pixels, dots) if ending == ".png" else graphic(pixels, media=media(stock))
