"""Acts as they were sent, and the log of every scan, recorded or refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act that was taken: the SHA-256 of its content and the answer that was given."""

    id: str
    content: str
    kind: str
    device: int
    device_seq: int
    operator: int
    received_at: datetime
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the scan log. `text` is what was read; `code` the refusal's, empty when recorded."""

    scan: str
    act: str
    at: datetime
    device: int | None
    person: int | None
    kind: str
    text: str
    verdict: str
    code: str
    sentence: str
    register_no: int | None = None
    id: int = 0


class Acts(Protocol):
    """Acts by id, for answering a repeated one with what was said the first time."""

    def find(self, act: str) -> RecordedAct | None:
        """The act of this id, or None."""

    def add(self, act: RecordedAct) -> None:
        """Keep the act."""


class Scans(Protocol):
    """The scan log: nothing on it is ever removed."""

    def add(self, lines: list[ScanLine]) -> None:
        """Keep the lines."""

    def latest(self, after: int = 0, limit: int = 100, refused: bool = False) -> list[ScanLine]:
        """The log, newest first, ids below `after` (0: from the newest), refused ones alone if asked."""


@dataclass(frozen=True, slots=True)
class RecordedScan:
    """What a scan led to: an event of this item, sent by this device."""

    register_no: int
    device: int


@dataclass(frozen=True, slots=True)
class ScanPicture:
    """The picture that a scan was read from: its bytes are in the files; `at` is when the device handed it over."""

    scan: str
    register_no: int
    sha256: str
    device: int
    at: datetime


class ScanPictures(Protocol):
    """Pictures of scans that led to a record, one for each at most."""

    def recorded(self, scan: str) -> RecordedScan | None:
        """What this scan led to, or None when it led to no record."""

    def find(self, scan: str) -> ScanPicture | None:
        """The picture of this scan, or None."""

    def of_item(self, register_no: int) -> list[ScanPicture]:
        """The pictures of the item's scans, in no order."""

    def add(self, picture: ScanPicture) -> None:
        """Keep what is known of a picture whose bytes are in the files. Raises ChangedMeanwhile for a second one."""
