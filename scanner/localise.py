"""Finds where in a picture bars may stand, at any angle, so that a tilted code can be turned upright and enlarged.

Neither decoding library reads a Code 128 that is tilted by 45 degrees. Bars, however, are the most one-directional
texture there is: the structure tensor (Bigun and Granlund, 1987) of a small copy of the picture is coherent over them,
and its main direction is the direction to turn by.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import islice

import cv2
import numpy as np
import numpy.typing as npt

from scanner.symbols import Image, Matrix

SMALL = 640  # pixels on the longer side of the copy that is searched
MOST_REGIONS = 4
LEAST_BARS = 20  # changes between light and dark; a Code 128 of one character has 25
_CANDIDATES = 6
_ENOUGH_POINTS = 1500  # of a region, to lay a rectangle around it
_WINDOW = 13  # pixels of the small copy over which directions must agree
_LEAST_CHANGES = 4  # the smallest Data Matrix changes this often
_LEAST_CONTRAST = 12.0  # grey levels a pixel of mean gradient, well above a camera's noise after the box filter
_COHERENT = 0.55
_LEAST_AREA = 90  # pixels of the small copy

Plane = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Region:
    """A tilted rectangle of the full picture: centre and size in pixels, `angle` in degrees of its longer reading axis
    against the picture's x axis, and `strength`, by which regions are ranked."""

    x: float
    y: float
    width: float
    height: float
    angle: float
    strength: float


@dataclass(frozen=True, slots=True)
class _Tensor:
    """The smoothed structure tensor of the small copy."""

    across: Plane  # gx * gx
    down: Plane  # gy * gy
    mixed: Plane  # gx * gy

    def energy(self) -> Plane:
        # The box filter's running sums leave flat places a hair below zero.
        energy: Plane = np.maximum(self.across + self.down, 0)
        return energy

    def coherent_energy(self) -> Plane:
        difference = self.across - self.down
        return cv2.magnitude(difference, 2 * self.mixed)  # type: ignore[no-any-return]  # cv2 is untyped here


