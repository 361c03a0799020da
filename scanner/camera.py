"""Where pictures come from: a camera, a video file or a folder of images, each as frames one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from scanner.errors import CameraLost, CameraMissing, CannotRead
from scanner.sources import CameraSource, ImagesSource, Pictures, VideoSource
from scanner.symbols import Image
from scanner.webcam import PLAIN, Hints, why_not

_IMAGE_ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".gif"}
_BLANK_FRAMES_TO_LOSE = 30  # a camera may miss a frame; after a second of nothing it is gone


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, grey or BGR, and the name of what it came from."""

    image: Image
    name: str


def read_image(path: Path) -> Image:
    """The image, turned as its own note says, BGR. Raises CannotRead for what is no image."""
    try:
        data = np.fromfile(path, dtype=np.uint8)
    except FileNotFoundError:
        raise CannotRead(str(path), "there is no such file") from None
    except OSError as problem:
        raise CannotRead(str(path), (problem.strerror or "the system refuses").lower()) from None
    image = _decoded(data)
    if image is None:
        raise CannotRead(str(path), "it is neither a picture nor a video, or it is damaged")
    return image


def _decoded(data: np.ndarray[Any, Any]) -> Image | None:
    if data.size == 0:
        return None
    try:
        image: Image | None = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except cv2.error:  # a header that promises more than OpenCV will hold
        return None
    return image


def video_frames(path: Path, open_capture: Callable[..., Any] = cv2.VideoCapture) -> Iterator[Frame]:
    """The video's frames in order. Raises CannotRead when it cannot be opened or has no frame."""
    if not path.is_file():
        raise CannotRead(str(path), "there is no such file")
    capture = open_capture(str(path))
    count = 0
    try:
        while capture.isOpened():
            worked, image = capture.read()
            if not worked:
                break
            count += 1
            yield Frame(image, f"{path}#{count}")
    finally:
        capture.release()
    if count == 0:
        raise CannotRead(str(path), "it is neither a picture nor a video, or it is damaged")


def image_files(path: Path) -> list[Path]:
    """The images of a folder in the order of their names. Raises CannotRead when there is none."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CannotRead(str(path), "there is no such folder")
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _IMAGE_ENDINGS)
    if not files:
        raise CannotRead(str(path), "there is no image in this folder")
    return files


def camera_frames(
    number: int,
    hints: Hints = PLAIN,
    open_capture: Callable[..., Any] = cv2.VideoCapture,
    why: Callable[[int], CameraMissing] = why_not,
) -> Iterator[Frame]:
    """Frames without end. Raises CameraMissing when it cannot be opened, CameraLost when it stops."""
    capture = open_capture(number)
    if not capture.isOpened():
        capture.release()
        raise why(number)
    for what, value in hints.settings():
        capture.set(what, value)
    blank, seen = 0, False
    try:
        while blank < _BLANK_FRAMES_TO_LOSE:
            worked, image = capture.read()
            blank = 0 if worked else blank + 1
            if worked:
                seen = True
                yield Frame(image, f"camera:{number}")
    finally:
        capture.release()
    raise CameraLost(number) if seen else why(number)  # some drivers notice only at the first picture that it is taken


def frames(source: Pictures, hints: Hints = PLAIN) -> Iterator[Frame]:
    """The source's frames. Raises what the source's own function raises."""
    match source:
        case CameraSource(number):
            yield from camera_frames(number, hints)
        case VideoSource(path):
            yield from video_frames(path)
        case ImagesSource(path):
            for file in image_files(path):
                yield Frame(read_image(file), str(file))
