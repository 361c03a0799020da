"""Ways to look again at one region of a picture: turned upright, enlarged, averaged along its bars, deblurred.

Each way is an Attempt, made lazily in order of what it usually brings for what it costs, so that a caller with a time
budget stops when it is spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from scanner import readers
from scanner.localise import Region, upright
from scanner.symbols import Image, Matrix

_BLURS = (1.2, 1.8, 2.5)  # sigma in pixels of the picture before enlargement
_BACK_IN_PLACE: Matrix = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look: a picture made for one reader, and the matrix that takes its points to the original.

    `trusted` is False for pictures that are partly our own guess (averaged, deblurred): there a foreign code has to be
    seen twice, while ours carries its own check.
    """

    picture: Image
    back: Matrix
    read: readers.Reader
    trusted: bool = True


def _looks(picture: Image, back: Matrix, *ways: readers.Reader) -> Iterator[Attempt]:
    for read in ways:
        yield Attempt(picture, back, read)


def at_bars(grey: Image, region: Region) -> Iterator[Attempt]:
    """Looks at a region where parallel bars may stand."""
    region = replace(region, height=min(region.height, region.width))
    crop, back = upright(grey, region, spare=(0.15, 0.0), least=500)
    yield Attempt(crop, back, readers.read_labels)
    yield Attempt(along_the_bars(crop), back, readers.read_lines, trusted=False)
    scale = crop.shape[1] / (region.width * 1.3)
    for sigma in _BLURS:
        yield Attempt(sharpened_line(crop, sigma * scale), back, readers.read_lines, trusted=False)
    yield Attempt(crop, back, readers.read_with_zbar)
    larger, back = upright(grey, region, spare=(0.25, 0.25), least=1000)
    yield from _looks(larger, back, readers.read_everything, readers.read_with_zbar)
    yield Attempt(along_the_bars(larger), back, readers.read_lines, trusted=False)


def at_matrix(grey: Image, region: Region) -> Iterator[Attempt]:
    """Looks at a region where a QR or a Data Matrix may stand."""
    crop, back = upright(grey, region, spare=(0.2, 0.2), least=400)
    yield from _looks(crop, back, readers.read_everything, readers.read_by_one_threshold, readers.read_with_zbar)
    scale = crop.shape[1] / (region.width * 1.4)
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.8, 0.7 * scale))
    yield from _looks(soft, back, readers.read_everything, readers.read_by_one_threshold)
    for sigma in _BLURS:
        yield Attempt(sharpened(crop, sigma * scale), back, readers.read_everything, trusted=False)


def whole_again(grey: Image) -> Iterator[Attempt]:
    """Looks at the whole picture: one threshold, twice the size, half the size, turned three ways."""
    yield Attempt(grey, _BACK_IN_PLACE, readers.read_by_one_threshold)
    longer = max(grey.shape)
    if longer <= 1600:
        yield from _resized(grey, 2.0)
    if longer >= 600:
        yield from _resized(grey, 0.5)
    for angle in (45.0, 22.5, 67.5):
        whole = Region((grey.shape[1] - 1) / 2, (grey.shape[0] - 1) / 2, longer, longer, angle, 0.0)
        picture, back = upright(grey, whole, spare=(0.0, 0.0), least=1)
        yield Attempt(picture, back, readers.read_everything)


def _resized(grey: Image, factor: float) -> Iterator[Attempt]:
    kind = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    picture = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=kind)
    offset = (1 / factor - 1) / 2
    back = np.array([[1 / factor, 0.0, offset], [0.0, 1 / factor, offset]])
    yield from _looks(picture, back, readers.read_everything, readers.read_with_zbar)


def along_the_bars(crop: Image) -> Image:
    """The upright crop averaged down a third of its height, which leaves bars and takes noise and scratches away."""
    return cv2.blur(crop, (1, max(3, crop.shape[0] // 3)))  # type: ignore[no-any-return]  # cv2 is untyped here


def _wiener(spectrum: np.ndarray, blur: np.ndarray) -> np.ndarray:
    # 0.01 is the power of the noise against the signal's: a small enough figure to sharpen, large enough not to ring.
    restored: np.ndarray = np.fft.irfftn(spectrum * blur / (blur * blur + 0.01))
    return restored


def _gaussian(frequencies: np.ndarray, sigma: float) -> np.ndarray:
    response: np.ndarray = np.exp(-2 * (np.pi * sigma * frequencies) ** 2)
    return response


def _stretched(values: np.ndarray) -> Image:
    low, high = np.percentile(values, (1, 99))
    picture: Image = ((values - low) * (255 / max(1.0, high - low))).clip(0, 255).astype(np.uint8)
    return picture


def sharpened_line(crop: Image, sigma: float) -> Image:
    """The middle half of the upright crop as one averaged line, deblurred (Wiener) for a defocus of `sigma` pixels.

    The answer is that line repeated 32 times, with the crop's width.
    """
    height, width = crop.shape
    line = crop[height // 4 : max(height // 4 + 1, 3 * height // 4)].mean(axis=0)
    mirrored = np.concatenate([line, line[::-1]])
    response = _gaussian(np.fft.rfftfreq(2 * width), sigma)
    return np.repeat(_stretched(_wiener(np.fft.rfft(mirrored), response)[:width])[None, :], 32, axis=0)


def sharpened(crop: Image, sigma: float) -> Image:
    """The crop deblurred (Wiener) for a defocus of `sigma` pixels."""
    height, width = crop.shape
    both = np.concatenate([crop, crop[::-1]])
    mirrored = np.concatenate([both, both[:, ::-1]], axis=1).astype(np.float64)
    response = np.outer(_gaussian(np.fft.fftfreq(2 * height), sigma), _gaussian(np.fft.rfftfreq(2 * width), sigma))
    return _stretched(_wiener(np.fft.rfft2(mirrored), response)[:height, :width])
