"""Boxes, what lies in them, and what they were said to hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.boxes import Box
from ...domain.people import PersonRef
from .items import ListedItem


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a box was said to hold at one act. `at` is when it was done, `items` are property references, ascending.

    `scan` is the id of the scan of the box, or of the first item that went in or out.
    """

    box: int
    scan: str
    act: str
    kind: str
    at: datetime
    recorded_at: datetime
    by: PersonRef
    items: tuple[int, ...]
    sha256: str
    note: str = ""
    id: int = 0


class Boxes(Protocol):
    """Every box. What lies in one is asked of the items, so that there is one truth of it."""

    def add(self, box: Box) -> Box:
        """Keep a new box and give it its id. Raises BoxNameTaken."""

    def restore(self, box: Box) -> None:
        """Keep a box under its own id, after the database lost it."""

    def save(self, boxes: Sequence[Box]) -> None:
        """Keep their new states."""

    def find(self, box: int) -> Box:
        """The box. Raises NotFound."""

    def hold_all(self, boxes: Iterable[int]) -> dict[int, Box]:
        """The boxes, locked in ascending order so that two callers cannot wait for each other."""

    def parents_below(self, boxes: Iterable[int]) -> dict[int, int]:
        """Of every box that lies in one of these, at any depth: the box that it lies in."""

    def items_in(self, boxes: Iterable[int]) -> dict[int, int]:
        """The property references of what lies in these boxes themselves, each with its box, ascending."""

    def contents(self, box: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """What lies in the box itself, by property reference."""

    def count(self, boxes: Iterable[int]) -> dict[int, int]:
        """How many items lie in each of these boxes itself; empty ones are missing."""

    def page(self, store: int | None = None, after: int = 0, limit: int = 50) -> list[Box]:
        """Boxes by id, those after `after`; of one store, or all."""

    def with_person(self, person: int, limit: int = 100) -> list[Box]:
        """Boxes that this person holds."""

    def add_manifests(self, manifests: Sequence[Manifest]) -> None:
        """Keep what boxes were said to hold."""

    def manifests(self, box: int, before: int = 0, limit: int = 50) -> list[Manifest]:
        """The box's manifests, newest first, ids below `before` (0: from the newest)."""

    def opening(self, box: int) -> Manifest | None:
        """The manifest of the box's latest opening."""

    def known_scans(self, scans: Sequence[str]) -> dict[str, int]:
        """The boxes of those of these scans that are on record."""

    def ever_in(self, boxes: Iterable[int]) -> set[int]:
        """The property references of every item that any manifest of these boxes names."""

    def seal_user(self, seal: str) -> str | None:
        """The name of the box that this seal was recorded on, or None."""

    def use_seal(self, seal: str, box: int, at: datetime) -> None:
        """Record the seal as used by the box, for ever. Raises ChangedMeanwhile when it was used before."""
