"""Fits the hazards of an item, each as a pictogram with its word, into an area."""

from __future__ import annotations

import math

from labels.drawing import Area, Polygon, Word
from labels.hazards import pictogram
from labels.text import faces

_WORD = 0.56  # the word's em against the pictogram's height
_GAP = 0.22


def _rows(words: tuple[str, ...], width: int, icon: float) -> list[list[str]] | None:
    """The words in rows for pictograms of that size; None if one is wider than the area."""
    bold = faces().bold
    rows: list[list[str]] = []
    used = math.inf
    for word in words:
        needed = icon * (1 + _GAP + _WORD * bold.width(word) * 1.02)
        if needed > width:
            return None
        if used + icon * 2 * _GAP + needed <= width:
            rows[-1].append(word)
            used += icon * 2 * _GAP + needed
        else:
            rows.append([word])
            used = needed
    return rows


def hazard_chips(
    hazards: tuple[str, ...], area: Area, *, largest: float, least: float
) -> tuple[list[Polygon], list[Word]] | None:
    """The chips at the largest size that fits, in dots; None if they do not fit at the least size."""
    words = tuple(word.upper() for word in hazards)
    icon = min(largest, area.height)
    while icon >= least:
        rows = _rows(words, area.width, icon)
        if rows is not None and len(rows) * icon * 1.06 <= area.height + 0.06 * icon:
            return _drawn(rows, area, icon)
        icon *= 0.94
    return None


def _drawn(rows: list[list[str]], area: Area, icon: float) -> tuple[list[Polygon], list[Word]]:
    bold = faces().bold
    polygons: list[Polygon] = []
    words: list[Word] = []
    size = math.floor(icon * _WORD)
    for index, row in enumerate(rows):
        x, y = float(area.x), area.y + index * icon * 1.06
        for word in row:
            for points, inked in pictogram(word):
                polygons.append((tuple((x + px * icon, y + py * icon) for px, py in points), inked))
            x += icon * (1 + _GAP)
            words.append(Word(round(x), round(y + icon * 0.5 + size * 0.40), size, bold, bold.drawable(word)))
            x += bold.width(word) * size * 1.02 + icon * 2 * _GAP
    return polygons, words
