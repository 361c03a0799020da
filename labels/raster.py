"""Paints a laid-out label as a picture with one pixel for each printer dot."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from labels.drawing import Drawing
from labels.stock import dots_per_mm

_INK_BELOW = 150  # Grey edges of letters count as ink up to here: thin strokes stay whole on a thermal head.


@lru_cache(maxsize=256)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout draws characters as given: their order is already the drawn one, as in the PDF.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def paint(drawing: Drawing) -> NDArray[np.uint8]:
    """The label as an array of shape (height, width): 0 where ink is, 255 elsewhere."""
    picture = Image.new("L", (drawing.width, drawing.height), 255)
    draw = ImageDraw.Draw(picture)
    for points, inked in drawing.polygons:
        draw.polygon(points, fill=0 if inked else 255)
    for word in drawing.words:
        font = _font(word.face.path, word.size)
        draw.text((word.x, word.baseline), word.text, fill=0, font=font, anchor="ls")
    pixels = np.where(np.asarray(picture) < _INK_BELOW, 0, 255).astype(np.uint8)
    for left, top, width, height in drawing.boxes:
        pixels[top : top + height, left : left + width] = 0
    return pixels


def png(pixels: NDArray[np.uint8], dpi: int) -> bytes:
    """The picture as a PNG of one bit a pixel that knows its size in the world."""
    file = io.BytesIO()
    exact = dots_per_mm(dpi) * 25.4
    Image.fromarray(pixels).convert("1", dither=Image.Dither.NONE).save(file, "PNG", dpi=(exact, exact))
    return file.getvalue()
