"""Whether a picture that shows nothing readable is blurred, so that a person can be told what to do."""

from __future__ import annotations

import cv2
import numpy as np

from scanner.symbols import Image

BLURRED = "The picture is blurred: hold the label 10 to 20 cm away, and keep it still."
_NEIGHBOURHOOD = 17  # pixels: wide enough to hold an edge that a camera out of focus drew over a dozen
_LEAST_CONTRAST = 60  # grey levels between neighbours: less is a bare desk, where there is nothing to be sharp
_SHARPEST = 99.5  # per cent of the pixels: a label fills at least some per cent of the picture
_LEAST_RATIO = 0.18  # of its height that an edge climbs in one pixel; measured on labels: 0.31 sharp, 0.17 at sigma 2


def blurred(image: Image) -> bool:
    """Whether there is something with contrast in the picture and no edge of it is sharp."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    kernel = np.ones((_NEIGHBOURHOOD, _NEIGHBOURHOOD), np.uint8)
    smooth = cv2.blur(grey, (3, 3))  # a sensor's noise is sharp in every picture
    height = np.percentile(cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, kernel)[::4, ::4], _SHARPEST)
    if height < _LEAST_CONTRAST:
        return False
    step = cv2.max(cv2.absdiff(smooth[1:-1, 2:], smooth[1:-1, 1:-1]), cv2.absdiff(smooth[2:, 1:-1], smooth[1:-1, 1:-1]))
    return bool(np.percentile(step[::2, ::2], _SHARPEST) < _LEAST_RATIO * height)


class Blur:
    """Says so once `need` pictures in a row were blurred with nothing read; one in `every` is looked at."""

    def __init__(self, need: int = 4, every: int = 5) -> None:
        self._need = need
        self._every = every
        self._frames = 0
        self._in_a_row = 0

    def hint(self, image: Image, read: bool) -> str:
        """The sentence, or nothing; `read` says whether anything was read in this picture."""
        self._frames += 1
        if read:
            self._in_a_row = 0
        elif self._frames % self._every == 0:
            self._in_a_row = self._in_a_row + 1 if blurred(image) else 0
        return BLURRED if self._in_a_row >= self._need else ""
