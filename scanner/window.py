"""A window of its own on the machine's display: the camera's picture, the rows, and what was said last."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2

from scanner import events as e
from scanner.drawing import drawn
from scanner.keyboard import keys_in
from scanner.screen import Screen
from scanner.symbols import Image, Symbol
from scanner.wedge import Bursts

_NAME = "exhibits-scan"
_KEYS = {10: "\r", 13: "\r", 9: "\t", 8: "\b", 127: "\b"}
_MOST_KEYS = 64  # a burst is taken in whole, and the camera still gets its turn


def has_display(environment: Mapping[str, str], sockets: Path = Path("/tmp/.X11-unix")) -> bool:  # noqa: S108 - X's own
    """Whether a window can be opened. Asked first because Qt ends the whole program where it cannot.

    `sockets` is where the X server listens on this machine.
    """
    if sys.platform != "linux":
        return True
    display = environment.get("DISPLAY", "")
    host, _, number = display.partition(":")
    if not number or host not in ("", "unix"):
        return bool(number)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(str(sockets / f"X{number.partition('.')[0]}"))
    except OSError:
        return False
    return True


class Window:
    """What is drawn, kept up to date. `at` gives seconds, to tell a scanner's keys from a hand's."""

    def __init__(self, *, full_screen: bool, at: Callable[[], float]) -> None:
        self._at = at
        self._bursts = Bursts()
        self._picture: Image | None = None
        self._symbols: Sequence[Symbol] = ()
        cv2.namedWindow(_NAME, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        cv2.resizeWindow(_NAME, 1280, 720)
        if full_screen:
            cv2.setWindowProperty(_NAME, cv2.WND_PROP_FULLSCREEN, cv2.WINDOW_FULLSCREEN)

    def look(self, picture: Image, symbols: Sequence[Symbol]) -> None:
        """The newest frame, and what was found in it."""
        self._picture, self._symbols = picture, symbols

    def take(self, thing: e.Event | e.Effect) -> None:
        """What a thing changes is drawn with the screen."""

    def draw(self, screen: Screen) -> None:
        """Draw it all."""
        cv2.imshow(_NAME, drawn(screen, self._picture, self._symbols))

    def typed(self) -> tuple[list[str], str]:
        """The lines that were typed into the window since it was asked last, and what stands on the line."""
        lines: list[str] = []
        for _ in range(_MOST_KEYS):
            key = cv2.waitKey(1)
            if key < 0:
                break
            low = key & 0xFF
            lines += keys_in(self._bursts, _KEYS.get(low, chr(low)), self._at())
        return lines + self._bursts.rest(self._at()), self._bursts.text

    @property
    def closed(self) -> bool:
        """Whether somebody closed it."""
        return bool(cv2.getWindowProperty(_NAME, cv2.WND_PROP_VISIBLE) < 1)

    def close(self) -> None:
        """Take it off the display."""
        cv2.destroyAllWindows()
