"""Reads every Code 128, QR and Data Matrix in a picture: a fast look first, then rescue while time is left.

The order is by what each stage brings for its cost on photographs: zxing-cpp on the whole picture, zbar, then regions
that look like bars or matrices turned upright and enlarged, and at last the whole picture again at other sizes and
angles.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count, islice

import cv2
import numpy as np
import numpy.typing as npt

from scanner import localise, readers, rescue
from scanner.believe import Findings
from scanner.budget import Budget
from scanner.localise import Region
from scanner.symbols import Image, Symbol, in_reading_order, moved

_FRAME_DEPTH = 6  # ways of looking at one place of a live frame: the next frame is another chance
_FRAME_MATRICES = 2
_PICTURE_PLACES = 6
_FINE = 1920  # pixels of the copy on which a large picture is searched a second time
_LEAST_SIDE = 10  # pixels: the smallest Data Matrix at one pixel a module
_BROKEN = 4  # symbols found and not read that are worth looking at from the front
_PATIENCE = 30  # ways at each place without anything new: all those at bars, and a matrix at its first size
_Place = tuple[Region | None, Iterator[rescue.Attempt]]


class Effort(Enum):
    """How long to look; the value is the budget in milliseconds, checked between stages."""

    FAST = 0  # one look with the fastest reader
    LIVE = 130  # a frame of a camera: rescue only when the fast look saw none of ours; with its last stage under 150
    FULL = 2500  # a picture that somebody wants read


@dataclass(frozen=True, slots=True)
class Examined:
    """The symbols in one picture in reading order, and the milliseconds that each stage took, by its name.

    `places` are those of a live frame where a label may stand that was not read, likeliest first.
    """

    symbols: list[Symbol]
    spent: dict[str, float]
    places: tuple[Region, ...] = ()


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

    `image` is height by width (grey) or height by width by 3 (BGR), 8 bits. `clock` gives seconds. A stage that has
    begun is finished, so the budget of `effort` can be passed by one stage. Raises ValueError for what is no picture.
    """
    return examine(image, effort=effort, clock=clock).symbols


def examine(
    image: npt.NDArray[np.uint8],
    *,
    effort: Effort = Effort.FULL,
    clock: Callable[[], float] = time.perf_counter,
) -> Examined:
    """As decode_image, with what each stage took."""
    return examine_within(as_grey(image), effort, Budget(effort.value, clock))


def examine_within(grey: Image, effort: Effort, budget: Budget) -> Examined:
    """As examine, for a grey picture and with the time that `budget` leaves of what `effort` would take."""
    findings = Findings()
    places: list[Region] = []
    first_look = readers.read_everything if effort is Effort.FULL else readers.read_labels
    with budget.stage("first look"):
        findings.take(first_look(grey), "first look")
    if min(grey.shape) >= _LEAST_SIDE:
        if effort is Effort.LIVE:
            places = _rescue_frame(grey, findings, budget)
        if effort is Effort.FULL:
            _rescue_picture(grey, findings, budget)
    unread = tuple(place for place in places if not findings.explains(place))
    return Examined(in_reading_order(findings.believed()), budget.spent, unread)


def _try_out(attempt: rescue.Attempt, findings: Findings, budget: Budget) -> None:
    with budget.stage(attempt.stage):
        reads = [moved(read, attempt.back) for read in attempt.read(attempt.picture)]
    findings.take(reads, attempt.stage, trusted=attempt.trusted)


def _rescue_frame(grey: Image, findings: Findings, budget: Budget) -> list[Region]:
    """One frame of many: nothing more once one of ours is read, and only the ways that are quick. Where it looked."""
    if findings.any_of(lambda read: read.ours):
        return []
    with budget.stage("localiser"):
        bars, matrices = localise.find_places(grey)
    places: list[_Place] = [(region, islice(rescue.at_bars(grey, region), _FRAME_DEPTH)) for region in bars]
    places += [(region, islice(rescue.at_matrix(grey, region), _FRAME_DEPTH)) for region in matrices[:_FRAME_MATRICES]]
    for _, place, attempt in _in_turns(places):
        if not budget.left or findings.any_of(lambda read: read.ours):
            break
        if place is None or not findings.explains(place):
            _try_out(attempt, findings, budget)
    return bars + matrices[:_FRAME_MATRICES]


def _rescue_picture(grey: Image, findings: Findings, budget: Budget) -> None:
    with budget.stage("second opinion"):
        reads = readers.read_with_zbar(grey)
    findings.take(reads, "second opinion")
    bars, matrices = _places_of(grey, budget)
    if findings.found and all(findings.explains(region) for region in (*bars, *matrices)):
        return
    with budget.stage("broken matrices"):
        broken = readers.broken_matrices(grey)[:_BROKEN]
    places: list[_Place] = [(None, rescue.at_corners(grey, corners)) for corners in broken]
    places += [(region, rescue.at_bars(grey, region)) for region in bars]
    places += [(region, rescue.at_matrix(grey, region)) for region in matrices]
    if not findings.found:
        places.append((None, rescue.whole_again(grey)))
    known, last = len(findings.found), 0
    for turn, place, attempt in _in_turns(places):
        if len(findings.found) > known:
            known, last = len(findings.found), turn
        if not budget.left or (known and turn - last >= _PATIENCE):
            return  # the rest of a cluttered picture is most likely clutter
        if place is None or not findings.explains(place):
            _try_out(attempt, findings, budget)


def _places_of(grey: Image, budget: Budget) -> tuple[list[Region], list[Region]]:
    """Places worth a look in a still: a large picture is searched on a finer copy, too, for what is small in it."""
    with budget.stage("localiser"):
        bars, matrices = localise.find_places(grey, most=_PICTURE_PLACES)
        if max(grey.shape) > 2 * localise.SMALL:
            more_bars, more_matrices = localise.find_places(grey, small=_FINE, most=_PICTURE_PLACES)
            bars, matrices = localise.distinct(bars + more_bars), localise.distinct(matrices + more_matrices)
    return bars, matrices


def _in_turns(
    places: Sequence[_Place],
) -> Iterator[tuple[int, Region | None, rescue.Attempt]]:
    """The first way (0) at every place, then the second, and so on: the cheap ways come before the dear ones."""
    waiting = places
    for turn in count():
        if not waiting:
            return
        going_on = []
        for region, attempts in waiting:
            attempt = next(attempts, None)
            if attempt is not None:
                yield turn, region, attempt
                going_on.append((region, attempts))
        waiting = going_on
