"""A handheld scanner at a serial port, or at a USB port that acts as one: no keyboard layout comes between."""

from __future__ import annotations

from collections.abc import Iterator

import serial

from scanner.errors import HandheldLost, HandheldMissing

BAUD = 9600  # what scanners are delivered with; over USB it does not matter
_ENDS = b"\r\n\t"
_LONGEST_LINE = 4096  # bytes: more without an end is noise from a wrong speed


def lines(port: str, every: float, baud: int = BAUD) -> Iterator[str | None]:
    """What the handheld sends, line by line; None when `every` seconds pass without anything.

    A line ends with CR, LF or Tab, or when nothing follows for `every` seconds. Raises HandheldMissing and
    HandheldLost.
    """
    try:
        opened = serial.Serial(port, baud, timeout=every, exclusive=True)
    except (serial.SerialException, ValueError) as problem:
        raise HandheldMissing(
            port,
            f"The serial port {port} cannot be opened: check that the handheld scanner is plugged in, that no other "
            "program uses it, and that you may use serial ports (on Linux, the group “dialout”).",
        ) from problem
    with opened:
        yield from _lines(opened, port)


def _lines(opened: serial.Serial, port: str) -> Iterator[str | None]:
    kept = b""
    while True:
        try:
            data = opened.read(max(opened.in_waiting, 1))
        except (serial.SerialException, OSError) as problem:
            raise HandheldLost(port) from problem
        if not data:
            yield _text(kept) if kept.strip() else None
            kept = b""
            continue
        for end in _ENDS:
            data = data.replace(bytes([end]), b"\n")
        *whole, kept = (kept + data)[-_LONGEST_LINE:].split(b"\n")
        yield from (_text(line) for line in whole if line.strip())


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")
