"""Takes away what paper, lens and light did to a crop: averaged bars, Wiener deblurring, even light, joined dots.

The blurs are what cameras make: a Gaussian for a lens that is a little off, a disc for one that is out of focus.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from scanner.symbols import Image

_NOISE = 0.01  # power of the noise against the signal's: small enough to sharpen, large enough not to ring
_Spectrum = npt.NDArray[np.floating]


def along_the_bars(crop: Image) -> Image:
    """The upright crop averaged down a third of its height, which leaves bars and takes noise and scratches away."""
    return cv2.blur(crop, (1, max(3, crop.shape[0] // 3)))  # type: ignore[no-any-return]  # cv2 is untyped here


def _stretched(values: _Spectrum) -> Image:
    low, high = np.percentile(values[:: max(1, values.shape[0] // 100)], (1, 99))
    picture: Image = ((values - low) * (255 / max(1.0, high - low))).clip(0, 255).astype(np.uint8)
    return picture


def _wiener(blur: _Spectrum) -> _Spectrum:
    filtered: _Spectrum = blur / (blur * blur + _NOISE)
    return filtered


def _gaussian(frequencies: _Spectrum, sigma: float) -> _Spectrum:
    response: _Spectrum = np.exp(-2 * (np.pi * sigma * frequencies) ** 2)
    return response


def sharpened_line(crop: Image, sigma: float) -> Image:
    """The middle half of the upright crop as one averaged line, deblurred (Wiener) for a defocus of `sigma` pixels.

    The answer is that line repeated 32 times, with the crop's width.
    """
    height, width = crop.shape
    line = crop[height // 4 : max(height // 4 + 1, 3 * height // 4)].mean(axis=0)
    mirrored = np.concatenate([line, line[::-1]])
    filtered = np.fft.rfft(mirrored) * _wiener(_gaussian(np.fft.rfftfreq(2 * width), sigma))
    restored = np.fft.irfft(filtered)[:width]
    return np.repeat(_stretched(restored[None, :]), 32, axis=0)


def sharpened(crop: Image, sigma: float) -> Image:
    """The crop deblurred (Wiener) for a lens blur of `sigma` pixels."""
    return _restored(crop, lambda radius: _gaussian(radius, sigma))


def refocused(crop: Image, radius: float) -> Image:
    """The crop deblurred (Wiener) for a defocus that makes a disc of `radius` pixels out of a point."""

    def disc(frequency: _Spectrum) -> _Spectrum:
        # The disc's transform is 2 J1(x) / x; this is J1's integral over half a turn, which needs no library.
        turns = (np.arange(16) + 0.5) * np.pi / 16
        x = 2 * np.pi * radius * frequency
        waves = sum(np.cos(x * np.cos(turn)) * np.sin(turn) ** 2 for turn in turns)
        response: _Spectrum = np.asarray(waves) / float(sum(np.sin(turns) ** 2))
        return response

    return _restored(crop, disc)


def _restored(crop: Image, response: Callable[[_Spectrum], _Spectrum]) -> Image:
    height, width = crop.shape
    framed = cv2.copyMakeBorder(
        crop, 0, _good_size(height) - height, 0, _good_size(width) - width, cv2.BORDER_REFLECT
    ).astype(np.float64)
    rows, columns = np.fft.fftfreq(framed.shape[0]), np.fft.rfftfreq(framed.shape[1])
    blur = response(np.hypot(rows[:, None], columns[None, :]))
    restored = np.fft.irfft2(np.fft.rfft2(framed) * _wiener(blur), framed.shape)
    return _stretched(restored[:height, :width])


def _good_size(length: int) -> int:
    return int(cv2.getOptimalDFTSize(length + 32))


def evenly_lit(picture: Image) -> Image:
    """The picture with contrast stretched tile by tile (CLAHE), for shadow, haze and faint print."""
    return cv2.createCLAHE(4.0, (6, 6)).apply(picture)  # type: ignore[no-any-return]  # cv2 is untyped here


def joined_dots(crop: Image, reach: int, *, dark: bool) -> Image:
    """Dots grown by `reach` pixels until neighbours touch, as those of a needle or a dot matrix printer do not."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.8, reach / 2))
    return (cv2.erode if dark else cv2.dilate)(soft, disc)  # type: ignore[no-any-return]  # cv2 is untyped here
