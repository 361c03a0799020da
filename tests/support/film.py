"""Films of labels, one file for both clients: Chromium plays it as a camera, `cv2.VideoCapture` reads it as one."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

Grey = npt.NDArray[np.uint8]

FRAMES_A_SECOND = 10
DESK = 140  # the grey on which labels lie
_FORMATS = {
    "Code128": zxingcpp.BarcodeFormat.Code128,
    "QRCode": zxingcpp.BarcodeFormat.QRCodeModel2,
    "DataMatrix": zxingcpp.BarcodeFormat.DataMatrix,
}


def a_symbol(text: str, symbology: str = "Code128", scale: int = 3) -> Grey:
    """The symbol alone, black on white, `scale` pixels a module."""
    barcode = zxingcpp.create_barcode(text, _FORMATS[symbology])
    drawn = np.array(zxingcpp.write_barcode_to_image(barcode, scale=scale, add_quiet_zones=False))
    return np.pad(drawn, 10 * scale, constant_values=255)


def a_picture(*symbols: Grey, angle: float = 0.0, size: tuple[int, int] = (1280, 720)) -> Grey:
    """The symbols one below the other on a grey desk, the whole turned by `angle` degrees."""
    width, height = size
    picture = np.full((height, width), DESK, np.uint8)
    for number, symbol in enumerate(symbols):
        top = (2 * number + 1) * height // (2 * len(symbols)) - symbol.shape[0] // 2
        left = width // 2 - symbol.shape[1] // 2
        picture[top : top + symbol.shape[0], left : left + symbol.shape[1]] = symbol
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_LINEAR, borderValue=DESK)
    return cv2.GaussianBlur(turned, (0, 0), 0.6).astype(np.uint8)


def a_film(path: Path, frames: list[Grey]) -> Path:
    """The grey frames as a film in motion JPEG."""
    height, width = frames[0].shape
    film = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), FRAMES_A_SECOND, (width, height), isColor=True)
    assert film.isOpened()
    for frame in frames:
        film.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    film.release()
    return path


def a_y4m(path: Path, frames: Iterable[Grey]) -> Path:
    """The grey frames as uncompressed YUV4MPEG2, which Chromium plays as a camera, over and over."""
    with path.open("wb") as file:
        for number, frame in enumerate(frames):
            height, width = frame.shape
            if number == 0:
                file.write(f"YUV4MPEG2 W{width} H{height} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
            file.write(b"FRAME\n" + frame.tobytes() + bytes([128]) * (width // 2 * (height // 2) * 2))
    return path


def labels_shown(
    codes: Sequence[str], *, size: tuple[int, int] = (640, 480), held: int = 6, between: int = 4
) -> Iterable[Grey]:
    """Frames of a hand that holds one label after the other before a camera: each for `held` frames, then nothing.

    Each label bears its code as Code 128 and as QR, as ours do; it is tilted a little more from frame to frame, and the
    picture has a sensor's noise. The same codes give the same frames.
    """
    chance = np.random.default_rng(2026)
    empty = np.full((size[1], size[0]), DESK, np.uint8)
    for code in codes:
        symbols = a_symbol(code, "QRCode", 4), a_symbol(code)
        yield from (_noisy(a_picture(*symbols, angle=2.0 * number - held, size=size), chance) for number in range(held))
        yield from (_noisy(empty, chance) for _ in range(between))


def _noisy(frame: Grey, chance: np.random.Generator) -> Grey:
    return np.clip(frame + chance.normal(0, 4, frame.shape), 0, 255).astype(np.uint8)
