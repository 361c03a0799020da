"""The two decoding libraries behind one shape: a grey picture in, symbols out, nothing but our three symbologies."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import zxingcpp

from scanner.symbols import CODE_128, DATA_MATRIX, QR, Corners, Image, Symbol, symbol

Reader = Callable[[Image], list[Symbol]]

# QRCodeModel2 and not QRCode, which includes Micro QR and read wrong texts out of noise.
_ZXING_NAMES = {
    zxingcpp.BarcodeFormat.Code128: CODE_128,
    zxingcpp.BarcodeFormat.QRCode: QR,
    zxingcpp.BarcodeFormat.QRCodeModel2: QR,
    zxingcpp.BarcodeFormat.DataMatrix: DATA_MATRIX,
}
_LABELS = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCodeModel2)
_EVERYTHING = (*_LABELS, zxingcpp.BarcodeFormat.DataMatrix)
_MATRICES = (zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.BarcodeFormat.DataMatrix)
_LINES = (zxingcpp.BarcodeFormat.Code128,)
_ZBAR_NAMES = {"CODE128": CODE_128, "QRCODE": QR}


class MissingLibrary(UserWarning):
    """A decoder that this machine does not have; the client goes on without it."""


def _zxing(image: Image, formats: Any, binarizer: Any) -> list[Symbol]:
    found = zxingcpp.read_barcodes(
        image,
        formats=formats,
        try_rotate=True,
        try_downscale=True,
        try_invert=True,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer,
    )
    return [
        symbol(read.text, _ZXING_NAMES[read.format], _zxing_corners(read.position))
        for read in found
        if read.valid and read.text
    ]


def _zxing_corners(position: Any) -> Corners:
    ends = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = ((float(end.x), float(end.y)) for end in ends)
    return first, second, third, fourth


def read_labels(image: Image) -> list[Symbol]:
    """Code 128 and QR, which is what our labels carry: the fast path of a live camera."""
    return _zxing(image, _LABELS, zxingcpp.Binarizer.LocalAverage)


def read_everything(image: Image) -> list[Symbol]:
    """Code 128, QR and Data Matrix with the library's own best settings."""
    return _zxing(image, _EVERYTHING, zxingcpp.Binarizer.LocalAverage)


def read_by_one_threshold(image: Image) -> list[Symbol]:
    """The same three, with one threshold for the picture: better on small crops with even light."""
    return _zxing(image, _EVERYTHING, zxingcpp.Binarizer.GlobalHistogram)


def read_lines(image: Image) -> list[Symbol]:
    """Code 128 alone, for pictures made of one averaged scan line."""
    return _zxing(image, _LINES, zxingcpp.Binarizer.LocalAverage)


@functools.cache
def _pyzbar() -> ModuleType | None:
    """pyzbar, or None with one warning when the system's libzbar0 is missing."""
    try:
        from pyzbar import pyzbar
    except ImportError:
        warnings.warn(
            "The zbar library is not installed, so labels under glare are read less well; install libzbar0 to have it.",
            MissingLibrary,
            stacklevel=2,
        )
        return None
    module: ModuleType = pyzbar
    return module


def read_inverted_lines(image: Image) -> list[Symbol]:
    """Light bars on a dark ground, which zxing-cpp looks for among matrices only."""
    return read_lines(cv2.bitwise_not(image))


def broken_matrices(image: Image) -> list[Corners]:
    """Where zxing-cpp found a QR or Data Matrix that it could not read: its corners, which are worth another look."""
    found = zxingcpp.read_barcodes(image, formats=_MATRICES, text_mode=zxingcpp.TextMode.Plain, return_errors=True)
    return [_zxing_corners(read.position) for read in found if not read.valid]


def read_with_opencv(image: Image) -> list[Symbol]:
    """The third opinion, which finds a QR by its outline: at most one QR."""
    text, points, _ = cv2.QRCodeDetector().detectAndDecode(image)
    if not text or points is None:
        return []
    first, second, third, fourth = ((float(x), float(y)) for x, y in np.reshape(points, (4, 2)))
    return [symbol(text, QR, (first, second, third, fourth))]


def read_with_zbar(image: Image) -> list[Symbol]:
    """The second opinion, which reads better under glare: Code 128 and QR, nothing when zbar is missing."""
    pyzbar = _pyzbar()
    if pyzbar is None:
        return []
    kinds = [pyzbar.ZBarSymbol.CODE128, pyzbar.ZBarSymbol.QRCODE]
    # zbar now and then gives an empty Code 128: that is a read of nothing.
    return [
        symbol(read.data.decode("utf-8", "replace"), _ZBAR_NAMES[read.type], _zbar_corners(read))
        for read in pyzbar.decode(image, symbols=kinds)
        if read.data
    ]


def _zbar_corners(read: Any) -> Corners:
    left, top, width, height = read.rect
    if len(read.polygon) == 4 and width > 1 and height > 1:
        first, second, third, fourth = ((float(point.x), float(point.y)) for point in read.polygon)
        return first, second, third, fourth
    right, bottom = float(left + width), float(top + height)
    return (float(left), float(top)), (right, float(top)), (right, bottom), (float(left), bottom)
