"""Reads a Data Matrix with libdmtx, which shares nothing with zxing-cpp: the second opinion on the smallest labels."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_PATIENCE_MS = 5_000  # It looks for a first symbol in some milliseconds; this only ends a hopeless search.


@lru_cache(maxsize=1)
def dmtx_reader() -> Callable[[NDArray[np.uint8], int], set[str]] | None:
    """What gives the text of the first Data Matrix in a grey picture; None where libdmtx is missing.

    To be sure that there is no second one takes it seconds, which zxing-cpp answers. `shrink` has it look at every
    n-th dot of each line.
    """
    try:
        with warnings.catch_warnings():
            # It compares versions by distutils, which says at each import that it will be gone in Python 3.12.
            warnings.simplefilter("ignore", DeprecationWarning)
            from pylibdmtx.pylibdmtx import decode
    except ImportError:
        return None

    def read(picture: NDArray[np.uint8], shrink: int) -> set[str]:
        found = decode(picture, max_count=1, timeout=_PATIENCE_MS, shrink=shrink)
        return {one.data.decode("utf-8", "replace") for one in found}

    return read
