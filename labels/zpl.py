"""Labels for a thermal printer that speaks ZPL: the very dots that the self-check has read.

The whole label goes as one graphic. No text of the record stands in the commands, so a description cannot forge one
(`^FH` escaping would be needed otherwise), the printer's own fonts and rounding play no part, and what is printed is
what was verified.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from labels.fields import Label
from labels.sheet import render_raster
from labels.stock import Stock


def render_zpl(label: Label, stock: Stock, dpi: int | None = None, *, copies: int = 1) -> bytes:
    """The label as one ZPL format for a printer of `dpi` dots an inch. Raises DoesNotFit."""
    return graphic(render_raster(label, stock, dpi), copies=copies, media=media(stock))


def media(stock: Stock) -> str:
    """What the printer is told of its paper: that it has no gaps to stop at (`^MNN`), and to cut (`^MMC`).

    A roll of die-cut labels is left to the printer's own settings, which may look for gaps or for black marks.
    """
    return ("^MNN" if stock.is_continuous else "") + ("^MMC" if stock.cut else "")


def graphic(pixels: NDArray[np.uint8], *, copies: int = 1, media: str = "") -> bytes:
    """The picture (0 is ink, shape (height, width)) as a ZPL format: `copies` labels of exactly that size.

    `media` are the commands of `media()`.
    """
    height, width = pixels.shape
    packed = np.packbits(pixels == 0, axis=1)
    row_bytes = packed.shape[1]
    header = f"^XA{media}^PW{width}^LL{height}^LH0,0^FO0,0^GFA,{packed.size},{packed.size},{row_bytes},"
    quantity = f"^PQ{copies}" if copies > 1 else ""  # One is what a printer does unasked.
    return f"{header}{_rows(packed)}^FS{quantity}^XZ\n".encode("ascii")


def _rows(packed: NDArray[np.uint8]) -> str:
    """Rows in hexadecimal, with ZPL's shorthands: `,` white to the end of the row, `:` the row above again."""
    parts: list[str] = []
    before = None
    for row in packed:
        digits = row.tobytes().hex().upper()
        parts.append(":" if digits == before else re.sub("0+$", ",", digits))
        before = digits
    return "".join(parts)
