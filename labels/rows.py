"""Sets the text column of a label: everything in full if any size allows it, else the most important of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from labels.content import Row
from labels.drawing import Area, Drawing, Word
from labels.errors import DoesNotFit
from labels.stock import Stock
from labels.text import Face, faces, shortened, wrapped

_POINT_MM = 25.4 / 72
_COMFORTABLE = (12.0, 11.0, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # body text, points
_WITH_LOGO = _COMFORTABLE[:7]  # a logo may cost the text some of its size, but none of its ease
_SMALL = (6.5, 6.0, 5.5)
_TIGHT = (5.5, 5.0)
_LEADING = 1.13
_APART = 0.4  # em between a headline and the code beside it
_RULED_MM = 3.7  # from one line to write on to the next, at least
_RULED_APART_MM = 1.6  # more than that between them, at most
_RULE_MM = 0.2
_SLACK = 0.985  # of the column: a raster font rounds its advances up


@dataclass(slots=True)
class Plan:
    """The areas of one label, in dots."""

    drawing: Drawing
    dots: float  # per mm
    stock: Stock
    column: Area
    aside: Area | None = None
    rows: list[Row] = field(default_factory=list)
    beside: Row | None = None  # stands at the right of the first row's line, to save one
    notch: tuple[int, int] = (0, 0)  # width and height of what stands in the column's top right corner
    narrow: set[Row] = field(default_factory=set)  # rows beside the notch

    def room(self, row: Row) -> int:
        """Dots that a line of the row may be wide."""
        return self.column.width - (self.notch[0] if row in self.narrow else 0)


def _face(row: Row) -> Face:
    face: Face = getattr(faces(), row.face)
    return face


def _em(plan: Plan, row: Row, size: float) -> int:
    """The em of the row in dots, where body text is `size` dots."""
    scale = row.scale
    if row.least_scale is not None:
        fits = plan.room(row) * _SLACK / (_face(row).width(row.text) * size)
        scale = max(row.least_scale, min(scale, fits))
    return math.floor(size * scale)


def _line_height(plan: Plan, row: Row, size: float) -> int:
    least = round(_RULED_MM * plan.dots) if row.ruled else 0
    return max(least, math.ceil(_em(plan, row, size) * _LEADING))


def _limit(plan: Plan, row: Row, size: float) -> float:
    """Width of the column in em of the row."""
    return plan.room(row) * _SLACK / _em(plan, row, size)


def placed_around(plan: Plan, notch: tuple[int, int]) -> bool:
    """Place everything in full at a size read with ease, and clear of the notch; or nothing, and say so."""
    plan.notch = notch
    for points in _WITH_LOGO:
        plan.narrow = _beside_notch(plan, points * _POINT_MM * plan.dots)
        if _place_in_full(plan, (points,)):
            return True
    plan.notch, plan.narrow = (0, 0), set()
    return False


def _beside_notch(plan: Plan, size: float) -> set[Row]:
    """The rows that begin higher up than the notch ends."""
    narrow = plan.narrow = set()
    y = 0
    for row in plan.rows:
        if y >= plan.notch[1]:
            break
        narrow.add(row)
        y += len(wrapped(row.text, _face(row), _limit(plan, row, size))) * _line_height(plan, row, size)
    return narrow


def place_rows(plan: Plan) -> None:
    """Everything in full if any size allows it; then without the rows that matter least; then shortened."""
    if _place_in_full(plan, _COMFORTABLE):
        return
    _leave_out(plan, 1)
    _share_the_headline(plan)
    if _place_in_full(plan, _SMALL):
        return
    for grade in (1, 2, 3):
        _leave_out(plan, grade)
        if _place_shortened(plan):
            return
    raise DoesNotFit("The text", plan.stock.name)


def _share_the_headline(plan: Plan) -> None:
    """Put the code on the headline's line if both fit there at the size at which text is shortened."""
    if len(plan.rows) < 2 or plan.rows[1].face != "mono":
        return
    size = _TIGHT[0] * _POINT_MM * plan.dots
    headline, code = plan.rows[:2]
    head_em, code_em = (_em(plan, row, size) for row in (headline, code))
    needed = _face(headline).width(headline.text) * head_em + _face(code).width(code.text) * code_em
    if needed + head_em * _APART <= plan.column.width * _SLACK:
        plan.beside = code
        del plan.rows[1]


def _leave_out(plan: Plan, grade: int) -> None:
    plan.drawing.shortened.extend(row.text for row in plan.rows if row.leave_out == grade)
    plan.rows = [row for row in plan.rows if row.leave_out != grade]


