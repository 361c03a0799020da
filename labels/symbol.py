"""The modules of the symbols that carry a code, as arrays, before anyone draws them."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import zxingcpp
from barcode.codex import Code128
from numpy.typing import NDArray

Modules = NDArray[np.bool_]
_DARK = re.compile(b"\x01+")
QR_MODULES = 21  # version 1: the ten characters fit exactly at error correction H (30 % may be lost)
MATRIX_MODULES = 14  # the smallest square Data Matrix that holds ten characters; its redundancy is fixed by its size


@lru_cache(maxsize=64)
def code_128(text: str) -> Modules:
    """The Code 128 modules of the text, shape (n,), True is a bar, without quiet zones.

    A fresh object each time: python-barcode's objects keep the character set of the last rendering.
    """
    pattern = Code128(text).build()[0]
    bars: Modules = np.frombuffer(pattern.encode("ascii"), dtype=np.uint8) == ord("1")
    return bars


@lru_cache(maxsize=64)
def qr(text: str) -> Modules:
    """The QR version 1-H modules of the text, shape (21, 21), True is dark, without a quiet zone.

    Raises ValueError if the text needs a larger version.
    """
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    picture = np.asarray(barcode.to_image(add_quiet_zones=False))
    if picture.shape != (QR_MODULES, QR_MODULES):
        raise ValueError(f"{text!r} does not fit a QR code of version 1-H.")
    dark: Modules = picture < 128
    return dark


@lru_cache(maxsize=64)
def data_matrix(text: str) -> Modules:
    """The Data Matrix (ECC 200) modules of the text, shape (14, 14), True is dark, without a quiet zone.

    Raises ValueError if the text needs a larger one.
    """
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    picture = np.asarray(barcode.to_image(add_quiet_zones=False))
    if picture.shape != (MATRIX_MODULES, MATRIX_MODULES):
        raise ValueError(f"{text!r} does not fit a Data Matrix of {MATRIX_MODULES} modules.")
    dark: Modules = picture < 128
    return dark


def runs(row: Modules) -> list[tuple[int, int]]:
    """The dark runs of a row of modules as (start, length)."""
    # A regular expression over the bytes: ten times as fast as numpy for rows this short.
    return [(run.start(), run.end() - run.start()) for run in _DARK.finditer(row.tobytes())]
