"""Adds up the frames of a camera or film around a label that was found and not read, until noise and dark average out.

A frame's noise is its own, the label is in all of them: the mean of n frames has the noise of one divided by the root
of n, and in low light the grey levels between two steps of the sensor. Frames are laid on each other by phase
correlation of a copy of half the size, which is a shift; a label that turns or goes begins a new sum.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import numpy.typing as npt

from scanner.budget import Budget
from scanner.decode import Effort, Examined, as_grey, examine_within
from scanner.localise import Region
from scanner.symbols import Image, Symbol, in_reading_order, moved

_LOOKED_AT = (3, 5, 8, 12)  # frames in a sum when it is tried; after the last the next place is begun
_FOR_THE_AVERAGE = 70.0  # milliseconds of a frame's time that are kept for looking at the sum
_LAST_STAGE = 20.0  # milliseconds: the frame and its average may both pass their time by a stage
_AROUND = 1.5  # times the place: its quiet zones, and what the localiser cut off
_SIDES = (480, 720)  # pixels: the smallest and the largest window
_HALF = 0.5
_SOFT = 1.0  # sigma in pixels of the half-size copy: phase correlation counts noise and label alike
_ALIKE = 0.35  # height of the correlation's peak; another label of the same shape in the same place stays below it
_STEP = 1 / 8  # of the window: a label that moves further in one frame is blurred anyway
_Plane = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Sum:
    """Frames added up: `left`, `top` is the corner of the window in the latest of them, in pixels."""

    total: _Plane
    left: float
    top: float
    frames: int = 1

    def add(self, grey: Image) -> bool:
        """Lay this frame's window on the sum; False, with nothing added, when it does not show the same."""
        side = self.total.shape[0]
        left, top = _inside(grey, self.left, self.top, side)
        window = _window(grey, left, top, side)
        (right, down), peak = cv2.phaseCorrelate(_soft(self.total), _soft(window), _hann(side))
        right, down = right / _HALF, down / _HALF
        if peak < _ALIKE or max(abs(right), abs(down)) > _STEP * side:
            return False
        shift = np.array([[1, 0, -right], [0, 1, -down]], np.float32)
        self.total += cv2.warpAffine(window, shift, (side, side), borderMode=cv2.BORDER_REPLICATE)
        self.left, self.top, self.frames = left + right, top + down, self.frames + 1
        return True

    def mean(self) -> Image:
        """The average with its contrast stretched to 8 bits."""
        low, high = np.percentile(self.total[::4, ::4], (0.5, 99.5))
        picture: Image = ((self.total - low) * (255 / max(1.0, high - low))).clip(0, 255).astype(np.uint8)
        return picture

    def in_the_frame(self, read: Symbol) -> Symbol:
        """What was read in the average, where it stands in the latest frame."""
        back = np.array([[1.0, 0.0, self.left], [0.0, 1.0, self.top]])
        return replace(moved(read, back), stage=f"{self.frames} frames averaged, {read.stage}")


@dataclass(slots=True)
class Film:
    """Reads frames that follow each other: each by itself, and what none of them shows clearly in their average.

    An average counts no more than a frame does: only for a code of ours, by its check character, and for one sighting.
    Once it gave one it is thrown away, so that the second sighting, which `scanner.agree` waits for, comes of frames
    that had no part in the first: two averages of which one holds the other would agree on the same error.
    """

    clock: Callable[[], float] = time.perf_counter
    _sum: _Sum | None = None
    _tried: int = field(default=0)  # sums that came to nothing: the next begins at another place

    def examine(self, image: npt.NDArray[np.uint8]) -> Examined:
        """The next frame, in the time of Effort.LIVE. Raises ValueError for what is no picture."""
        grey, whole = as_grey(image), Budget(Effort.LIVE.value, self.clock)
        due = self._sum is not None and self._sum.frames + 1 in _LOOKED_AT
        own = Budget(whole.ms - (_FOR_THE_AVERAGE if due else 0.0), self.clock)
        seen = examine_within(grey, Effort.LIVE, own)
        if any(read.ours for read in seen.symbols) or (self._sum is None and not seen.places):
            self._sum = None
            return seen
        with own.stage("registration"):
            self._add(grey, seen.places)
        if self._sum is None or self._sum.frames not in _LOOKED_AT:
            return seen
        with own.stage("average"):
            reads = self._look_at(self._sum, whole)
        return replace(seen, symbols=in_reading_order([*seen.symbols, *reads]))

    def _add(self, grey: Image, places: tuple[Region, ...]) -> None:
        if self._sum is None or self._sum.total.shape[0] > min(grey.shape) or not self._sum.add(grey):
            place = places[self._tried % len(places)] if places else None
            self._sum = None if place is None else _begun(grey, place)

    def _look_at(self, summed: _Sum, whole: Budget) -> list[Symbol]:
        reads = examine_within(summed.mean(), Effort.LIVE, Budget(whole.rest - _LAST_STAGE, self.clock)).symbols
        ours = [summed.in_the_frame(read) for read in reads if read.ours]
        if ours or summed.frames == _LOOKED_AT[-1]:
            self._sum = None
            self._tried = 0 if ours else self._tried + 1
        return ours


def _begun(grey: Image, place: Region) -> _Sum:
    side = round(min(max(_AROUND * max(place.width, place.height), _SIDES[0]), _SIDES[1], *grey.shape))
    left, top = _inside(grey, place.x - side / 2, place.y - side / 2, side)
    return _Sum(_window(grey, left, top, side), left, top)


def _inside(grey: Image, left: float, top: float, side: int) -> tuple[int, int]:
    """The corner, in whole pixels, moved so that the window lies in the frame."""
    height, width = grey.shape
    return max(0, min(round(left), width - side)), max(0, min(round(top), height - side))


def _window(grey: Image, left: int, top: int, side: int) -> _Plane:
    return grey[top : top + side, left : left + side].astype(np.float32)


def _soft(window: npt.NDArray[np.floating]) -> _Plane:
    small = cv2.resize(window, None, fx=_HALF, fy=_HALF, interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), _SOFT)  # type: ignore[no-any-return]  # cv2 is untyped here


def _hann(side: int) -> _Plane:
    half = round(side * _HALF)
    return cv2.createHanningWindow((half, half), cv2.CV_32F)  # type: ignore[no-any-return]  # cv2 is untyped here
