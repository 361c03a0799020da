"""A terminal's keyboard, key by key, so that a handheld needs no Enter at its end and a PIN is never shown."""

from __future__ import annotations

import os
import select
import termios
import tty
from collections.abc import Callable, Iterator

from scanner.wedge import Bursts

_RUBOUT = "\x7f\b"
_END_OF_INPUT = "\x04"


def lines(
    descriptor: int, every: float, *, now: Callable[[], float], typed: Callable[[str], None]
) -> Iterator[str | None]:
    """Lines typed at the terminal, until Ctrl-D; None when `every` seconds pass without one.

    `typed` is told what stands on the line whenever that changes. Closing the iterator puts the
    terminal back.
    """
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    try:
        yield from _lines(descriptor, every, now, typed)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _lines(
    descriptor: int, every: float, now: Callable[[], float], typed: Callable[[str], None]
) -> Iterator[str | None]:
    bursts = Bursts()
    while True:
        ready, _, _ = select.select([descriptor], [], [], min(every, bursts.gap) if bursts.text else every)
        if not ready:
            ended = bursts.rest(now())
            yield from ended
            if not ended:
                yield None
        else:
            text = os.read(descriptor, 4096).decode("utf-8", "replace")
            if not text or text == _END_OF_INPUT:
                return
            for line in keys_in(bursts, text, now()):
                typed("")
                yield line
        typed(bursts.text)


def keys_in(bursts: Bursts, text: str, at: float) -> list[str]:
    """Give these keys to the bursts; the lines that they ended. A rubbed-out key is taken back."""
    ended: list[str] = []
    for key in text:
        if key in _RUBOUT:
            bursts.erase()
        elif key.isprintable() or key in "\r\n\t":
            ended += bursts.key(key, at)
    return ended
