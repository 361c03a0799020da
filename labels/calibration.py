"""A page to see how far a printer prints beside its labels, and the same number put to use on a thermal printer."""

from __future__ import annotations

import io
import math

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from labels.drawing import Drawing, Word
from labels.errors import OffsetTooLarge
from labels.raster import paint
from labels.stock import Stock, dots_per_mm
from labels.text import faces
from labels.zpl import graphic, media

_POINTS_PER_MM = 72 / 25.4
_INSET_MM = 1.0
_INSTRUCTION = ("Every line is 1 mm inside", "the label's edge. If not:", "right_mm, down_mm in the file")


def calibration_drawing(stock: Stock, dpi: int) -> Drawing:
    """A frame one millimetre inside the label's edge with a tick for each millimetre, in dots of `dpi`."""
    dots = dots_per_mm(dpi)
    drawing = Drawing("", int(stock.width * dots), int((stock.shortest or stock.height) * dots))
    line, inset = max(1, round(0.125 * dots)), round(_INSET_MM * dots)
    across, down = drawing.width - 2 * inset, drawing.height - 2 * inset
    drawing.boxes += [
        (inset, inset, across, line),
        (inset, drawing.height - inset - line, across, line),
        (inset, inset, line, down),
        (drawing.width - inset - line, inset, line, down),
    ]
    _scales(drawing, dots, line)
    _words(drawing, stock, dots, inset)
    return drawing


def _scales(drawing: Drawing, dots: float, line: int) -> None:
    """A tick for each millimetre to the right and down from the frame's corner, every fifth one longer."""
    inset = round(_INSET_MM * dots)
    for mm in range(1, math.floor(min(drawing.width, drawing.height) / dots) - 2):
        length = round((1.6 if mm % 5 == 0 else 0.8) * dots)
        at = inset + round(mm * dots)
        drawing.boxes += [(at, inset, line, length), (inset, at, length, line)]


def _words(drawing: Drawing, stock: Stock, dots: float, inset: int) -> None:
    regular, bold = faces().regular, faces().bold
    left = inset + round(2.2 * dots)
    width = drawing.width - left - 2 * inset
    size = min(round(3 * dots), math.floor(width / max(regular.width(text) for text in _INSTRUCTION)))
    y = inset + round(2.2 * dots) + size
    for face, text in ((bold, stock.name), *((regular, text) for text in _INSTRUCTION)):
        if y < drawing.height - 2 * inset:
            drawing.words.append(Word(left, y, size, face, text))
        y += math.ceil(1.2 * size)


def calibration_zpl(stock: Stock, dpi: int, offset_mm: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """The page for a thermal printer, as it prints with that offset. Raises OffsetTooLarge."""
    return graphic(shifted(paint(calibration_drawing(stock, dpi)), dpi, offset_mm), media=media(stock))


def calibration_pdf(stock: Stock, offset_mm: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """One sheet with the frame of every label, as it prints with that offset to the right and down."""
    if stock.is_continuous:
        stock = stock.at(stock.shortest)
    file = io.BytesIO()
    size = (stock.page_width * _POINTS_PER_MM, stock.page_height * _POINTS_PER_MM)
    canvas = Canvas(file, pagesize=size, pageCompression=1, invariant=1)
    canvas.setTitle(f"Calibration of {stock.name}")
    drawing = calibration_drawing(stock, stock.dpi)
    for index in range(stock.per_page):
        _frame(canvas, drawing, stock, index, offset_mm)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _frame(canvas: Canvas, drawing: Drawing, stock: Stock, index: int, offset_mm: tuple[float, float]) -> None:
    left, top = (edge + offset for edge, offset in zip(stock.place(index), offset_mm, strict=True))
    scale = _POINTS_PER_MM / dots_per_mm(stock.dpi)
    canvas.saveState()
    bottom = (stock.page_height - top) * _POINTS_PER_MM - drawing.height * scale
    canvas.transform(scale, 0, 0, scale, left * _POINTS_PER_MM, bottom)
    for x, y, width, height in drawing.boxes:
        canvas.rect(x, drawing.height - y - height, width, height, stroke=0, fill=1)
    for word in drawing.words:
        canvas.setFont(word.face.name, word.size)
        canvas.drawString(word.x, drawing.height - word.baseline, word.text)
    canvas.restoreState()


def shifted(pixels: NDArray[np.uint8], dpi: int, offset_mm: tuple[float, float]) -> NDArray[np.uint8]:
    """The picture moved right and down by that many millimetres, to the nearest dot, and as large as before.

    Raises OffsetTooLarge if ink would leave the label.
    """
    right, down = (round(mm * dots_per_mm(dpi)) for mm in offset_mm)
    height, width = pixels.shape
    moved = np.full_like(pixels, 255)
    kept = pixels[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
    moved[max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)] = kept
    if np.count_nonzero(moved == 0) != np.count_nonzero(pixels == 0):
        raise OffsetTooLarge(offset_mm)
    return moved
