"""What the commands of `exhibits-label` share: their options, the reading of fields, and the gate that reads back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO, TypeVar

import click

from labels.errors import LabelRefusal
from labels.fields import Label, label_from
from labels.printers import Known, known_printers, printer_at
from labels.stock import STOCKS, Stock
from labels.stock_file import known_stocks, stock_of
from labels.template import DEFAULT
from labels.template_file import read_template

Command = TypeVar("Command", bound=Callable[..., object])

MOST_COPIES = 100

with_source = click.argument("source", type=click.File(encoding="utf-8"), default="-")
with_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
with_start = click.option(
    "--start-at", type=int, default=1, show_default=True, help="First free label of the first sheet."
)
with_copies = click.option(
    "--copies", type=click.IntRange(1, MOST_COPIES), default=1, show_default=True, help="How many of each label."
)
with_template = click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=lambda _context, _option, file: read_template(file) if file else DEFAULT,
    help="TOML or JSON file that says which fields stand on the labels, and where.",
)
with_printers = click.option(
    "--printers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file with the printers' addresses and offsets.",
)
with_folder = click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the pictures."
)
with_dpi = click.option(
    "--dpi", type=click.Choice(["203", "300", "600"]), help="The printer's dots an inch; else the stock's own."
)


def _remember_stocks(ctx: click.Context, _option: click.Parameter, file: Path | None) -> None:
    ctx.meta["labels.stocks"] = known_stocks(file) if file is not None else STOCKS


def _stock_named(ctx: click.Context, _option: click.Parameter, name: str) -> Stock:
    return stock_of(name, ctx.meta["labels.stocks"])


with_stocks = click.option(
    "--stocks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    is_eager=True,  # Before --stock, which looks for its name here.
    expose_value=False,
    callback=_remember_stocks,
    help="TOML or JSON file with label stocks of your own.",
)


def with_stock(command: Command) -> Command:
    """Give the command `--stock`, as a Stock, and the file of one's own stocks."""
    chosen = click.option(
        "--stock",
        default="L7160",
        show_default=True,
        metavar="NAME",
        callback=_stock_named,
        help="The labels in the printer: a name (exhibits-label stocks lists them), or a roll of your own as "
        "WIDTHxHEIGHT@DPI, or WIDTHxSHORTEST..LONGEST@DPI if it is continuous, in mm.",
    )
    return with_stocks(chosen(command))


def say(as_json: bool, facts: dict[str, object], sentence: str) -> None:
    """Print the facts for a machine, or the sentence for a person."""
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


def labels_in(lines: TextIO) -> Iterator[Label]:
    """The label of each line. Raises ClickException that names the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield label_from(json.loads(line))
        except json.JSONDecodeError as fault:
            raise click.ClickException(f"Line {number} is not JSON: {fault.msg}.") from fault
        except LabelRefusal as refusal:
            raise click.ClickException(f"Line {number}: {refusal.sentence}") from refusal


def check_start(stock: Stock, start_at: int) -> None:
    """Raise ClickException if the sheet has no label of that number."""
    if not 1 <= start_at <= stock.per_page:
        raise click.ClickException(f"A sheet of {stock.name} has labels 1 to {stock.per_page}: start at one of them.")


def printer_named(name: str, file: Path | None) -> Known:
    """The printer of that name in the file, or of that address with no offset. Raises NotAPrinter and its family."""
    named = known_printers(file) if file is not None else {}
    return named[name] if name in named else Known(printer_at(name))
