"""Ways to look again at one place of a picture, or at all of it: turned upright, enlarged, averaged, deblurred.

Each way is an Attempt, made lazily in order of what it usually brings for what it costs, so that a caller with a time
budget stops when it is spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

import cv2
import numpy as np

from scanner import deblur, readers
from scanner.localise import Region, upright
from scanner.outline import four_corners, from_the_front
from scanner.symbols import Corners, Image, Matrix
from scanner.tensor import small_copy

_BLURS = (1.2, 1.8, 2.5)  # sigma in pixels of the picture before enlargement
_DISCS = (2.5, 3.5)  # radius in pixels of the picture before enlargement
_ZOOMS = (1.5, 3.0)
_WITH_SPARE = 1.4  # times the region: a fifth of it is kept on either side
_CROP = 480  # pixels; a larger crop of a matrix shows nothing more
_DOTS = (18, 28)  # modules across a dot-peened symbol, roughly: 10 to 22, and larger ones
_BACK_IN_PLACE: Matrix = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
_LARGE = 1600  # pixels: a larger picture is not enlarged
_SMALL = 600  # pixels: a smaller picture is not made smaller


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look: a stage's name, a picture made for one reader, and the matrix that takes its points to the original.

    `trusted` is False for pictures that are partly our own guess (averaged, deblurred): there a foreign code has to be
    seen in another stage, too, while ours carries its own check.
    """

    stage: str
    picture: Image
    back: Matrix
    read: readers.Reader
    trusted: bool = True


def at_bars(grey: Image, region: Region) -> Iterator[Attempt]:
    """Looks at a region where parallel bars may stand."""
    region = replace(region, height=min(region.height, region.width))
    crop, back = upright(grey, region, spare=(0.2, 0.0), least=500)
    yield Attempt("bars upright", crop, back, readers.read_labels)
    yield Attempt("bars averaged", deblur.along_the_bars(crop), back, readers.read_lines, trusted=False)
    scale = crop.shape[1] / (region.width * 1.4)
    for sigma in _BLURS:
        line = deblur.sharpened_line(crop, sigma * scale)
        yield Attempt(f"bars deblurred {sigma}", line, back, readers.read_lines, trusted=False)
    yield Attempt("bars by zbar", crop, back, readers.read_with_zbar)
    yield Attempt("light bars", deblur.along_the_bars(crop), back, readers.read_inverted_lines, trusted=False)
    larger, back = upright(grey, region, spare=(0.25, 0.25), least=1000)
    yield Attempt("bars enlarged", larger, back, readers.read_everything)
    yield Attempt("bars enlarged by zbar", larger, back, readers.read_with_zbar)
    yield Attempt("bars enlarged, averaged", deblur.along_the_bars(larger), back, readers.read_lines, trusted=False)
    yield Attempt("light bars enlarged", larger, back, readers.read_inverted_lines, trusted=False)
    for sigma in (0.8, *_BLURS, 3.5):
        line = deblur.sharpened_line(larger, sigma * larger.shape[1] / (region.width * 1.5))
        yield Attempt(f"bars enlarged, deblurred {sigma}", line, back, readers.read_lines, trusted=False)


def at_matrix(grey: Image, region: Region) -> Iterator[Attempt]:
    """Looks at a region where a QR or a Data Matrix may stand, as it lies and from the front."""
    for zoom in _ZOOMS if region.width * _WITH_SPARE * _ZOOMS[0] < _CROP else (1.0,):
        crop, back = upright(grey, region, spare=(0.2, 0.2), least=round(region.width * _WITH_SPARE * zoom))
        crop, back = _at_most(crop, back, _CROP)
        scale = crop.shape[1] / (region.width * _WITH_SPARE)
        looks = [_matrix_looks(f"matrix x{zoom}", crop, back, scale)]
        corners = four_corners(crop)
        front = from_the_front(crop, corners, round(region.width * scale), spare=0.15) if corners is not None else None
        if front is not None:
            looks.append(_matrix_looks(f"matrix x{zoom} from the front", front[0], _whole(back) @ front[1], scale))
        yield from chain.from_iterable(filter(None, pair) for pair in zip_longest(*looks))
        yield from _dotted(crop, back)
    yield Attempt("matrix by OpenCV", crop, back, readers.read_with_opencv, trusted=False)


def _at_most(crop: Image, back: Matrix, side: int) -> tuple[Image, Matrix]:
    """A crop that is larger than it helps, made smaller."""
    small, factor = small_copy(crop, side)
    if factor == 1:
        return crop, back
    offset = back[:, :2] @ np.full(2, (factor - 1) / 2)
    return small, np.column_stack([back[:, :2] * factor, back[:, 2] + offset])


