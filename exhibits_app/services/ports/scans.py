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
