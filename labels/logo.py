"""A force's logo: a small picture of black and white dots, looked at before it may stand on a label."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from labels.drawing import Box
from labels.errors import LogoRefused
from labels.stock import dots_per_mm
from labels.symbol import runs
from labels.verify import read_any

LEAST_MM, MOST_MM = 4.0, 12.0
_MOST_BYTES = 500_000
_LEAST_SIDE, _MOST_SIDE = 24, 2000  # pixels of the file
_KEPT_SIDE = 284  # pixels that are kept: 12 mm at 600 dpi
_WIDEST = 4.0  # times as wide as high
_MOST_BOXES = 1500  # runs of dots; a dithered photograph has many times as many, in every label again
_DPI = (203, 300, 600)

Dots = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG of one bit a pixel without anything else in it, and how high it is printed. Made by `logo_from_png`."""

    png: bytes
    height_mm: float

    def dots(self, dpi: int) -> Dots:
        """The logo on whole printer dots, shape (height, width), True is ink."""
        return _scaled(self.png, round(self.height_mm * dots_per_mm(dpi)))

    def boxes(self, dpi: int, left: int, top: int) -> list[Box]:
        """The logo as inked boxes with its top left corner there; equal runs of following rows are one box."""
        return [(left + x, top + y, width, height) for x, y, width, height in _boxes(self, dpi)]


@lru_cache(maxsize=16)
def logo_from_png(data: bytes, height_mm: float) -> Logo:
    """The logo of an uploaded file. Raises LogoRefused with what is wrong.

    Only its dots are kept: no text, profile or second picture of the file goes any further.
    """
    if not LEAST_MM <= height_mm <= MOST_MM:
        raise LogoRefused(f"has to be {LEAST_MM:g} to {MOST_MM:g} mm high on the label")
    if len(data) > _MOST_BYTES:
        raise LogoRefused(f"is larger than {_MOST_BYTES // 1000} kB: save it smaller")
    logo = Logo(_png(_cropped(_opened(data))), height_mm)
    for dpi in _DPI:
        if len(_boxes(logo, dpi)) > _MOST_BOXES:
            raise LogoRefused("has too fine a pattern for a label: use a drawing in plain black and white")
        if read_any(np.where(logo.dots(dpi), 0, 255).astype(np.uint8)):
            raise LogoRefused("can be read as a bar code: nothing but the label's own code may stand on it")
    return logo


def _opened(data: bytes) -> Dots:
    """The ink of the picture: what is darker than middle grey on white paper."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            warnings.simplefilter("ignore")  # Our own limit is below the size that Pillow warns of.
            if not all(_LEAST_SIDE <= side <= _MOST_SIDE for side in image.size):
                raise LogoRefused(f"must have {_LEAST_SIDE} to {_MOST_SIDE:,} pixels on each side")
            seen = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as fault:
        raise LogoRefused("is not a whole PNG picture: save it as PNG") from fault
    paper = Image.new("RGBA", seen.size, "white")
    ink: Dots = np.asarray(Image.alpha_composite(paper, seen).convert("L")) < 128
    return ink


def _cropped(ink: Dots) -> Dots:
    """Without its white edges."""
    if not ink.any() or ink.all():
        raise LogoRefused("shows nothing in black and white: use a dark drawing on a white or clear ground")
    down, across = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    if cut.shape[1] > _WIDEST * cut.shape[0]:
        raise LogoRefused(f"is more than {_WIDEST:g} times as wide as high: use the crest without the words")
    return cut


def _png(ink: Dots) -> bytes:
    height, width = ink.shape
    picture = Image.fromarray(np.where(ink, 0, 255).astype(np.uint8))
    if height > _KEPT_SIDE:
        smaller = picture.resize((max(1, round(width * _KEPT_SIDE / height)), _KEPT_SIDE), Image.Resampling.BOX)
        picture = smaller.point(lambda grey: 255 if grey >= 128 else 0)
    file = io.BytesIO()
    picture.convert("1", dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


@lru_cache(maxsize=32)
def _scaled(png: bytes, height: int) -> Dots:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        grey = image.convert("L")
    across = max(1, round(grey.width * height / grey.height))
    ink: Dots = np.asarray(grey.resize((across, height), Image.Resampling.BOX)) < 128
    return ink


@lru_cache(maxsize=32)
def _boxes(logo: Logo, dpi: int) -> tuple[Box, ...]:
    open_runs: dict[tuple[int, int], int] = {}
    done: list[Box] = []
    rows = [set(runs(row)) for row in logo.dots(dpi)]
    for y, found in enumerate([*rows, set()]):
        for run in [run for run in open_runs if run not in found]:
            first = open_runs.pop(run)
            done.append((run[0], first, run[1], y - first))
        for run in found:
            open_runs.setdefault(run, y)
    return tuple(sorted(done, key=lambda box: (box[1], box[0])))
