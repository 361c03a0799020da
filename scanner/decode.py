"""Reads every Code 128, QR and Data Matrix in a picture: a fast look first, then rescue while time is left.

The order is by what each step brings for its cost on photographs: zxing-cpp on the whole picture, zbar, then regions
that look like bars or matrices turned upright and enlarged, and at last the whole picture again at other sizes and
angles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice

import cv2
import numpy as np
import numpy.typing as npt

from scanner import localise, readers, rescue
from scanner.localise import Region
from scanner.symbols import CODE_128, Image, Symbol, covers, in_reading_order, moved, same_symbol

_FRAME_DEPTH = 6  # ways of looking at one place of a live frame: the next frame is another chance
_FEW_LINES = 4  # pixels from the first line to the last
_LEAST_SIDE = 10  # pixels: the smallest Data Matrix at one pixel a module


class Effort(Enum):
    """How long to look; the value is the budget in milliseconds, checked between steps."""

    FAST = 0  # one look with the fastest reader
    LIVE = 150  # a frame of a camera: rescue only when the fast look saw none of ours
    FULL = 5000  # a picture that somebody wants read


@dataclass
class _Search:
    """What has been found in one picture, and what still waits for a second, agreeing read."""

    found: list[Symbol] = field(default_factory=list)
    waiting: list[Symbol] = field(default_factory=list)

    def take(self, symbols: list[Symbol], *, trusted: bool = True) -> None:
        for read in symbols:
            if any(same_symbol(read, known) for known in self.found):
                continue
            if read.ours or (trusted and not _on_few_lines(read)) or self._seen_before(read):
                self.found.append(read)
            else:
                self.waiting.append(read)

    def try_out(self, attempt: rescue.Attempt) -> None:
        reads = [moved(read, attempt.back) for read in attempt.read(attempt.picture)]
        self.take(reads, trusted=attempt.trusted)

    def _seen_before(self, read: Symbol) -> bool:
        return any((read.text, read.symbology) == (earlier.text, earlier.symbology) for earlier in self.waiting)

    def believed(self) -> list[Symbol]:
        """What was found, without bars that somebody else's text was read from where a code of ours stands."""
        ours = [read for read in self.found if read.ours]
        return [
            read
            for read in self.found
            if read.ours or read.symbology != CODE_128 or not any(covers(known, *read.centre) for known in ours)
        ]

    def explains(self, region: Region) -> bool:
        """Whether a symbol already read stands where the region is."""
        return any(covers(read, region.x, region.y, margin=_margin(read)) for read in self.found)

    @property
    def has_ours(self) -> bool:
        return any(read.ours for read in self.found)


def _on_few_lines(read: Symbol) -> bool:
    """Whether a foreign Code 128 was read on one or two scan lines only.

    Its own check symbol lets one misreading in a hundred through, and a scratch makes many; a second way of looking
    has to say the same. Bars across a tall stretch of lines agree with themselves.
    """
    left, top, right, bottom = read.box
    return read.symbology == CODE_128 and min(right - left, bottom - top) < _FEW_LINES


def _margin(read: Symbol) -> float:
    # zxing gives a Code 128 the height of the lines it used, which may be a sliver of the bars.
    return 0.2 if read.symbology == CODE_128 else 0.1


def as_grey(image: npt.NDArray[np.uint8]) -> Image:
    """A picture of 8 bits and one channel, from grey, BGR or BGRA. Raises ValueError for any other shape or depth."""
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or 0 in image.shape:
        raise ValueError("A picture is height by width, grey, BGR or BGRA, of 8 bits.")
    if image.ndim == 3:
        conversions = {1: None, 3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}
        if image.shape[2] not in conversions:
            raise ValueError("A picture has one, three or four channels.")
        conversion = conversions[image.shape[2]]
        image = image[:, :, 0] if conversion is None else cv2.cvtColor(image, conversion)
    return np.ascontiguousarray(image)


def decode_image(
    image: npt.NDArray[np.uint8],
    *,
    effort: Effort = Effort.FULL,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Symbol]:
    """The symbols in the picture, in reading order.

    `image` is height by width (grey) or height by width by 3 (BGR), 8 bits. `clock` gives seconds. A step that has
    begun is finished, so the budget of `effort` can be passed by one step. Raises ValueError for what is no picture.
    """
    grey = as_grey(image)
    ends = clock() + effort.value / 1000
    search = _Search()
    search.take(_first_look(effort)(grey))
    if min(grey.shape) < _LEAST_SIDE:
        return in_reading_order(search.believed())
    if effort is Effort.LIVE:
        _rescue_frame(grey, search, lambda: clock() < ends)
    if effort is Effort.FULL:
        _rescue_picture(grey, search, lambda: clock() < ends)
    return in_reading_order(search.believed())


def _first_look(effort: Effort) -> readers.Reader:
    return readers.read_everything if effort is Effort.FULL else readers.read_labels


def _rescue_frame(grey: Image, search: _Search, time_left: Callable[[], bool]) -> None:
    """One frame of many: nothing more once one of ours is read, and only the ways that are quick."""
    if search.has_ours:
        return
    bars, matrices = localise.find_places(grey)
    looks = [(region, islice(rescue.at_bars(grey, region), _FRAME_DEPTH)) for region in bars]
    looks += [(region, islice(rescue.at_matrix(grey, region), _FRAME_DEPTH // 2)) for region in matrices[:2]]
    for place, attempt in _in_turns(looks):
        if not time_left() or any(read.ours for read in search.found):
            return
        if not search.explains(place):
            search.try_out(attempt)


def _rescue_picture(grey: Image, search: _Search, time_left: Callable[[], bool]) -> None:
    search.take(readers.read_with_zbar(grey))
    bars, matrices = localise.find_places(grey)
    places = [(region, rescue.at_bars(grey, region)) for region in bars]
    places += [(region, rescue.at_matrix(grey, region)) for region in matrices]
    for place, attempt in _in_turns(places):
        if not time_left():
            return
        if not search.explains(place):
            search.try_out(attempt)
    if search.found and all(search.explains(region) for region, _ in places):
        return
    for attempt in rescue.whole_again(grey):
        if not time_left():
            return
        search.try_out(attempt)


def _in_turns(
    places: Sequence[tuple[Region, Iterator[rescue.Attempt]]],
) -> Iterator[tuple[Region, rescue.Attempt]]:
    """The first way at every place, then the second, and so on: the cheap ways come before the dear ones."""
    waiting: Sequence[tuple[Region, Iterator[rescue.Attempt]]] = places
    while waiting:
        going_on = []
        for region, attempts in waiting:
            attempt = next(attempts, None)
            if attempt is not None:
                yield region, attempt
                going_on.append((region, attempts))
        waiting = going_on
