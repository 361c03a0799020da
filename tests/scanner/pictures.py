"""Pictures and films of labels, drawn here so that the tests read real files."""

from pathlib import Path

import cv2
import numpy as np
import zxingcpp

from labels import payload
from labels.payload import CodeType

FORMATS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "QRCode": zxingcpp.BarcodeFormat.QRCodeModel2,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}


def a_code(number: int = 1, kind: CodeType = CodeType.ITEM) -> str:
    """A code of ours, the same for the same number."""
    return payload.issue(kind, lambda _: (number * 0x9E3779B97F % 2**40).to_bytes(5, "big"))


def a_symbol(text: str, symbology: str = "Code128", scale: int = 3) -> np.ndarray:
    """The symbol alone, black on white, `scale` pixels a module."""
    barcode = zxingcpp.create_barcode(text, FORMATS[symbology])
    drawn = np.array(zxingcpp.write_barcode_to_image(barcode, scale=scale, add_quiet_zones=False))
    return np.pad(drawn, 10 * scale, constant_values=255)


def a_picture(*symbols: np.ndarray, angle: float = 0.0, size: tuple[int, int] = (1280, 720)) -> np.ndarray:
    """The symbols one below the other on a grey desk, the whole turned by `angle` degrees."""
    width, height = size
    picture = np.full((height, width), 140, np.uint8)
    for number, symbol in enumerate(symbols):
        top = (2 * number + 1) * height // (2 * len(symbols)) - symbol.shape[0] // 2
        left = width // 2 - symbol.shape[1] // 2
        picture[top : top + symbol.shape[0], left : left + symbol.shape[1]] = symbol
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_LINEAR, borderValue=140)
    return cv2.GaussianBlur(turned, (0, 0), 0.6)


def a_film(path: Path, frames: list[np.ndarray]) -> Path:
    """The grey frames as a film in motion JPEG."""
    height, width = frames[0].shape
    film = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (width, height), isColor=True)
    assert film.isOpened()
    for frame in frames:
        film.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    film.release()
    return path


def a_y4m(path: Path, frames: list[np.ndarray]) -> Path:
    """The grey frames as uncompressed YUV4MPEG2, which Chromium plays as a camera."""
    height, width = frames[0].shape
    grey_colour = bytes([128]) * (width // 2 * (height // 2) * 2)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode())
        for frame in frames:
            file.write(b"FRAME\n" + frame.tobytes() + grey_colour)
    return path
