"""The ageing chart: where each bar of an inline SVG stands, in per cent so that it fits any width."""

from collections.abc import Sequence
from dataclasses import dataclass

# Heights in pixels of the SVG's own space; widths are per cent of the page's.
HEIGHT = 176
TOP = 24
FOOT = 40
TREND_HEIGHT = 140
TREND_FOOT = 24
_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its span in two short lines, its count, and its box. `level` 0 to 6 is how dark it is."""

    lines: tuple[str, str]
    count: int
    level: int
    left: str
    middle: str
    width: str
    top: int
    height: int


def bars(ageing: Sequence[tuple[str, int]]) -> list[Bar]:
    """A column for each span. A count above nothing is always visible, however small beside the highest."""
    highest = max((count for _, count in ageing), default=0)
    pitch = 100 / max(len(ageing), 1)
    return [_bar(name, count, index, pitch, highest) for index, (name, count) in enumerate(ageing)]


@dataclass(frozen=True, slots=True)
class Day:
    """One column of the trend, in its box; `height` is 0 for none overdue and for a day on which nobody counted."""

    left: str
    width: str
    top: int
    height: int


def days(counts: Sequence[int | None]) -> list[Day]:
    """A thin column for each day; a count above nothing is always visible."""
    highest = max((count or 0 for count in counts), default=0)
    pitch, room = 100 / max(len(counts), 1), TREND_HEIGHT - TOP - TREND_FOOT
    heights = [max(round(room * count / highest), 3) if count else 0 for count in counts]
    return [
        Day(f"{pitch * index:.3f}%", f"{pitch * 0.86:.3f}%", TOP + room - height, height)
        for index, height in enumerate(heights)
    ]


def _bar(name: str, count: int, index: int, pitch: float, highest: int) -> Bar:
    room = HEIGHT - TOP - FOOT
    height = max(round(room * count / highest), 3) if count else 0
    return Bar(
        lines=_two_lines(name),
        count=count,
        level=index,
        left=f"{pitch * (index + (1 - _SHARE) / 2):.2f}%",
        middle=f"{pitch * (index + 0.5):.2f}%",
        width=f"{pitch * _SHARE:.2f}%",
        top=TOP + room - height,
        height=height,
    )


def _two_lines(name: str) -> tuple[str, str]:
    """ "more than 90 days" as "over 90" and "days", so that seven names fit beside each other on a phone."""
    words = name.replace("more than", "over").replace("up to", "under").replace(" to ", "–").split(" ")
    return " ".join(words[:-1]), words[-1]
