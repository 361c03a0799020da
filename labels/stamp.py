"""A QR code with words beside it, for the foot of a sheet or a receipt: here, a checkpoint of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from labels.stock import QUIET_QR
from labels.symbol import Modules, runs
from labels.text import faces

POINTS_PER_MM = 72 / 25.4
_WORDS_PT = 6.5
_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """`text` is what the QR code holds, `lines` what stands beside it, the first of them bold."""

    text: str
    lines: tuple[str, ...]


def modules(text: str, level: str = "L") -> Modules:
    """The QR modules of any text, shape (n, n), True is dark, without a quiet zone, in the smallest version.

    `level` is the error correction: L is right for a small code on clean paper, M where it may be handled.
    """
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture = np.asarray(barcode.to_image(add_quiet_zones=False))
    dark: Modules = picture < 128
    return dark


def draw(canvas: Canvas, stamp: Stamp, left: float, bottom: float, side: float, level: str = "L") -> None:
    """Draw it with the lower left corner of the code, quiet zone included, at these millimetres from the page's.

    `side` is the code's, with its quiet zone, in millimetres.
    """
    draw_code(canvas, stamp.text, left, bottom, side, level)
    leading = _WORDS_PT * 1.25
    across = (left + side + _GAP_MM) * POINTS_PER_MM
    top = (bottom + side / 2) * POINTS_PER_MM + leading * (len(stamp.lines) / 2) - _WORDS_PT
    canvas.setFillGray(0)
    for number, line in enumerate(stamp.lines):
        face = faces().bold if number == 0 else faces().regular
        canvas.setFont(face.name, _WORDS_PT)
        canvas.drawString(across, top - number * leading, face.drawable(line))


def draw_code(canvas: Canvas, text: str, left: float, bottom: float, side: float, level: str = "M") -> None:
    """Draw the code alone, as boxes: a printer gives each its own exact dots."""
    dark = modules(text, level)
    count = dark.shape[0]
    one = side * POINTS_PER_MM / (count + 2 * QUIET_QR)
    x, y = (left * POINTS_PER_MM + QUIET_QR * one, bottom * POINTS_PER_MM + (QUIET_QR + count) * one)
    boxes = [
        f"{x + start * one:.3f} {y - (row + 1) * one:.3f} {length * one:.3f} {one:.3f} re"
        for row in range(count)
        for start, length in runs(dark[row])
    ]
    canvas.addLiteral("0 g\n" + "\n".join(boxes) + "\nf")
