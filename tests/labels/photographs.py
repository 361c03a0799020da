"""A photograph of a printed label, made here: seen from the side, unevenly lit, out of focus, grainy, as JPEG."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Shot:
    """How the picture is taken: `lean` is how much nearer one side is, `turn` in degrees, `blur` in pixels."""

    lean: float = 0.15
    turn: float = 10.0
    blur: float = 1.0
    shade: float = 0.6  # how much of the light is missing at the darkest corner
    noise: float = 4.0  # of 255, one sigma
    pixels_a_mm: float = 10.0


def photograph(label: NDArray[np.uint8], dots_a_mm: float, shot: Shot, seed: int = 0) -> NDArray[np.uint8]:
    """The label on a dark bench by that shot, grey."""
    scale = shot.pixels_a_mm / dots_a_mm
    seen = cv2.resize(label, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    desk, paper = _placed(seen)
    picture = cv2.warpPerspective(
        desk, _view(desk.shape, paper, shot), desk.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=70
    )
    lit = _lit(picture.astype(np.float32), shot.shade)
    blurred = cv2.GaussianBlur(lit, (0, 0), shot.blur)
    grain = np.random.default_rng(seed).normal(0, shot.noise, blurred.shape)
    exposed = np.clip(blurred + grain, 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", exposed, [cv2.IMWRITE_JPEG_QUALITY, 85])[1], cv2.IMREAD_GRAYSCALE)


def _placed(label: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The label in the middle of a bench with room to turn, in printer's black and paper's white; and its corners."""
    height, width = label.shape
    room = int(0.3 * max(height, width)) + 20
    desk = np.full((height + 2 * room, width + 2 * room), 70, np.uint8)
    desk[room : room + height, room : room + width] = 25 + label.astype(np.float32) * (205 / 255)
    corners = [(room, room), (room + width, room), (room + width, room + height), (room, room + height)]
    return desk, np.array(corners, np.float32)


def _view(shape: tuple[int, int], paper: NDArray[np.float32], shot: Shot) -> NDArray[np.float64]:
    """From the bench seen straight to the bench seen from the side."""
    middle = np.array(shape[::-1]) / 2
    angle = np.deg2rad(shot.turn)
    turned = (paper - middle) @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    # What is on the right is farther away: smaller by the lean, in both directions.
    away = turned[:, 0] / np.abs(turned[:, 0]).max()
    seen = turned * (1 - shot.lean * (1 + away) / 2)[:, None] + middle
    return cv2.getPerspectiveTransform(paper, seen.astype(np.float32))


def _lit(picture: NDArray[np.float32], shade: float) -> NDArray[np.float32]:
    """Light that falls off from the upper left to the lower right."""
    height, width = picture.shape
    down, across = np.mgrid[0 : 1 : complex(height), 0 : 1 : complex(width)]
    return picture * (1 - shade * (down + across) / 2).astype(np.float32)
