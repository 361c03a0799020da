"""A handheld scanner that types, read from Linux's own key codes.

The kernel says which key was pressed, not which letter that is, so neither the keyboard layout of this machine nor Caps
Lock changes a code; and the device is grabbed, so that a code never lands in another program. The structure and the
numbers are Linux's (`linux/input.h`, `linux/input-event-codes.h`), which never change; the packages that wrap them are
only to be had as source and need a compiler in the store (docs/decisions/0017).
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from scanner.errors import HandheldLost, HandheldMissing
from scanner.wedge import Bursts

EVENT = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
EV_KEY = 1
_RELEASED, _PRESSED = 0, 1
_EVIOCGRAB = 0x40044590  # _IOW('E', 0x90, int)
_SHIFTS = frozenset({42, 54})
_PASTE_SECONDS = 0.05  # how soon a burst is looked at that has no Enter at its end

# What an American keyboard, which is what scanners are, has on its keys from this code on: alone, and with Shift.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (15, "\t", "\t"),
    (16, "qwertyuiop[]\n", "QWERTYUIOP{}\n"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (96, "\n", "\n"),
    (98, "/", "/"),
)
_KEYS = {first + at: key for first, keys, _ in _ROWS for at, key in enumerate(keys)}
_SHIFTED = {first + at: key for first, _, keys in _ROWS for at, key in enumerate(keys)}


class Keys:
    """Turns the kernel's events into what was typed. Caps Lock is no part of it."""

    def __init__(self) -> None:
        self._shifts: set[int] = set()

    def typed(self, kind: int, code: int, value: int) -> str:
        """The sign that this event typed, or nothing."""
        if kind != EV_KEY:
            return ""
        if code in _SHIFTS:
            (self._shifts.discard if value == _RELEASED else self._shifts.add)(code)
            return ""
        if value != _PRESSED:  # a key that is held down repeats (2): a scanner never means that
            return ""
        return (_SHIFTED if self._shifts else _KEYS).get(code, "")


def grab(descriptor: int) -> None:
    """Have the device's keys for this program alone. Raises OSError."""
    fcntl.ioctl(descriptor, _EVIOCGRAB, 1)


def lines(path: Path, every: float, grab: Callable[[int], None] = grab) -> Iterator[str | None]:
    """What the handheld types, line by line; None when up to `every` seconds pass without one.

    Raises HandheldMissing when it cannot be opened, HandheldLost when it is unplugged.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as problem:
        raise _why_not(path, problem) from problem
    try:
        _grabbed(path, descriptor, grab)
        yield from _lines(path, descriptor, every)
    finally:
        os.close(descriptor)


def _grabbed(path: Path, descriptor: int, grab: Callable[[int], None]) -> None:
    try:
        grab(descriptor)
    except OSError as problem:
        raise _why_not(path, problem) from problem


def _lines(path: Path, descriptor: int, every: float) -> Iterator[str | None]:
    keys, bursts, last, kept = Keys(), Bursts(), 0.0, b""
    pause = every
    while True:
        if not select.select([descriptor], [], [], pause)[0]:
            ended = bursts.rest(last + pause)
            yield from ended
            if not ended:
                yield None
            pause = every
            continue
        kept += _read(path, descriptor)
        whole = len(kept) - len(kept) % EVENT.size
        for seconds, micros, kind, code, value in EVENT.iter_unpack(kept[:whole]):
            last = seconds + micros / 1e6
            if key := keys.typed(kind, code, value):
                yield from bursts.key(key, last)
        kept, pause = kept[whole:], bursts.gap + _PASTE_SECONDS


def _read(path: Path, descriptor: int) -> bytes:
    try:
        data = os.read(descriptor, EVENT.size * 64)
    except BlockingIOError:
        return b""
    except OSError as problem:
        raise HandheldLost(str(path)) from problem
    if not data:
        raise HandheldLost(str(path))
    return data


def _why_not(path: Path, problem: OSError) -> HandheldMissing:
    if problem.errno in (errno.EACCES, errno.EPERM):
        why = (
            f"You may not read the handheld scanner at {path}: have your administrator add you to the group “input”, "
            "then sign in to this computer again."
        )
    elif problem.errno == errno.EBUSY:
        why = f"The handheld scanner at {path} is used by another program: close the other scan client."
    elif problem.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        why = f"There is no handheld scanner at {path}: plug it in, and see which there are in /dev/input/by-id."
    else:
        why = f"{path} is no handheld scanner that types: see which there are in /dev/input/by-id."
    return HandheldMissing(str(path), why)
