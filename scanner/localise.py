"""Finds where in a picture bars or a matrix may stand, at any angle, so that it can be turned upright and enlarged.

Neither decoding library reads a Code 128 that is tilted by 45 degrees. Bars, however, are the most one-directional
texture there is, and a QR or Data Matrix is busy in two directions at right angles: the structure tensor tells both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import cv2
import numpy as np
import numpy.typing as npt

from scanner.symbols import Image, Matrix
from scanner.tensor import Plane, Tensor, small_copy, tensor_of

SMALL = 640  # pixels on the longer side of the copy that is searched
MOST_REGIONS = 4
LEAST_BARS = 20  # changes between light and dark; a Code 128 of one character has 25
_CANDIDATES = 6
_LEAST_CHANGES = 4  # the smallest Data Matrix changes this often
_LEAST_CONTRAST = 12.0  # grey levels a pixel of mean gradient, well above a camera's noise after averaging
_ONE_WAY = 0.5  # of the energy of a cell has to be of edges in one direction, for bars
_BOTH_WAYS = 0.6  # of the energy of a whole region may be of edges in one direction, for a matrix
_SECTORS = 6  # directions that bars are looked for in; each takes those within some 30 degrees
_LEAST_CELLS = 6
_EVEN = 0.3  # of the strongest energy in nearly every cell: noise, and no quiet zone anywhere
_BUSY = (0.5, 0.2, 1.0)  # of the energy of the busiest tenth: clutter hides a symbol from any one threshold
_BUSIEST = 0.25  # of the strongest energy: a small symbol on a bare desk, where the busiest tenth is noise


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


def _rectangle(xs: Plane, ys: Plane, turn: float) -> tuple[float, float, float, float]:
    """Centre and size of the rectangle, turned by `turn`, that holds the points."""
    cos, sin = math.cos(turn), math.sin(turn)
    along, beside = xs * cos + ys * sin, ys * cos - xs * sin
    left, right, top, bottom = along.min(), along.max(), beside.min(), beside.max()
    middle, level = (left + right) / 2, (top + bottom) / 2
    x, y = middle * cos - level * sin, middle * sin + level * cos
    return float(x), float(y), float(right - left), float(bottom - top)


def _regions_of(mask: Image, tensor: Tensor, energy: Plane) -> Iterator[tuple[Region, float]]:
    """The largest and strongest connected parts of the mask, and how far each runs one way (0 to 1)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    strengths = np.bincount(labels.ravel(), weights=np.sqrt(energy).ravel(), minlength=count)
    strengths[0] = 0  # the background
    strengths[stats[:, cv2.CC_STAT_AREA] < _LEAST_CELLS] = 0
    for number in np.argsort(-strengths)[:_CANDIDATES]:
        if strengths[number] > 0:
            yield _region(labels, int(number), stats[number], tensor, float(strengths[number]))


def _region(
    labels: npt.NDArray[np.int32], number: int, stats: npt.NDArray[np.int32], tensor: Tensor, strength: float
) -> tuple[Region, float]:
    left, top, width, height, _ = (int(number) for number in stats)
    window = (slice(top, top + height), slice(left, left + width))
    ys, xs = np.nonzero(labels[window] == number)
    across, down, mixed = (float(plane[window][ys, xs].sum()) for plane in (tensor.across, tensor.down, tensor.mixed))
    turn = 0.5 * math.atan2(2 * mixed, across - down)
    one_way = math.hypot(across - down, 2 * mixed) / max(1e-6, across + down)
    x, y, long, tall = _rectangle((xs + left).astype(np.float32), (ys + top).astype(np.float32), turn)
    factor = tensor.factor
    region = Region(
        (x + 0.5) * factor - 0.5,
        (y + 0.5) * factor - 0.5,
        (long + 1) * factor,
        (tall + 1) * factor,
        math.degrees(turn),
        strength,
    )
    return region, one_way


def distinct(regions: Iterable[Region]) -> list[Region]:
    """Strongest first, each place once: the same bars are seen in neighbouring directions and at several thresholds."""
    kept: list[Region] = []
    for region in sorted(regions, key=lambda one: -one.strength):
        if not any(_alike(region, known) for known in kept):
            kept.append(region)
    return kept


def _alike(one: Region, other: Region) -> bool:
    apart = math.hypot(one.x - other.x, one.y - other.y)
    size, known = max(one.width, one.height), max(other.width, other.height)
    return apart < 0.2 * max(size, known) and 0.6 < size / known < 1.7


def find_places(
    grey: Image, *, least_bars: int = LEAST_BARS, small: int = SMALL, most: int = MOST_REGIONS
) -> tuple[list[Region], list[Region]]:
    """Up to `most` places where parallel bars may stand, and as many where a QR or Data Matrix may, likeliest first.

    `grey` is a picture of 8 bits, height by width, searched on a copy of at most `small` pixels on its longer side.
    `least_bars` is how often a place must change between light and dark to pass for bars. The angle of a matrix is that
    of its module grid, between -45 and 45 degrees.
    """
    tensor = tensor_of(grey, small)
    energy = tensor.energy
    strongest = float(energy.max())
    if strongest < _LEAST_CONTRAST**2 or float(np.percentile(energy, 5)) > _EVEN * strongest:
        return [], []
    bars = (one for one in distinct(_bars(tensor, energy)) if count_bars(grey, one) >= least_bars)
    matrices = (one for one in distinct(_matrices(tensor, energy, most)) if _busy_both_ways(grey, one))
    return list(islice(bars, most)), [_on_grid(grey, one) for one in islice(matrices, most)]


def _bars(tensor: Tensor, energy: Plane) -> Iterator[Region]:
    contrast = energy > _LEAST_CONTRAST**2
    for sector in range(_SECTORS):
        mask = ((tensor.towards(math.pi * sector / _SECTORS) > _ONE_WAY * energy) & contrast).astype(np.uint8)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        yield from (region for region, _ in _regions_of(mask, tensor, energy))


def _matrices(tensor: Tensor, energy: Plane, most: int) -> Iterator[Region]:
    busy = float(np.percentile(energy, 90))
    levels = [_BUSIEST * float(energy.max()), *(part * busy for part in _BUSY)]
    for level in levels if most > MOST_REGIONS else levels[:2]:
        mask = (energy > max(_LEAST_CONTRAST**2, level)).astype(np.uint8)
        opened: Image = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
        for region, one_way in _regions_of(opened, tensor, energy):
            if one_way < _BOTH_WAYS and max(region.width, region.height) < 4 * min(region.width, region.height):
                yield region


def _busy_both_ways(grey: Image, region: Region) -> bool:
    """Whether single lines through the middle change often, along the region and across it: a page of dots does."""
    across = replace(region, width=region.height, height=region.width, angle=region.angle + 90)
    return all(count_bars(grey, way, band=0.04) >= _LEAST_CHANGES for way in (region, across))


def _on_grid(grey: Image, region: Region) -> Region:
    """The region turned so that its module grid is upright: edges fall in two directions, so angles fold by four."""
    reach = max(region.width, region.height) / 2
    top, left = max(0, int(region.y - reach)), max(0, int(region.x - reach))
    patch, _ = small_copy(grey[top : int(region.y + reach) + 1, left : int(region.x + reach) + 1], 240)
    across, down = cv2.Sobel(patch, cv2.CV_32F, 1, 0), cv2.Sobel(patch, cv2.CV_32F, 0, 1)
    twice, mixed, size = across**2 - down**2, 2 * across * down, across**2 + down**2 + 1
    turn = math.atan2(float((2 * twice * mixed / size).sum()), float(((twice**2 - mixed**2) / size).sum())) / 4
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
