"""The structure tensor of a picture on a coarse grid: how strong the edges are in each cell, and how they run.

Bigun and Granlund (1987). Gradients are taken on a copy of the picture, products of them are averaged down to cells of
four pixels, and everything after that is done on the cells, of which there are few.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from scanner.symbols import Image

CELL = 4  # pixels of the copy on a side of a cell
_CELLS_AGREE = 3  # cells on a side over which directions must agree
_FULL_CONTRAST = 255.0
_MOST_GAIN = 8.0  # a picture darker than this is noise

Plane = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tensor:
    """Smoothed products of gradients, one number a cell; `factor` is how many pixels of the picture a cell spans."""

    across: Plane  # gx * gx
    down: Plane  # gy * gy
    mixed: Plane  # gx * gy
    factor: float

    @property
    def energy(self) -> Plane:
        """The mean squared gradient in each cell."""
        # The box filter's running sums leave flat places a hair below zero.
        energy: Plane = np.maximum(self.across + self.down, 0)
        return energy

    def towards(self, turn: float) -> Plane:
        """How much of the energy is of edges across `turn` (radians): all of it is 1 times the energy, none is -1."""
        along: Plane = (self.across - self.down) * math.cos(2 * turn) + self.mixed * (2 * math.sin(2 * turn))
        return along


def small_copy(grey: Image, most: int) -> tuple[Image, float]:
    """The picture with its longer side at most `most` pixels, and how many pixels of the original one of its is."""
    longer = max(grey.shape)
    if longer <= most:
        return grey, 1.0
    factor = longer / most
    size = (max(1, round(grey.shape[1] / factor)), max(1, round(grey.shape[0] / factor)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA), factor


def _gain(small: Image) -> float:
    """What to multiply gradients by so that a dark or flat picture has the contrast of a well-lit one."""
    counts = np.cumsum(np.bincount(small[::4, ::4].ravel(), minlength=256))
    dark, bright = np.searchsorted(counts, (0.005 * counts[-1], 0.995 * counts[-1]))
    return min(_MOST_GAIN, _FULL_CONTRAST / max(1, int(bright - dark)))


def tensor_of(grey: Image, most: int) -> Tensor:
    """The tensor of a copy of at most `most` pixels on its longer side."""
    small, factor = small_copy(grey, most)
    scale = (0.25 * _gain(small)) ** 2
    across, down = cv2.spatialGradient(small) if min(small.shape) > 2 else (np.zeros(small.shape, np.int16),) * 2
    cells = (max(1, small.shape[1] // CELL), max(1, small.shape[0] // CELL))

    def averaged(one: npt.NDArray[np.int16], other: npt.NDArray[np.int16]) -> Plane:
        product = cv2.multiply(one, other, scale=scale, dtype=cv2.CV_32F)
        coarse = cv2.resize(product, cells, interpolation=cv2.INTER_AREA)
        return cv2.blur(coarse, (_CELLS_AGREE, _CELLS_AGREE))  # type: ignore[no-any-return]  # cv2 is untyped here

    return Tensor(averaged(across, across), averaged(down, down), averaged(across, down), factor * CELL)
