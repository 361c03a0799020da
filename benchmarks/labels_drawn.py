"""What the benchmark's labels say and how they are printed: ours and foreign, bars, squares, rectangles and dots."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp

from labels import payload

Image = np.ndarray
PER_MODULE = 6  # pixels that a module is drawn with
FORMATS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "QRCode": zxingcpp.BarcodeFormat.QRCodeModel2,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SMALL = "abcdefghijkmnopqrstuvwxyz"


def text_for(style: str, symbology: str, rng: np.random.Generator) -> str:
    """A text: a code of ours, a short one, or what parcels, shelves and posters carry."""
    if style in ("ours", "rectangular"):
        return payload.issue(payload.CodeType.ITEM, rng.bytes)
    if style == "short":
        return "".join(rng.choice(list("0123456789"), int(rng.integers(4, 7))))
    number = "".join(rng.choice(list("0123456789"), 12))
    word = "".join(rng.choice(list(_LETTERS + _SMALL), 7))
    if symbology == "QRCode":
        return str(rng.choice([f"https://example.org/{word}/{number}?id={word}", f"MECARD:N:{word};TEL:{number};;"]))
    return str(rng.choice([number, f"{word.upper()}-{number[:6]}", f"{word} {number[:3]}", f"00{number}{number[:6]}"]))


def modules(text: str, symbology: str, style: str = "ours") -> Image:
    """The symbol at one pixel a module, 0 or 255, without its quiet zone; a Code 128 is 40 modules tall."""
    kwargs = {"ec_level": "H" if style == "ours" else "M"} if symbology == "QRCode" else {}
    if symbology == "DataMatrix" and style != "rectangular":
        kwargs = {"force_square": True}
    barcode = zxingcpp.create_barcode(text, FORMATS[symbology], **kwargs)
    drawn_small = np.array(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False))
    if symbology == "Code128":
        drawn_small = np.repeat(drawn_small[:1], 40, axis=0)
    return drawn_small


def _dotted(symbol: Image, diameter: float, rng: np.random.Generator) -> Image:
    """The dark modules as separate round dots, each a little out of place, as a needle leaves them."""
    fine = np.full((symbol.shape[0] * PER_MODULE * 2, symbol.shape[1] * PER_MODULE * 2), 255, np.uint8)
    for row, column in np.argwhere(symbol == 0):
        at = ((np.array((column, row)) + 0.5 + rng.normal(0, 0.06, 2)) * PER_MODULE * 2).round().astype(int).tolist()
        cv2.circle(fine, at, round(diameter * PER_MODULE), 0, -1, cv2.LINE_AA)
    return cv2.resize(fine, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def drawn(text: str, symbology: str, style: str, dots: float, rng: np.random.Generator) -> tuple[Image, int, float]:
    """The printed label, how many of its pixels a module is, and half the symbol's width in modules."""
    symbol = modules(text, symbology, style)
    large = _dotted(symbol, dots, rng) if dots else np.kron(symbol, np.ones((PER_MODULE, PER_MODULE), np.uint8))
    quiet = PER_MODULE * (10 if symbology == "Code128" else 4 if symbology == "QRCode" else 2)
    return np.pad(large, quiet, constant_values=255), PER_MODULE, symbol.shape[1] / 2
