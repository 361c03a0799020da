"""Keeps a small picture of each label that was sent, by its content hash, and hands those on record to the service."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import cv2

from scanner.client import Service
from scanner.errors import DeviceRefused, NoAnswer, OutboxUnusable, ServiceRefused
from scanner.outbox import Outbox
from scanner.symbols import Image, Symbol

MOST_BYTES = 24_000  # of one picture: enough to read the label by eye
_MARGIN = 0.3  # of the symbol's longer side, so that the words beside it are in the picture
_LONGEST_SIDE = 480  # pixels
_AT_ONCE = 10  # handed over before the line looks whether something else is asked
_NO_RECORD = "picture_without_record"  # of a scan that was refused, which was said
_QUALITIES = (85, 70, 55, 40, 25, 10)


def crop(image: Image, symbol: Symbol, most_bytes: int = MOST_BYTES) -> bytes:
    """The symbol and a little around it, upright as in the image, as a JPEG of at most so many bytes."""
    left, top, right, bottom = symbol.box
    spare = _MARGIN * max(right - left, bottom - top)
    rows = slice(max(int(top - spare), 0), max(int(bottom + spare), 1))
    columns = slice(max(int(left - spare), 0), max(int(right + spare), 1))
    part = image[rows, columns]
    while True:
        scale = min(1.0, _LONGEST_SIDE / max(part.shape[:2]))
        part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else part
        for quality in _QUALITIES:
            worked, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if worked and data.size <= most_bytes:
                return bytes(data)
        part = cv2.resize(part, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


class Pictures:
    """Pictures of what is before the camera now; only those of items that are sent come to the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, bytes] = {}

    def see(self, image: Image, symbol: Symbol) -> None:
        """This code counts from this image on."""
        self._seen[symbol.text] = crop(image, symbol)

    def keep(self, codes: Iterable[str]) -> dict[str, str]:
        """Put the pictures of these codes on the disk; the SHA-256 of each that there is. Raises OutboxUnusable."""
        kept = {code: self._put(self._seen[code]) for code in codes if code in self._seen}
        self._seen.clear()
        return kept

    def _put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._folder / f"{sha256}.jpg"
        whole = path.with_suffix(".new")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with whole.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            whole.replace(path)
        except OSError as problem:
            raise OutboxUnusable(str(path), problem.strerror or "the system refuses") from problem
        return sha256


def hand_over(outbox: Outbox, service: Service, folder: Path) -> tuple[list[str], bool]:
    """Send some of the pictures of answered acts; why any was refused, and whether more are waiting.

    A copy is deleted when the service has taken it, and kept when it was refused. A silent service ends it early.
    Raises OutboxUnusable.
    """
    said: list[str] = []
    if not outbox.pictures.wanted:
        return said, False
    waiting = outbox.pictures.waiting(_AT_ONCE)
    try:
        for scan, sha256 in waiting:
            said += _hand_over_one(outbox, service, folder / f"{sha256}.jpg", scan, sha256)
    except (NoAnswer, DeviceRefused):
        return said, False
    return said, len(waiting) == _AT_ONCE


def _hand_over_one(outbox: Outbox, service: Service, path: Path, scan: str, sha256: str) -> list[str]:
    try:
        data = path.read_bytes()
        service.picture(scan, sha256, data)
        if not outbox.pictures.others(scan, sha256):
            path.unlink()
    except FileNotFoundError:  # deleted by hand, or taken just before the client was killed
        pass
    except OSError as problem:
        raise OutboxUnusable(str(path), problem.strerror or "the system refuses") from problem
    except DeviceRefused:
        raise
    except ServiceRefused as refusal:
        outbox.pictures.refused(scan, refusal.sentence)
        return [] if refusal.said == _NO_RECORD else [refusal.sentence]
    outbox.pictures.taken(scan)
    return []
