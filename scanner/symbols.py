"""What a decoder found: one symbol, where it is, and the order a person would read several in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from labels import payload

Image = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]

CODE_128 = "Code128"
QR = "QRCode"
DATA_MATRIX = "DataMatrix"


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol read from an image.

    `symbology` is `Code128`, `QRCode` or `DataMatrix`; `ours` says that the text is a code of this system with its
    check character right; `corners` are (x, y) in pixels of the image that was given, from the symbol's own top left;
    `stage` names the way of looking that read it.
    """

    text: str
    symbology: str
    ours: bool
    corners: Corners
    stage: str = field(default="", compare=False)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the four corners, in pixels."""
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the upright rectangle around the corners, in pixels."""
        xs = [x for x, _ in self.corners]
        ys = [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)


def symbol(text: str, symbology: str, corners: Corners) -> Symbol:
    """The symbol as read, with our own codes told from foreign ones."""
    return Symbol(text, symbology, payload.is_ours(text), corners)


def moved(found: Symbol, matrix: Matrix, stage: str = "") -> Symbol:
    """The same symbol with its corners taken through a 2 x 3 affine or a 3 x 3 perspective matrix."""
    points = np.array(found.corners) @ matrix[:2, :2].T + matrix[:2, 2]
    if matrix.shape[0] == 3:
        points /= np.array(found.corners) @ matrix[2:, :2].T + matrix[2, 2]
    first, second, third, fourth = ((float(x), float(y)) for x, y in points)
    return replace(found, corners=(first, second, third, fourth), stage=stage or found.stage)


def covers(found: Symbol, x: float, y: float, *, margin: float = 0.0) -> bool:
    """Whether the point lies in the symbol's upright box, widened by `margin` times its longer side."""
    left, top, right, bottom = found.box
    spare = margin * max(right - left, bottom - top) + 2
    return left - spare <= x <= right + spare and top - spare <= y <= bottom + spare


def same_symbol(one: Symbol, other: Symbol) -> bool:
    """Whether two reads are of one symbol: the same text and kind in the same place."""
    if (one.text, one.symbology) != (other.text, other.symbology):
        return False
    return covers(one, *other.centre, margin=0.25) or covers(other, *one.centre, margin=0.25)


def without_repeats(symbols: Iterable[Symbol]) -> list[Symbol]:
    """Each symbol once, the earliest read kept."""
    kept: list[Symbol] = []
    for found in symbols:
        if not any(same_symbol(found, earlier) for earlier in kept):
            kept.append(found)
    return kept


def in_reading_order(symbols: Iterable[Symbol]) -> list[Symbol]:
    """Top to bottom, and left to right among those that stand beside each other."""
    waiting = sorted(symbols, key=lambda found: found.centre[1])
    ordered: list[Symbol] = []
    while waiting:
        _, top, _, bottom = waiting[0].box
        reach = waiting[0].centre[1] + max(bottom - top, 8.0) / 2
        row = [found for found in waiting if found.centre[1] <= reach]
        ordered += sorted(row, key=lambda found: found.centre[0])
        waiting = waiting[len(row) :]
    return ordered
