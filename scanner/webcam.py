"""How a camera is set up, and why one cannot be opened: in a sentence that says what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from scanner.errors import CameraMissing

# How V4L2 and OpenCV number it: 3 lets the camera choose its exposure, 1 takes the number that is given.
_CAMERA_CHOOSES, _BY_HAND = 3, 1


@dataclass(frozen=True, slots=True)
class Hints:
    """How pictures are asked for. A camera does of it what it can.

    `exposure` and `focus` are numbers in the camera's own units; None leaves it to the camera.
    """

    width: int = 1280  # asked for by name: many webcams start at 640 x 480, or at a size they cannot keep up
    height: int = 720
    exposure: float | None = None
    focus: float | None = None

    def settings(self) -> Iterator[tuple[int, float]]:
        """OpenCV's properties in the order in which they have to be set."""
        # Over USB 2 a camera sends 1280 x 720 uncompressed only a few times a second.
        yield cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")
        yield cv2.CAP_PROP_FRAME_WIDTH, self.width
        yield cv2.CAP_PROP_FRAME_HEIGHT, self.height
        yield cv2.CAP_PROP_BUFFERSIZE, 1  # an old frame is a wrong answer to "what is before the camera now"
        yield cv2.CAP_PROP_AUTO_EXPOSURE, _CAMERA_CHOOSES if self.exposure is None else _BY_HAND
        if self.exposure is not None:
            yield cv2.CAP_PROP_EXPOSURE, self.exposure
        yield cv2.CAP_PROP_AUTOFOCUS, 1 if self.focus is None else 0
        if self.focus is not None:
            yield cv2.CAP_PROP_FOCUS, self.focus


PLAIN = Hints()


def why_not(
    number: int,
    devices: Path = Path("/dev"),
    may_use: Callable[[Path], bool] = lambda path: os.access(path, os.R_OK | os.W_OK),
    linux: bool = sys.platform == "linux",
) -> CameraMissing:
    """Why this camera could not be opened. `devices` is where Linux lists what is plugged in."""
    if not linux:
        return CameraMissing(
            number,
            f"Camera {number} cannot be opened: check that it is plugged in, that no other program uses it, and that "
            "the system lets this program use cameras.",
        )
    device = devices / f"video{number}"
    if not device.exists():
        return CameraMissing(number, _not_there(number, devices))
    if not may_use(device):
        return CameraMissing(
            number,
            f"You may not use camera {number}: have your administrator add you to the group “video”, then sign in to "
            "this computer again.",
        )
    return CameraMissing(
        number,
        f"Camera {number} is used by another program: close the video call, the browser page or the other scan "
        "client that has it. Scanning goes on when it is free.",
    )


def _not_there(number: int, devices: Path) -> str:
    others = sorted(
        int(path.name[5:]) for path in devices.glob("video*") if path.name[5:].isdecimal() and path.name[5:].isascii()
    )
    if not others:
        return "No camera is plugged in: plug one in, or use a handheld scanner with --source wedge."
    there = ", ".join(f"camera:{other}" for other in others)
    return f"Camera {number} is not there: plug it in, or use --source with one that is: {there}."
