"""`exhibits-label stocks`: the sizes of every label stock, ours and one's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import click

from labels.cli_parts import with_json, with_stocks
from labels.stock import Stock, dots_per_mm, height_above_bars, matrix_dots, x_dots
from labels.stock_file import as_values

_HEADINGS = ("stock", "label, mm", "a page", "dpi", "symbols", "square module, mm", "Code 128 bar, mm")
_A4 = (210.0, 297.0)


@click.command()
@with_stocks
@with_json
@click.pass_context
def stocks(ctx: click.Context, as_json: bool) -> None:
    """List the label stocks: what is printed on each, and how fine its symbols are."""
    known: Mapping[str, Stock] = ctx.meta["labels.stocks"]
    if not as_json:
        click.echo(table(known.values()))
        return
    for stock in known.values():
        click.echo(json.dumps({"stock": stock.name, **as_values(stock)}))


def table(known: Iterable[Stock]) -> str:
    """The sizes as a Markdown table, which is also how the documentation shows them."""
    rows = [_HEADINGS, tuple("---" for _ in _HEADINGS), *map(_row, known)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(stock: Stock) -> tuple[str, ...]:
    dots = dots_per_mm(stock.dpi)
    height = height_above_bars(stock, dots, int((stock.shortest or stock.height) * dots))
    symbols = f"Code 128 and {stock.matrix}" if stock.bar_height else f"{stock.matrix} alone"
    module = f"{matrix_dots(stock, dots, height) / dots:.3f}"
    bar = f"{x_dots(stock.dpi) / dots:.3f}" if stock.bar_height else "-"
    return f"`{stock.name}`", _size(stock), _page(stock), f"{stock.dpi}", symbols, module, bar


def _size(stock: Stock) -> str:
    if stock.is_continuous:
        return f"{stock.width:g} x {stock.shortest:g} to {stock.height:g}"
    return f"{stock.width:g} x {stock.height:g}"


def _page(stock: Stock) -> str:
    if stock.is_roll:
        return "continuous" if stock.is_continuous else "1"
    is_a4 = (stock.page_width, stock.page_height) == _A4
    return f"{stock.per_page} on {'A4' if is_a4 else f'{stock.page_width:g} x {stock.page_height:g} mm'}"
