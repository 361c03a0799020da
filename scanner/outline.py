"""Finds the four corners of a matrix symbol in a crop that holds one, and looks at it straight from the front."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from scanner.symbols import Corners, Image, Matrix

_LEAST_SHARE = 0.08  # of the crop; a smaller outline is a speck
_SQUEEZED = 5.0  # a symbol seen from so far aside that one side is this many times the other is no symbol

Points = npt.NDArray[np.float32]


def four_corners(crop: Image) -> Points | None:
    """The corners, in order round the outline, of the busy patch around the crop's middle; None if there is none."""
    reach = max(3, min(crop.shape) // 14) | 1
    edges = cv2.morphologyEx(crop, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    busy = cv2.morphologyEx(cv2.GaussianBlur(edges, (0, 0), 1.5), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, mask = cv2.threshold(busy, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    middle = (crop.shape[1] / 2, crop.shape[0] / 2)
    around = [contour for contour in contours if cv2.pointPolygonTest(contour, middle, False) >= 0]
    if not around or cv2.contourArea(around[0]) < _LEAST_SHARE * crop.size:
        return None
    return _quadrangle(cv2.convexHull(around[0]))


def _quadrangle(hull: npt.NDArray[np.int32]) -> Points:
    around = cv2.arcLength(hull, True)
    for part in (0.03, 0.05, 0.08, 0.12):
        simple = cv2.approxPolyDP(hull, part * around, True)
        if len(simple) == 4:
            return simple.reshape(4, 2).astype(np.float32)  # type: ignore[no-any-return]  # cv2 is untyped here
    return cv2.boxPoints(cv2.minAreaRect(hull))  # type: ignore[no-any-return]  # cv2 is untyped here


def from_the_front(grey: Image, corners: Points | Corners, side: int, *, spare: float) -> tuple[Image, Matrix] | None:
    """The quadrangle as an upright square (or rectangle) `side` pixels long, `spare` of it free on each side.

    With the 3 x 3 matrix that takes its points back to `grey`. None for corners that enclose no symbol.
    """
    points = np.array(corners, np.float32)
    sides = np.hypot(*(points - np.roll(points, -1, axis=0)).T)
    across, down = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    if min(sides) < 6 or max(sides) > _SQUEEZED * min(sides) or not cv2.isContourConvex(points):
        return None
    # Foreshortening squeezes a square; only a symbol of twice its width is taken for a rectangular one.
    long = 1.0 if max(across, down) < 1.7 * min(across, down) else across / down
    width, height = (side, side / long) if long >= 1 else (side * long, side)
    margin = spare * min(width, height)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) + np.float32(margin)
    back = cv2.getPerspectiveTransform(target, points)
    size = (round(width + 2 * margin), round(height + 2 * margin))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    crop = cv2.warpPerspective(grey, back, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return crop, back
