"""Paints a laid-out label as a picture with one pixel for each printer dot."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from labels.drawing import Drawing, Polygon
from labels.stock import dots_per_mm

_INK_BELOW = 150  # Grey edges of letters count as ink up to here: thin strokes stay whole on a thermal head.
_BLACK_OR_WHITE = [0 if grey < _INK_BELOW else 255 for grey in range(256)]


@lru_cache(maxsize=256)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout draws characters as given: their order is already the drawn one, as in the PDF.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def paint(drawing: Drawing) -> NDArray[np.uint8]:
    """The label as an array of shape (height, width): 0 where ink is, 255 elsewhere."""
    pixels = np.full((drawing.height, drawing.width), 255, np.uint8)
    if drawing.polygons:
        _ink(pixels, *_polygons(drawing.polygons))
    for word in drawing.words:
        dots, left, above = _words(word.face.path, word.size, word.text)
        _ink(pixels, dots, word.x + left, word.baseline + above)
    for left, top, width, height in drawing.boxes:
        pixels[top : top + height, left : left + width] = 0
    return pixels


def _ink(pixels: NDArray[np.uint8], dots: NDArray[np.uint8], left: int, top: int) -> None:
    """Put the ink of the dots on the label; what would lie beside it is cut off."""
    above, before = max(0, -top), max(0, -left)
    kept = dots[above : max(above, pixels.shape[0] - top), before : max(before, pixels.shape[1] - left)]
    part = pixels[top + above : top + above + kept.shape[0], left + before : left + before + kept.shape[1]]
    np.minimum(part, kept, out=part)


# The force, the case and whoever seized repeat from label to label: drawing each run once is most of the painting.
@lru_cache(maxsize=1024)
def _words(path: Path, size: int, text: str) -> tuple[NDArray[np.uint8], int, int]:
    """The dots of a run of words, and where they begin, seen from the beginning of its base line."""
    font = _font(path, size)
    left, top, right, bottom = map(math.floor, font.getbbox(text, anchor="ls"))
    picture = Image.new("L", (right - left + 1, bottom - top + 1), 255)
    ImageDraw.Draw(picture).text((-left, -top), text, fill=0, font=font, anchor="ls")
    return np.asarray(picture.point(_BLACK_OR_WHITE)), left, top


def _polygons(polygons: list[Polygon]) -> tuple[NDArray[np.uint8], int, int]:
    """The dots of the polygons, back to front, and their left and upper edge."""
    across, down = ([point[axis] for points, _ in polygons for point in points] for axis in (0, 1))
    left, top = math.floor(min(across)), math.floor(min(down))
    picture = Image.new("L", (math.ceil(max(across)) - left + 1, math.ceil(max(down)) - top + 1), 255)
    draw = ImageDraw.Draw(picture)
    for points, inked in polygons:
        draw.polygon([(x - left, y - top) for x, y in points], fill=0 if inked else 255)
    return np.asarray(picture), left, top


def png(pixels: NDArray[np.uint8], dpi: int) -> bytes:
    """The picture as a PNG of one bit a pixel that knows its size in the world."""
    file = io.BytesIO()
    exact = dots_per_mm(dpi) * 25.4
    Image.fromarray(pixels).convert("1", dither=Image.Dither.NONE).save(file, "PNG", dpi=(exact, exact))
    return file.getvalue()
