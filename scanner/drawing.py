"""Draws the screen and the camera's picture into one image, to be read at two metres."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from scanner.events import Tone
from scanner.screen import Screen, ShownRow
from scanner.symbols import Image, Symbol
from scanner.wording import shown

SIZE = (1280, 720)
_TOP, _BANNER, _ROWS = 56, 150, 500  # pixels: height of the top bar and of the banner, width of the rows
_ROW = 78
Colour = tuple[int, int, int]  # blue, green, red
_WHITE, _DIM, _DARK = (255, 255, 255), (190, 190, 190), (28, 24, 20)
# White words on each of these have a contrast of at least 4.5 to 1.
COLOURS: dict[Tone, Colour] = {"good": (70, 112, 0), "bad": (10, 82, 150), "stop": (32, 16, 176), "none": (78, 66, 58)}
_OUTLINES: dict[bool, Colour] = {True: (80, 220, 80), False: (80, 200, 255)}
_FACE = cv2.FontFace("sans")


def drawn(screen: Screen, picture: Image | None, symbols: Sequence[Symbol]) -> Image:
    """The whole window, 1280 x 720 BGR. `picture` is the newest frame with these symbols in it, if there is one."""
    canvas = np.full((SIZE[1], SIZE[0], 3), _DARK, np.uint8)
    _put(canvas, screen.operator or "Nobody is signed in", (20, 12), 28, weight=600)
    _put(canvas, screen.line, (SIZE[0] - 20, 14), 24, _DIM if screen.there else (120, 200, 255), right=True)
    left = SIZE[0] - _ROWS if picture is not None else 0
    if picture is not None:
        _picture(canvas, picture, symbols, left)
    _rows(canvas, screen, left + 20)
    _banner(canvas, screen)
    return canvas


def _picture(canvas: Image, picture: Image, symbols: Sequence[Symbol], width: int) -> None:
    room = SIZE[1] - _TOP - _BANNER
    scale = min(width / picture.shape[1], room / picture.shape[0])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    for found in symbols:
        corners = (np.array(found.corners) * scale).astype(np.int32)
        cv2.polylines(small, [corners], True, _OUTLINES[found.ours], 4, cv2.LINE_AA)
    top = _TOP + (room - small.shape[0]) // 2
    canvas[top : top + small.shape[0], : small.shape[1]] = small


def _rows(canvas: Image, screen: Screen, left: int) -> None:
    _put(canvas, screen.heading or "No batch", (left, _TOP + 4), 28, weight=600)
    _put(canvas, screen.counts, (left, _TOP + 40), 20, _DIM)
    top = _TOP + 76
    for row in screen.newest_first[: (SIZE[1] - _BANNER - top) // _ROW]:
        _row(canvas, row, left, top)
        top += _ROW


def _row(canvas: Image, row: ShownRow, left: int, top: int) -> None:
    _icon(canvas, row.tone, (left + 24, top + 34), 22)
    room = SIZE[0] - left - 80
    _put(canvas, f"{row.number}.  {shown(row.code)}", (left + 60, top + 2), 26, weight=600)
    _put(canvas, fitted(f"{row.word}: {row.what}" if row.what else row.word, room, 19), (left + 60, top + 38), 19, _DIM)


def _banner(canvas: Image, screen: Screen) -> None:
    top = SIZE[1] - _BANNER
    tone: Tone = "none" if screen.question else screen.last.tone
    trouble = screen.trouble or screen.hint
    cv2.rectangle(canvas, (0, top), SIZE, COLOURS["bad" if screen.trouble else tone], cv2.FILLED)
    _icon(canvas, "bad" if screen.trouble else tone, (60, top + 60), 40, onto=True)
    said = f"{screen.question} {screen.typed}" if screen.question else trouble or screen.last.sentence
    for number, line in enumerate(wrapped(said, SIZE[0] - 150, 34)[:2]):
        _put(canvas, line, (124, top + 14 + 42 * number), 34, weight=600)
    below = trouble if trouble != said else screen.last.sentence
    _put(canvas, fitted(below if below != said else "", SIZE[0] - 150, 22), (124, top + 108), 22)


def _icon(canvas: Image, tone: Tone, at: tuple[int, int], radius: int, onto: bool = False) -> None:
    """A tick in a disc, an exclamation mark in a triangle, a bar in an octagon, or a dot: each has its own outline."""
    ground, ink = (_WHITE, COLOURS[tone]) if onto else (COLOURS[tone], _WHITE)
    x, y = at
    thick = max(radius // 5, 3)
    if tone == "good":
        cv2.circle(canvas, at, radius, ground, cv2.FILLED, cv2.LINE_AA)
        tick = np.array([(x - radius // 2, y), (x - radius // 8, y + radius // 3), (x + radius // 2, y - radius // 3)])
        cv2.polylines(canvas, [tick], False, ink, thick, cv2.LINE_AA)
    elif tone == "none":
        cv2.circle(canvas, at, radius // 3, _DIM, cv2.FILLED, cv2.LINE_AA)
    else:
        corners = 3 if tone == "bad" else 8
        turn = -np.pi / 2 if tone == "bad" else np.pi / 8
        angles = turn + 2 * np.pi * np.arange(corners) / corners
        outline = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], 1).astype(np.int32)
        cv2.fillPoly(canvas, [outline], ground, cv2.LINE_AA)
        if tone == "stop":
            cv2.line(canvas, (x - radius // 2, y), (x + radius // 2, y), ink, 2 * thick)
        else:
            cv2.line(canvas, (x, y - radius // 2), (x, y + radius // 8), ink, thick)
            cv2.circle(canvas, (x, y + radius // 3), thick // 2, ink, cv2.FILLED)


def width_of(text: str, size: int) -> int:
    """How wide the text is drawn, in pixels."""
    rectangle = cv2.getTextSize((0, 0), text, (0, 0), _FACE, size, 600)
    return int(rectangle[0] + rectangle[2])


def fitted(text: str, width: int, size: int) -> str:
    """The text, cut with an ellipsis where it would be wider."""
    if width_of(text, size) <= width:
        return text
    keep = len(text)
    while keep and width_of(text[:keep] + "…", size) > width:
        keep -= 1
    return text[:keep].rstrip() + "…"


def wrapped(text: str, width: int, size: int) -> list[str]:
    """The text in lines that are not wider, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(fitted(word, width, size))
    return lines


def _put(
    canvas: Image,
    text: str,
    at: tuple[int, int],
    size: int,
    colour: Colour = _WHITE,
    *,
    weight: int = 400,
    right: bool = False,
) -> None:
    align = cv2.PUT_TEXT_ALIGN_RIGHT if right else cv2.PUT_TEXT_ALIGN_LEFT
    baseline = at[0], at[1] + size * 9 // 10  # `at` is the top of the line
    cv2.putText(canvas, text, baseline, colour, _FACE, size, weight, align)