def _place_in_full(plan: Plan, sizes: Sequence[float]) -> bool:
    for points in sizes:
        size = points * _POINT_MM * plan.dots
        if _least_height(plan, size) > plan.column.height:
            continue
        lines = [wrapped(row.text, _face(row), _limit(plan, row, size)) for row in plan.rows]
        full = all(len(got) <= row.most for got, row in zip(lines, plan.rows, strict=True))
        if full and _height(plan, lines, size) <= plan.column.height:
            _write(plan, lines, size)
            return True
    return False


def _least_height(plan: Plan, size: float) -> int:
    """A height that the rows cannot stand in less than: as if they broke anywhere. Cheap, to reject a size by."""
    total = 0
    for row in plan.rows:
        em = _em(plan, row, size)
        total += math.ceil(_face(row).width(row.text) * em / plan.room(row)) * _line_height(plan, row, size)
    return total


def _height(plan: Plan, lines: Sequence[Sequence[str]], size: float) -> int:
    return sum(len(got) * _line_height(plan, row, size) for row, got in zip(plan.rows, lines, strict=True))


def _place_shortened(plan: Plan) -> bool:
    for points in _TIGHT:
        size = points * _POINT_MM * plan.dots
        lines = _squeezed(plan, size)
        if lines is not None:
            _write(plan, lines, size)
            return True
    return False


def _squeezed(plan: Plan, size: float) -> list[list[str]] | None:
    """The lines of every row, the others one line each and grown in turn while there is room; None if none."""
    rows = plan.rows
    exact = [wrapped(row.text, _face(row), _limit(plan, row, size)) for row in rows]
    counts = [len(got) if row.exact else 1 for row, got in zip(rows, exact, strict=True)]
    room = plan.column.height - sum(n * _line_height(plan, row, size) for n, row in zip(counts, rows, strict=True))
    if room < 0 or any(row.exact and n > row.most for n, row in zip(counts, rows, strict=True)):
        return None
    wanted = [n if row.exact else min(len(got), row.most) for n, row, got in zip(counts, rows, exact, strict=True)]
    # A line each in turn: a long description must not push out who seized the thing.
    for _turn in range(max(wanted, default=0)):
        for index, row in enumerate(rows):
            if counts[index] < wanted[index] and room >= _line_height(plan, row, size):
                counts[index] += 1
                room -= _line_height(plan, row, size)
    return [_cut(plan, row, size, count) for row, count in zip(rows, counts, strict=True)]


def _cut(plan: Plan, row: Row, size: float, count: int) -> list[str]:
    """The row in that many lines; what is shortened is noted on the drawing."""
    lines, was_cut = shortened(row.text, _face(row), _limit(plan, row, size), count)
    if was_cut:
        plan.drawing.shortened.append(row.text)
    return lines


def _write(plan: Plan, lines: Sequence[Sequence[str]], size: float) -> None:
    spare = plan.column.height - _height(plan, lines, size)
    most = _RULED_APART_MM if any(row.ruled for row in plan.rows) else 0.9
    gap = min(spare // max(1, len(plan.rows) - 1), round(most * plan.dots))
    y = float(plan.column.y)
    if plan.beside is not None:
        _write_beside(plan, plan.beside, size)
    for row, got in zip(plan.rows, lines, strict=True):
        face, dots = _face(row), _em(plan, row, size)
        if row.ruled:
            _rule(plan, row, round(y) + _line_height(plan, row, size), dots)
            y += _line_height(plan, row, size) + gap
            continue
        for line in got:
            baseline = round(y + 0.86 * dots)
            plan.drawing.words.append(Word(plan.column.x, baseline, dots, face, face.drawable(line)))
            y += _line_height(plan, row, size)
        y += gap


def _rule(plan: Plan, row: Row, bottom: int, em: int) -> None:
    """The words of the row, each with a rule after it to write on, side by side above `bottom`."""
    face, thick, apart = _face(row), max(1, round(_RULE_MM * plan.dots)), math.ceil(em * _APART)
    each = math.floor(plan.room(row) * _SLACK) // len(row.ruled)
    for at, word in enumerate(row.ruled):
        x = plan.column.x + at * each
        plan.drawing.words.append(Word(x, bottom - 2 * thick, em, face, face.drawable(word)))
        left = x + math.ceil(face.width(word) * em) + apart
        plan.drawing.boxes.append((left, bottom - thick, max(thick, x + each - apart - left), thick))


def _write_beside(plan: Plan, row: Row, size: float) -> None:
    em, head = _em(plan, row, _TIGHT[0] * _POINT_MM * plan.dots), _em(plan, plan.rows[0], size)
    width = math.ceil(_face(row).width(row.text) * em)
    x, baseline = plan.column.x + math.floor(plan.column.width * _SLACK) - width, round(plan.column.y + 0.86 * head)
    plan.drawing.words.append(Word(x, baseline, em, _face(row), row.text))
