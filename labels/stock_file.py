"""Label stocks of a force's own, as data: from a TOML or JSON file, a mapping, or one word on the command line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from labels.errors import StockRefused, StocksFileRefused, UnknownStock
from labels.stock import (
    CODE_128_MODULES,
    MINIMUM_MODULE_MM,
    QUIET_CODE_128,
    STOCKS,
    Stock,
    dots_per_mm,
    height_above_bars,
    matrix_dots,
    x_dots,
)

PAGES = MappingProxyType({"A4": (210.0, 297.0), "A5": (148.0, 210.0), "Letter": (215.9, 279.4)})
_BAR_MM = 12.0
_SHEET = frozenset({"page", "page_width", "page_height", "columns", "rows", "left", "top", "pitch_x", "pitch_y"})
_ROLL = frozenset({"cut"})
_ALL = frozenset({"width", "dpi", "margin", "bar_height"})
_NUMBER = r"(\d{1,4}(?:\.\d{1,3})?)"
_IN_ONE_WORD = re.compile(rf"{_NUMBER}x{_NUMBER}(?:\.\.{_NUMBER})?@(\d{{3}})", re.ASCII)


def stock_of(text: str, known: Mapping[str, Stock] = STOCKS) -> Stock:
    """The stock of that name, or the roll that is described in one word: `70x36@203`, continuous `80x34..150@203`.

    Raises UnknownStock, StockRefused.
    """
    if text in known:
        return known[text]
    match = _IN_ONE_WORD.fullmatch(text)
    if match is None:
        raise UnknownStock(text, tuple(known))
    width, first, second, dpi = match.groups()
    length = {"shortest": float(first), "longest": float(second)} if second else {"height": float(first)}
    return stock_from(text, {"width": float(width), "dpi": int(dpi), **length})


def known_stocks(file: Path) -> dict[str, Stock]:
    """Our stocks and those of a TOML or JSON file, a table each. Raises StocksFileRefused, StockRefused."""
    try:
        text = file.read_text("utf-8")
        tables = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as fault:
        raise StocksFileRefused(str(file), "it cannot be opened") from fault
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StocksFileRefused(str(file), f"it is neither TOML nor, named .json, JSON ({fault})") from fault
    if not isinstance(tables, dict):
        raise StocksFileRefused(str(file), "it is not a table of stocks by name")
    return {**STOCKS, **{name: stock_from(name, table) for name, table in tables.items()}}


def stock_from(name: str, values: object) -> Stock:
    """A stock from what a person knows of it: lengths in mm, and the printer's dots an inch.

    A sheet has a `page` ("A4") or `page_width` and `page_height`, and its grid; a continuous roll `shortest` and
    `longest` in place of `height`; anything else is a roll of die-cut labels. Without `bar_height` the label carries
    Code 128 where that has room. Raises StockRefused.
    """
    if name in STOCKS:
        raise StockRefused(name, "there is a stock of ours by that name; choose another")
    if not isinstance(values, Mapping):
        raise StockRefused(name, "it is not a table of settings")
    is_continuous = "shortest" in values or "longest" in values
    is_sheet = not is_continuous and not _SHEET.isdisjoint(values)
    _check_settings(name, values, is_sheet, is_continuous)
    given = dict(values)
    if is_continuous:
        given["height"] = given.pop("longest")
    given |= _page(name, given) if is_sheet else {"page_width": given["width"], "page_height": given["height"]}
    given.pop("page", None)
    given.setdefault("bar_height", 0.0)
    plain = Stock(name, **given)
    return plain if "bar_height" in values else _with_bars(plain, given)


def _check_settings(name: str, values: Mapping[str, object], is_sheet: bool, is_continuous: bool) -> None:
    lengths = frozenset({"shortest", "longest"} if is_continuous else {"height"})
    if missing := (lengths | {"width"}) - set(values):
        raise StockRefused(name, f"{min(missing)} is missing")
    known = _ALL | lengths | (_SHEET if is_sheet else _ROLL)
    if strange := set(values) - known:
        kind = "sheet" if is_sheet else "continuous roll" if is_continuous else "roll of die-cut labels"
        raise StockRefused(name, f"{min(strange)} is no setting of a {kind}; there are {', '.join(sorted(known))}")
    if is_continuous and values["shortest"] == 0:
        raise StockRefused(name, "shortest must be more than nothing")


def _page(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """The page of a sheet, and labels that lie edge to edge where no pitch is said."""
    size: dict[str, object] = {}
    if "page" in given:
        if given["page"] not in PAGES:
            raise StockRefused(name, f"page must be one of {', '.join(PAGES)}; or give page_width and page_height")
        size = dict(zip(("page_width", "page_height"), PAGES[str(given["page"])], strict=True))
    elif not {"page_width", "page_height"} <= set(given):
        raise StockRefused(name, "a sheet needs its page, or page_width and page_height")
    pitch = {"pitch_x": given["width"], "pitch_y": given["height"]}
    return {one: value for one, value in (pitch | size).items() if one not in given}


def _with_bars(plain: Stock, given: Mapping[str, object]) -> Stock:
    """The stock with Code 128 if there is room for that besides the symbol of squares, else as it is."""
    dots = dots_per_mm(plain.dpi)
    wide = (CODE_128_MODULES + 2 * QUIET_CODE_128) * x_dots(plain.dpi) <= int(plain.width * dots)
    above = height_above_bars(plain, dots, int((plain.shortest or plain.height) * dots)) - round(_BAR_MM * dots)
    least = MINIMUM_MODULE_MM * dots
    if plain.matrix != "QR" or not wide or matrix_dots(plain, dots, above) < least:
        return plain
    return Stock(plain.name, **{**given, "bar_height": _BAR_MM})  # type: ignore[arg-type]  # As the stock before it.


def as_values(stock: Stock) -> dict[str, object]:
    """What `stock_from` makes the same stock of: to keep one's own stock as data."""
    values: dict[str, object] = {"width": stock.width, "dpi": stock.dpi, "margin": stock.margin}
    values["bar_height"] = stock.bar_height
    if stock.is_continuous:
        return values | {"shortest": stock.shortest, "longest": stock.height, "cut": stock.cut}
    values["height"] = stock.height
    if (stock.page_width, stock.page_height) == (stock.width, stock.height) and stock.is_roll:
        return values | {"cut": stock.cut}
    return values | {name: getattr(stock, name) for name in sorted(_SHEET - {"page"})}
