"""Reads a picture with zbar through pyzbar's binding, on every line or on every few."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import c_void_p, string_at
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GREY = int.from_bytes(b"Y800", "little")
Reading = tuple[str, str]  # symbology ("Code 128" or "QR") and text
Read = Callable[[NDArray[np.uint8], int], set[Reading]]


@lru_cache(maxsize=1)
def zbar_reader() -> Read | None:
    """What reads a grey picture on every `density`-th line and column; None where zbar's library is missing.

    pyzbar's own `decode` always reads every line, builds a scanner with each of its forty formats switched off one by
    one, and draws a hull around each symbol, which nobody here wants: that is more than half of its time.
    """
    try:
        import pyzbar.wrapper as zbar
    except ImportError:
        return None
    names = {int(zbar.ZBarSymbol.CODE128): "Code 128", int(zbar.ZBarSymbol.QRCODE): "QR"}

    def read(picture: NDArray[np.uint8], density: int) -> set[Reading]:
        scanner, image = _scanner(zbar, tuple(names), density), zbar.zbar_image_create()
        try:
            pixels, (height, width) = np.ascontiguousarray(picture), picture.shape
            zbar.zbar_image_set_format(image, _GREY)
            zbar.zbar_image_set_size(image, width, height)
            zbar.zbar_image_set_data(image, pixels.ctypes.data_as(c_void_p), pixels.size, None)
            zbar.zbar_scan_image(scanner, image)
            return _found(zbar, image, names)
        finally:
            zbar.zbar_image_destroy(image)
            zbar.zbar_image_scanner_destroy(scanner)

    return read


def _scanner(zbar: Any, formats: tuple[int, ...], density: int) -> Any:
    """A scanner of these formats alone: 0 stands for all."""
    scanner, config = zbar.zbar_image_scanner_create(), zbar.ZBarConfig
    zbar.zbar_image_scanner_set_config(scanner, 0, config.CFG_ENABLE, 0)
    for one in formats:
        zbar.zbar_image_scanner_set_config(scanner, one, config.CFG_ENABLE, 1)
    for axis in (config.CFG_X_DENSITY, config.CFG_Y_DENSITY):
        zbar.zbar_image_scanner_set_config(scanner, 0, axis, density)
    return scanner


def _found(zbar: Any, image: Any, names: dict[int, str]) -> set[Reading]:
    found = set()
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        data = string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
        # Now and then there is an empty Code 128 reading beside the right one (measured).
        if data:
            found.add((names.get(symbol.contents.type, "another symbol"), data.decode("utf-8", "replace")))
        symbol = zbar.zbar_symbol_next(symbol)
    return found
