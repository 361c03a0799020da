"""Puts labels on paper: a PDF with as many pages as it takes, or the exact dots of one label."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from labels.drawing import Drawing
from labels.errors import DoesNotFit
from labels.fields import Label
from labels.layout import lay_out
from labels.pdf_words import encoded
from labels.raster import paint, png
from labels.stamp import Stamp, draw
from labels.stock import Stock, dots_per_mm
from labels.template import DEFAULT, Template
from labels.text import cleaned

_POINTS_PER_MM = 72 / 25.4
_STAMP_MM = 10.5  # The side of the code below the labels.
_UNPRINTABLE_MM = 4.3  # Office printers leave such an edge white.


def render_raster(label: Label, stock: Stock, dpi: int | None = None) -> NDArray[np.uint8]:
    """One label, a pixel to each printer dot: shape (height, width), 0 is ink, 255 paper. Raises DoesNotFit."""
    return paint(lay_out(label, stock, dpi or stock.dpi))


def render_png(label: Label, stock: Stock, dpi: int | None = None) -> bytes:
    """One label as a black and white PNG at exact dots. Raises DoesNotFit."""
    return png(render_raster(label, stock, dpi), dpi or stock.dpi)


def render_pdf(
    labels: Iterable[Label],
    stock: Stock,
    *,
    start_at: int = 1,
    dpi: int | None = None,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    title: str = "Labels",
    on_label: Callable[[Drawing], object] | None = None,
    stamp: Stamp | None = None,
    template: Template = DEFAULT,
) -> bytes:
    """The labels as a PDF, byte for byte the same for the same labels and fonts.

    `on_label` is told of each drawing before it is painted and may raise to stop (the self-check does). The rest as
    for `pdf_of`. Raises DoesNotFit, and ValueError for a `start_at` that the sheet does not have.
    """

    def drawings() -> Iterator[Drawing]:
        for label in labels:
            drawing = lay_out(label, stock, dpi or stock.dpi, template)
            if on_label is not None:
                on_label(drawing)
            yield drawing

    return pdf_of(drawings(), stock, start_at=start_at, dpi=dpi, offset_mm=offset_mm, title=title, stamp=stamp)


def pdf_of(
    drawings: Iterable[Drawing],
    stock: Stock,
    *,
    start_at: int = 1,
    dpi: int | None = None,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    title: str = "Labels",
    stamp: Stamp | None = None,
) -> bytes:
    """The labels that were laid out for this stock and `dpi`, as a PDF.

    `start_at` is the first free label on the first sheet, from 1. `offset_mm` moves everything right and
    down, to suit a printer that feeds crookedly. `stamp` is drawn below the labels of every sheet that has room there;
    a roll has none. Raises ValueError for a `start_at` that the sheet does not have.
    """
    if not 1 <= start_at <= stock.per_page:
        raise ValueError(f"start_at must be 1 to {stock.per_page} on {stock.name}")
    file = io.BytesIO()
    dots = dots_per_mm(dpi or stock.dpi)
    size = (stock.page_width * _POINTS_PER_MM, stock.page_height * _POINTS_PER_MM)
    canvas = Canvas(file, pagesize=size, pageCompression=1, invariant=1)
    canvas.setTitle(cleaned(title))
    index = start_at - 1
    for drawing in drawings:
        if index == stock.per_page:
            _end_page(canvas, stock, stamp)
            index = 0
        if stock.is_continuous:
            _set_length(canvas, drawing, dots)
        _paint(canvas, drawing, stock, index, dots, offset_mm)
        index += 1
    _end_page(canvas, stock, stamp)
    canvas.save()
    return file.getvalue()


def _set_length(canvas: Canvas, drawing: Drawing, dots: float) -> None:
    """The page of a continuous roll ends where its label does."""
    canvas.setPageSize((drawing.width / dots * _POINTS_PER_MM, drawing.height / dots * _POINTS_PER_MM))


def _end_page(canvas: Canvas, stock: Stock, stamp: Stamp | None) -> None:
    room = stock.page_height - stock.top - (stock.rows - 1) * stock.pitch_y - stock.height
    if stamp and room >= _STAMP_MM + _UNPRINTABLE_MM:
        draw(canvas, stamp, stock.left, _UNPRINTABLE_MM, _STAMP_MM)
    canvas.showPage()


def _paint(
    canvas: Canvas, drawing: Drawing, stock: Stock, index: int, dots: float, offset_mm: tuple[float, float]
) -> None:
    """Draw in dots: the page's coordinates are scaled so that every number in the file is a whole dot."""
    left, top = (edge + offset for edge, offset in zip(stock.place(index), offset_mm, strict=True))
    scale = _POINTS_PER_MM / dots
    page = drawing.height if stock.is_continuous else round(stock.page_height * dots)
    down = page - round(top * dots) - drawing.height
    parts = [f"q {scale:.6f} 0 0 {scale:.6f} {round(left * dots) * scale:.4f} {down * scale:.4f} cm"]
    height = drawing.height
    if drawing.polygons:
        parts.append(_polygons(drawing))
    parts.append("0 g")
    parts += [f"{x} {height - y - h} {w} {h} re" for x, y, w, h in drawing.boxes]
    parts.append("f BT")
    for word in drawing.words:
        parts.append(f"1 0 0 1 {word.x} {height - word.baseline} Tm")
        parts += [f"{name} {word.size} Tf ({codes}) Tj" for name, codes in encoded(canvas, word.face, word.text)]
    parts.append("ET Q")
    canvas.addLiteral("\n".join(parts))


def _polygons(drawing: Drawing) -> str:
    """PDF path operators for the polygons, back to front."""
    parts = []
    for points, inked in drawing.polygons:
        corners = [f"{x:.2f} {drawing.height - y:.2f}" for x, y in points]
        path = f"{corners[0]} m " + " ".join(f"{corner} l" for corner in corners[1:])
        parts.append(f"{0 if inked else 1} g {path} h f")
    return "\n".join(parts)


__all__ = ["DoesNotFit", "pdf_of", "render_pdf", "render_png", "render_raster"]