def small_copy(grey: Image, most: int = SMALL) -> tuple[Image, float]:
    """The picture with its longer side at most `most` pixels, and how many pixels of the original one of its is."""
    longer = max(grey.shape)
    if longer <= most:
        return grey, 1.0
    factor = longer / most
    size = (max(1, round(grey.shape[1] / factor)), max(1, round(grey.shape[0] / factor)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA), factor


def _gain(small: Image) -> float:
    """What to multiply gradients by so that a dark or flat picture has the contrast of a well-lit one."""
    dark, bright = np.percentile(small[::4, ::4], (0.5, 99.5))
    return min(8.0, 255.0 / max(1.0, float(bright - dark)))


def _tensor(small: Image, window: int) -> _Tensor:
    scale = 0.25 * _gain(small)
    across = cv2.Sobel(small, cv2.CV_32F, 1, 0, scale=scale)
    down = cv2.Sobel(small, cv2.CV_32F, 0, 1, scale=scale)

    def smoothed(plane: Plane) -> Plane:
        return cv2.blur(plane, (window, window))  # type: ignore[no-any-return]  # cv2 is untyped here

    return _Tensor(smoothed(across * across), smoothed(down * down), smoothed(across * down))


def _turn(tensor: _Tensor, inside: npt.NDArray[np.bool_]) -> float:
    """The direction across the bars, in radians: the mean of the doubled angles, weighted by contrast."""
    difference = float((tensor.across - tensor.down)[inside].sum())
    return 0.5 * math.atan2(2 * float(tensor.mixed[inside].sum()), difference)


def _rectangle(xs: Plane, ys: Plane, turn: float) -> tuple[float, float, float, float]:
    """Centre and size of the rectangle, turned by `turn`, that holds the points."""
    cos, sin = math.cos(turn), math.sin(turn)
    along, beside = xs * cos + ys * sin, ys * cos - xs * sin
    left, right = np.percentile(along, (0.5, 99.5))
    top, bottom = np.percentile(beside, (0.5, 99.5))
    middle, level = (left + right) / 2, (top + bottom) / 2
    x, y = middle * cos - level * sin, middle * sin + level * cos
    return float(x), float(y), float(right - left), float(bottom - top)


def _regions_of(mask: Image, tensor: _Tensor, contrast: Plane, factor: float) -> list[Region]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    strengths = np.bincount(labels[::2, ::2].ravel(), weights=np.sqrt(contrast[::2, ::2]).ravel(), minlength=count)
    strengths[0] = 0  # the background
    strengths[stats[:, cv2.CC_STAT_AREA] < _LEAST_AREA] = 0
    likeliest = np.argsort(-strengths)[:_CANDIDATES]
    return [
        _region(labels, int(number), stats[number], tensor, factor, float(strengths[number]))
        for number in likeliest
        if strengths[number] > 0
    ]


def _region(
    labels: npt.NDArray[np.int32],
    number: int,
    stats: npt.NDArray[np.int32],
    tensor: _Tensor,
    factor: float,
    strength: float,
) -> Region:
    left, top, width, height, _ = (int(number) for number in stats)
    window = (slice(top, top + height), slice(left, left + width))
    inside = labels[window] == number
    turn = _turn(_Tensor(tensor.across[window], tensor.down[window], tensor.mixed[window]), inside)
    ys, xs = np.nonzero(inside)
    every = max(1, len(xs) // _ENOUGH_POINTS)
    ys, xs = ys[::every], xs[::every]
    x, y, long, tall = _rectangle((xs + left).astype(np.float32), (ys + top).astype(np.float32), turn)
    return Region(
        (x + 0.5) * factor - 0.5,
        (y + 0.5) * factor - 0.5,
        (long + 1) * factor,
        (tall + 1) * factor,
        math.degrees(turn),
        strength,
    )


def find_places(grey: Image, *, least_bars: int = LEAST_BARS) -> tuple[list[Region], list[Region]]:
    """Up to four places where parallel bars may stand, and up to four where a QR or Data Matrix may, likeliest first.

    `grey` is a picture of 8 bits, height by width. `least_bars` is how often a place must change between light and dark
    to pass for bars. The angle of a matrix is that of its module grid, between -45 and 45 degrees.
    """
    small, factor = small_copy(grey)
    tensor = _tensor(small, _WINDOW)
    coherent, energy = tensor.coherent_energy(), tensor.energy()
    bars = _regions_of(_bars_mask(coherent, energy), tensor, coherent, factor)
    matrices = _regions_of(_matrix_mask(energy), tensor, energy, factor)
    likely_bars = (region for region in bars if count_bars(grey, region) >= least_bars)
    likely_matrices = (region for region in matrices if _busy_both_ways(grey, region))
    return (
        list(islice(likely_bars, MOST_REGIONS)),
        [_on_grid(grey, region) for region in islice(likely_matrices, MOST_REGIONS)],
    )


def _bars_mask(coherent: Plane, energy: Plane) -> Image:
    mask = ((coherent > _COHERENT * energy) & (energy > _LEAST_CONTRAST**2)).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    opened: Image = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return opened


def _matrix_mask(energy: Plane) -> Image:
    busy = float(np.percentile(energy[::2, ::2], 90))
    mask = (energy > max(_LEAST_CONTRAST**2, 0.5 * busy)).astype(np.uint8)
    opened: Image = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    return opened


def _busy_both_ways(grey: Image, region: Region) -> bool:
    """Whether single lines through the middle change often, along the region and across it: a page of dots does."""
    if max(region.width, region.height) > 3 * min(region.width, region.height):
        return False
    across = replace(region, width=region.height, height=region.width, angle=region.angle + 90)
    return all(count_bars(grey, way, band=0.04) >= _LEAST_CHANGES for way in (region, across))


def _on_grid(grey: Image, region: Region) -> Region:
    """The region turned so that its module grid is upright: edges fall in two directions, so angles fold by four."""
    reach = max(region.width, region.height) / 2
    top, left = max(0, int(region.y - reach)), max(0, int(region.x - reach))
    patch, _ = small_copy(grey[top : int(region.y + reach) + 1, left : int(region.x + reach) + 1], 240)
    across, down = cv2.Sobel(patch, cv2.CV_32F, 1, 0), cv2.Sobel(patch, cv2.CV_32F, 0, 1)
    size, angle = cv2.cartToPolar(across, down)
    folded = cv2.multiply(size, size)
    turn = math.atan2(float((folded * np.sin(4 * angle)).sum()), float((folded * np.cos(4 * angle)).sum())) / 4
    box = abs(math.cos(turn)) + abs(math.sin(turn))
    side = 2 * reach / max(1.0, box * 0.75)
    return Region(region.x, region.y, side, side, math.degrees(turn), region.strength)


def upright(grey: Image, region: Region, *, spare: tuple[float, float], least: int) -> tuple[Image, Matrix]:
    """The region turned upright, at least `least` pixels long, and the matrix that takes its points back.

    `spare` is the margin to keep along and beside the reading axis, in parts of the region's width and height, for
    the quiet zones and for what the localiser cut off.
    """
    long, tall = region.width * (1 + 2 * spare[0]), region.height * (1 + 2 * spare[1])
    scale = max(1.0, least / long)
    width, height = max(8, round(long * scale)), max(8, round(tall * scale))
    cos, sin = math.cos(math.radians(region.angle)) / scale, math.sin(math.radians(region.angle)) / scale
    back = np.array([[cos, -sin, region.x], [sin, cos, region.y]], dtype=np.float64)
    back[:, 2] -= back[:, :2] @ ((width - 1) / 2, (height - 1) / 2)
    crop = cv2.warpAffine(
        grey,
        back,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return crop, back


def count_bars(grey: Image, region: Region, *, band: float = 1 / 3) -> int:
    """How many times the middle of the region goes from light to dark or back, along its reading axis.

    The rows of its middle `band` (a part of its height) are averaged first, so that noise is not counted.
    """
    long, rows = max(16, round(region.width * 1.3)), 12
    cos, sin = math.cos(math.radians(region.angle)), math.sin(math.radians(region.angle))
    step = region.height * band / rows
    back = np.array([[cos, -sin * step, region.x], [sin, cos * step, region.y]])
    back[:, 2] -= back[:, :2] @ ((long - 1) / 2, (rows - 1) / 2)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    strip = cv2.warpAffine(grey, back, (long, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return _changes(strip.mean(axis=0))


def _changes(line: npt.NDArray[np.float64]) -> int:
    wide = max(9, len(line) // 16)
    around = np.convolve(np.pad(line, wide, mode="edge"), np.full(wide, 1 / wide), mode="same")[wide:-wide]
    against = line - around
    clear = against[np.abs(against) > max(1.0, 0.15 * float(np.abs(against).max()))] > 0
    return int(np.count_nonzero(clear[1:] != clear[:-1]))
