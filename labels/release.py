"""Releases labels: lays each out, paints it and reads it back, several at once and few in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labels.drawing import Drawing
from labels.fields import Label
from labels.layout import lay_out
from labels.raster import paint
from labels.stock import Stock
from labels.template import DEFAULT, Template
from labels.verify import Verified, check_dots


@dataclass(frozen=True, slots=True)
class Released:
    """A label that read back: its layout, and the very dots that were read (shape (height, width), 0 is ink)."""

    drawing: Drawing
    dots: NDArray[np.uint8]
    verified: Verified


def released(
    labels: Iterable[Label],
    stock: Stock,
    dpi: int | None = None,
    template: Template = DEFAULT,
    *,
    workers: int | None = None,
) -> Generator[Released, None, None]:
    """Each label in its order, as soon as it and all before it have been read back.

    Both decoders work outside Python, so that one thread for each core (or `workers`) reads while the next label is
    laid out. A few labels for each of them are in memory, however many there are. Closing the generator stops the work.
    Raises DoesNotFit, LabelDoesNotReadBack, and what `labels` raises.
    """
    threads = workers or os.cpu_count() or 1
    waiting: deque[Future[Released]] = deque()
    pool = ThreadPoolExecutor(threads, "label-check")
    try:
        for label in labels:
            waiting.append(pool.submit(_read_back, lay_out(label, stock, dpi or stock.dpi, template)))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _read_back(drawing: Drawing) -> Released:
    dots = paint(drawing)
    return Released(drawing, dots, check_dots(dots, drawing))
