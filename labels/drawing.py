"""What a laid-out label is: inked boxes, polygons and words on a grid of printer dots, y downwards."""

from __future__ import annotations

from dataclasses import dataclass, field

from labels.text import Face

Box = tuple[int, int, int, int]  # left, top, width, height
Polygon = tuple[tuple[tuple[float, float], ...], bool]  # corners, and inked (True) or cut out (False)


@dataclass(slots=True)
class Area:
    """A rectangle of dots."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text, already in drawing order. `size` is the em in dots."""

    x: int
    baseline: int
    size: int
    face: Face
    text: str


@dataclass(slots=True)
class Drawing:
    """A label of `width` by `height` dots. `shortened` holds the texts that do not stand on it in full,
    `symbols` the symbologies that carry the code, `finest` the dots of their finest bar or module."""

    code: str
    width: int
    height: int
    boxes: list[Box] = field(default_factory=list)
    polygons: list[Polygon] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    shortened: list[str] = field(default_factory=list)
    symbols: tuple[str, ...] = ()
    finest: int = 0

    def add(self, part: tuple[list[Polygon], list[Word]]) -> None:
        """Put polygons and words on top."""
        self.polygons.extend(part[0])
        self.words.extend(part[1])
