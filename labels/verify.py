"""Reads a drawn label back with two decoders before it is released: a label that does not read is never sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from labels.drawing import Drawing
from labels.errors import LabelDoesNotReadBack
from labels.raster import paint

Picture = NDArray[np.uint8]
Reading = tuple[str, str]  # symbology ("Code 128", "QR" or "Data Matrix") and text
Reader = Callable[[Picture], set[Reading]]

_BORDER = 12  # pixels of paper around the label, as there is around every label in the world
DATA_MATRIX = "Data Matrix"
_CANNOT_READ = MappingProxyType({"pyzbar": frozenset({DATA_MATRIX})})
_NOT_BY_ZBAR = "pyzbar reads no Data Matrix: zxing-cpp alone has read it"
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

    def read(picture: Picture) -> set[Reading]:
        # Shrunk to a third, one label in a hundred also gives a text that is not there: modules of four dots blur into
        # another valid Code 128. The picture at hand is exact, so there is nothing to shrink.
        found = zxingcpp.read_barcodes(picture, formats=formats, text_mode=zxingcpp.TextMode.Plain, try_downscale=False)
        return {(_FORMATS.get(one.format, "QR"), one.text) for one in found}

    return read


# To look for Data Matrix as well takes three times as long: only where there may be one.
_with_zxing = _zxing_for("Code 128", "QR")
_with_zxing_all = _zxing_for(*_FORMATS.values())


@lru_cache(maxsize=1)
def _zbar_reader() -> Reader | None:
    """pyzbar's reader, or None where its system library is missing."""
    try:
        from pyzbar.pyzbar import ZBarSymbol, decode
    except ImportError:
        return None

    def read(picture: Picture) -> set[Reading]:
        found = decode(Image.fromarray(picture), symbols=[ZBarSymbol.CODE128, ZBarSymbol.QRCODE])
        # pyzbar now and then gives an empty Code 128 reading beside the right one (measured).
        return {
            ("Code 128" if one.type == "CODE128" else "QR", one.data.decode("utf-8", "replace"))
            for one in found
            if one.data
        }

    return read


def readers(symbols: tuple[str, ...] = ()) -> tuple[dict[str, Reader], tuple[str, ...]]:
    """The decoders of this machine by name, and a sentence for each one that is missing or cannot read the symbols."""
    matrix = DATA_MATRIX in symbols
    found: dict[str, Reader] = {"zxing-cpp": _with_zxing_all if matrix else _with_zxing}
    zbar = _zbar_reader()
    if zbar is None:
        return found, (_MISSING_ZBAR,)
    return {**found, "pyzbar": zbar}, ((_NOT_BY_ZBAR,) if matrix else ())


def check(
    picture: Picture,
    code: str,
    *,
    symbols: tuple[str, ...] = ("Code 128", "QR"),
    others_allowed: bool = False,
    available: tuple[dict[str, Reader], tuple[str, ...]] | None = None,
) -> Verified:
    """Confirm that each decoder finds each symbol in the picture, and nothing but the code.

    `picture` has shape (height, width), 0 is ink and 255 paper. With `others_allowed` a symbol more than those asked
    for may carry the code too, though never another text. A decoder that cannot read a symbol is not asked for it, and
    not named in the answer if it read none. Raises LabelDoesNotReadBack with what each saw.
    """
    decoders, warnings = available or readers(symbols)
    framed = np.pad(picture, _BORDER, constant_values=255)
    faults: list[str] = []
    confirmed: list[str] = []
    for name, read in decoders.items():
        found = read(framed)
        expected = {(symbol, code) for symbol in symbols if symbol not in _CANNOT_READ.get(name, ())}
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
    """Every symbol, with its text, that any decoder of this machine finds in the picture."""
    framed = np.pad(picture, _BORDER, constant_values=255)
    return {found for read in readers((DATA_MATRIX,))[0].values() for found in read(framed)}


def read_any(picture: Picture) -> bool:
    """Whether zxing-cpp finds a symbol of any kind that it knows, at any size, or zbar one of ours."""
    framed = np.pad(picture, 4 * _BORDER, constant_values=255)
    return bool(zxingcpp.read_barcodes(framed)) or bool(read_all(picture))


def check_drawing(drawing: Drawing) -> Verified:
    """Paint the laid-out label and read it back: the gate to hand to `render_pdf(on_label=...)`."""
    return check(paint(drawing), drawing.code, symbols=drawing.symbols)
