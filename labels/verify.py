"""Reads a drawn label back with two decoders before it is released: a label that does not read is never sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from labels.dmtx import dmtx_reader
from labels.drawing import Drawing
from labels.errors import LabelDoesNotReadBack
from labels.raster import paint
from labels.zbar import zbar_reader

Picture = NDArray[np.uint8]
Reading = tuple[str, str]  # symbology ("Code 128", "QR" or "Data Matrix") and text
# A picture, and how many dots the finest bar or module has in it: 0 if the picture is not of exact dots.
Reader = Callable[[Picture, int], set[Reading]]

_BORDER = 12  # pixels of paper around the label, as there is around every label in the world
_WIDEST_STEP = 4  # dots from one line that zbar reads to the next
DATA_MATRIX = "Data Matrix"
_READ_BY = MappingProxyType(
    {
        "zxing-cpp": frozenset({"Code 128", "QR", DATA_MATRIX}),
        "pyzbar": frozenset({"Code 128", "QR"}),
        "libdmtx": frozenset({DATA_MATRIX}),
    }
)
_ALONE = "libdmtx was not asked, for libdmtx0b is not installed: zxing-cpp alone has read the Data Matrix"
_MISSING_ZBAR = "pyzbar was not asked: the system library libzbar0 is not installed"


@dataclass(frozen=True, slots=True)
class Verified:
    """A label that read back: by which decoders, and what could not be asked."""

    code: str
    readers: tuple[str, ...]
    warnings: tuple[str, ...]


_FORMATS = {
    zxingcpp.BarcodeFormat.Code128: "Code 128",
    zxingcpp.BarcodeFormat.QRCodeModel2: "QR",
    zxingcpp.BarcodeFormat.DataMatrix: "Data Matrix",
}


def _zxing_for(*symbols: str) -> Reader:
    formats = [form for form, symbol in _FORMATS.items() if symbol in symbols]

    def read(picture: Picture, finest: int) -> set[Reading]:
        # Shrunk to a third, one label in a hundred also gives a text that is not there: modules of four dots blur into
        # another valid Code 128. The picture at hand is exact, so there is nothing to shrink, nor any grey to weigh up.
        binarizer = zxingcpp.Binarizer.FixedThreshold if finest else zxingcpp.Binarizer.LocalAverage
        found = zxingcpp.read_barcodes(
            picture, formats=formats, text_mode=zxingcpp.TextMode.Plain, try_downscale=False, binarizer=binarizer
        )
        return {(_FORMATS.get(one.format, "QR"), one.text) for one in found}

    return read


# To look for Data Matrix as well takes three times as long: only where there may be one.
_with_zxing = _zxing_for("Code 128", "QR")
_with_zxing_all = _zxing_for(*_FORMATS.values())


def _with_zbar() -> Reader | None:
    zbar = zbar_reader()
    if zbar is None:
        return None
    # From one line that is read to the next it is a module at most, so that each one of every symbol is crossed.
    return lambda picture, finest: zbar(picture, min(_WIDEST_STEP, max(1, finest)))


def _with_dmtx() -> Reader | None:
    dmtx = dmtx_reader()
    if dmtx is None:
        return None
    return lambda picture, finest: {(DATA_MATRIX, text) for text in dmtx(picture, max(1, finest // 4))}


def readers(symbols: tuple[str, ...] = ()) -> tuple[dict[str, Reader], tuple[str, ...]]:
    """The decoders of this machine by name, and a sentence for each one that is missing."""
    matrix = DATA_MATRIX in symbols
    zbar, dmtx = _with_zbar(), _with_dmtx() if matrix else None
    found: dict[str, Reader] = {"zxing-cpp": _with_zxing_all if matrix else _with_zxing}
    warnings: tuple[str, ...] = ()
    if zbar is None:
        warnings += (_MISSING_ZBAR,)
    else:
        found["pyzbar"] = zbar
    if matrix and dmtx is None:
        warnings += (_ALONE,)
    elif dmtx is not None:
        found["libdmtx"] = dmtx
    return found, warnings


def check(
    picture: Picture,
    code: str,
    *,
    symbols: tuple[str, ...] = ("Code 128", "QR"),
    others_allowed: bool = False,
    available: tuple[dict[str, Reader], tuple[str, ...]] | None = None,
    finest: int = 0,
) -> Verified:
    """Confirm that each decoder finds each symbol in the picture, and nothing but the code.

    `picture` has shape (height, width), 0 is ink and 255 paper. With `others_allowed` a symbol more than those asked
    for may carry the code too, though never another text. A decoder that cannot read a symbol is not asked for it, and
    not named in the answer if it read none. `finest` is said of a picture in exact dots, black and white: how many of
    them the finest bar or module has. Raises LabelDoesNotReadBack with what each saw.
    """
    decoders, warnings = available or readers(symbols)
    framed = _framed(picture)
    faults: list[str] = []
    confirmed: list[str] = []
    for name, read in decoders.items():
        found = read(framed, finest)
        expected = {(symbol, code) for symbol in symbols if symbol in _READ_BY[name]}
        confirmed += [name] if expected else []
        faults.extend(f"{name} found no {symbol}" for symbol, _ in sorted(expected - found))
        faults.extend(
            f"{name} read {text!r} from {symbol}"
            for symbol, text in sorted(found - expected)
            if not (others_allowed and text == code)
        )
    if faults:
        raise LabelDoesNotReadBack(code, tuple(faults))
    return Verified(code, tuple(confirmed), warnings)


def read_all(picture: Picture) -> set[Reading]:
    """Every symbol, with its text, that zxing-cpp or zbar finds in the picture.

    libdmtx takes seconds to be sure that there is no Data Matrix: it confirms the one that zxing-cpp has found.
    """
    framed = _framed(picture)
    zbar = _with_zbar()
    return _with_zxing_all(framed, 0) | (zbar(framed, 0) if zbar is not None else set())


def _framed(picture: Picture) -> Picture:
    height, width = picture.shape
    framed = np.full((height + 2 * _BORDER, width + 2 * _BORDER), 255, np.uint8)
    framed[_BORDER:-_BORDER, _BORDER:-_BORDER] = picture
    return framed


def read_any(picture: Picture) -> bool:
    """Whether zxing-cpp finds a symbol of any kind that it knows, at any size, or zbar one of ours."""
    framed = np.pad(picture, 4 * _BORDER, constant_values=255)
    return bool(zxingcpp.read_barcodes(framed)) or bool(read_all(picture))


def check_drawing(drawing: Drawing) -> Verified:
    """Paint the laid-out label and read it back: the gate to hand to `render_pdf(on_label=...)`."""
    return check_dots(paint(drawing), drawing)


def check_dots(dots: Picture, drawing: Drawing) -> Verified:
    """Read back the exact dots that were painted from this drawing. Raises LabelDoesNotReadBack."""
    return check(dots, drawing.code, symbols=drawing.symbols, finest=drawing.finest)