def _whole(back: Matrix) -> Matrix:
    return np.vstack([back, (0.0, 0.0, 1.0)])


def _matrix_looks(name: str, crop: Image, back: Matrix, scale: float) -> Iterator[Attempt]:
    yield Attempt(f"{name} upright", crop, back, readers.read_everything)
    # What is a blur of a small symbol is little to the modules of a large one, and dear to take away.
    ways = (_deblurred_looks, _as_it_is_looks) if scale > 1 else (_as_it_is_looks, _deblurred_looks)
    for looks in ways:
        yield from looks(name, crop, back, scale)


def _deblurred_looks(name: str, crop: Image, back: Matrix, scale: float) -> Iterator[Attempt]:
    for sigma in _BLURS:
        sharp = deblur.sharpened(crop, sigma * scale)
        yield Attempt(f"{name}, deblurred {sigma}", sharp, back, readers.read_everything, trusted=False)
        yield Attempt(f"{name}, deblurred {sigma}, one threshold", sharp, back, readers.read_by_one_threshold, False)
    for radius in _DISCS:
        sharp = deblur.refocused(crop, radius * scale)
        yield Attempt(f"{name}, refocused {radius}", sharp, back, readers.read_everything, trusted=False)


def _as_it_is_looks(name: str, crop: Image, back: Matrix, scale: float) -> Iterator[Attempt]:
    yield Attempt(f"{name}, one threshold", crop, back, readers.read_by_one_threshold)
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.8, 0.7 * scale))
    yield Attempt(f"{name}, softened", soft, back, readers.read_everything)
    yield Attempt(f"{name} by zbar", crop, back, readers.read_with_zbar)
    yield Attempt(f"{name}, evenly lit", deblur.evenly_lit(crop), back, readers.read_everything)


def _dotted(crop: Image, back: Matrix) -> Iterator[Attempt]:
    for modules in _DOTS:
        reach = max(1, round(crop.shape[1] / 1.4 / modules / 4))
        for dark in (True, False):
            joined = deblur.joined_dots(crop, reach, dark=dark)
            name = f"{'dark' if dark else 'light'} dots joined, {modules}"
            yield Attempt(name, joined, back, readers.read_everything, trusted=False)


def at_corners(grey: Image, corners: Corners) -> Iterator[Attempt]:
    """Looks at a matrix whose corners are known and whose text is not, from the front and larger."""
    long = max(abs(x - corners[0][0]) + abs(y - corners[0][1]) for x, y in corners)
    for spare, side in ((0.15, 400), (0.3, 300)):
        front = from_the_front(grey, corners, side, spare=spare)
        if front is not None:
            yield from _matrix_looks(f"corners {side}", *front, side / max(1.0, long))


def whole_again(grey: Image) -> Iterator[Attempt]:
    """Looks at the whole picture: one threshold, larger, smaller, light on dark, evenly lit, turned three ways."""
    longer = max(grey.shape)
    if longer <= _LARGE:
        yield from _resized(grey, 2.0)
    if longer >= _SMALL:
        yield from _resized(grey, 0.5)
    yield Attempt("whole, one threshold", grey, _BACK_IN_PLACE, readers.read_by_one_threshold)
    yield Attempt("whole, light bars", grey, _BACK_IN_PLACE, readers.read_inverted_lines)
    yield Attempt("whole, evenly lit", deblur.evenly_lit(grey), _BACK_IN_PLACE, readers.read_everything, trusted=False)
    if longer <= _SMALL:
        yield from _resized(grey, 3.0)
    yield Attempt("whole by OpenCV", grey, _BACK_IN_PLACE, readers.read_with_opencv, trusted=False)
    for angle in (45.0, 22.5, 67.5):
        whole = Region((grey.shape[1] - 1) / 2, (grey.shape[0] - 1) / 2, longer, longer, angle, 0.0)
        picture, back = upright(grey, whole, spare=(0.0, 0.0), least=1)
        yield Attempt(f"whole turned {angle}", picture, back, readers.read_everything)
    if longer > 4 * _SMALL:
        yield from _resized(grey, 0.25)


def _resized(grey: Image, factor: float) -> Iterator[Attempt]:
    kind = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    picture = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=kind)
    offset = (1 / factor - 1) / 2
    back = np.array([[1 / factor, 0.0, offset], [0.0, 1 / factor, offset]])
    yield Attempt(f"whole x{factor}", picture, back, readers.read_everything)
    if picture.size < _LARGE**2:
        yield Attempt(f"whole x{factor} by zbar", picture, back, readers.read_with_zbar)
