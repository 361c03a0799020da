"""Places everything on a label in whole printer dots: one model, which the PDF and the raster painter both draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from labels.chips import hazard_chips
from labels.content import Content, Row, content_of
from labels.drawing import Area, Drawing, Word
from labels.errors import DoesNotFit
from labels.fields import Label
from labels.payload import printed
from labels.stock import (
    LARGEST_QR_MODULE_MM,
    MINIMUM_QR_MODULE_MM,
    QUIET_CODE_128,
    QUIET_QR,
    Stock,
    dots_per_mm,
    x_dots,
)
from labels.symbol import QR_MODULES, code_128, qr, runs
from labels.text import Face, faces, shortened, wrapped

_POINT_MM = 25.4 / 72
_COMFORTABLE = (12.0, 11.0, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # body text, points
_SMALL = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
_TIGHT = (5.5, 5.0)
_LEADING = 1.13
_SLACK = 0.985  # of the column: a raster font rounds its advances up
_ASIDE_MM = 20.0  # beside the bars there is room for the code in words, if this much is left
_COLUMN_HAZARD_MM = (4.2, 6.0, 8.5, 11.0)


@dataclass(slots=True)
class _Plan:
    """The areas of one label, in dots."""

    drawing: Drawing
    dots: float  # per mm
    stock: Stock
    column: Area
    aside: Area | None = None
    rows: list[Row] = field(default_factory=list)


def lay_out(label: Label, stock: Stock, dpi: int) -> Drawing:
    """The label on whole dots of a printer with `dpi` dots an inch. Raises DoesNotFit."""
    content = content_of(label)
    dots = dots_per_mm(dpi)
    drawing = Drawing(content.code, int(stock.width * dots), int(stock.height * dots))
    top_height, aside = _draw_bars(drawing, stock, dpi)
    column = _draw_qr(drawing, stock, dots, top_height)
    plan = _Plan(drawing, dots, stock, column, aside, list(content.rows))
    _place_code(plan, content)
    _place_hazards(plan, content.hazards)
    _place_rows(plan)
    return drawing


def _draw_bars(drawing: Drawing, stock: Stock, dpi: int) -> tuple[int, Area | None]:
    """Code 128 along the bottom; gives the height left above it and the area left beside it."""
    if not stock.bar_height:
        return drawing.height, None
    dots = dots_per_mm(dpi)
    x, margin, height = x_dots(dpi), math.floor(stock.margin * dots), round(stock.bar_height * dots)
    modules = code_128(drawing.code)
    quiet = QUIET_CODE_128 * x
    width = len(modules) * x
    if width + 2 * quiet > drawing.width:
        raise DoesNotFit("The Code 128 symbol", stock.name)
    free = drawing.width - width - 2 * quiet - margin
    beside = free >= _ASIDE_MM * dots
    left = quiet if beside else (drawing.width - width) // 2
    top = drawing.height - margin - height
    drawing.boxes.extend((left + start * x, top, length * x, height) for start, length in runs(modules))
    aside = Area(left + width + quiet, top, free, height) if beside else None
    return top, aside


def _draw_qr(drawing: Drawing, stock: Stock, dots: float, height: int) -> Area:
    """QR 1-H with its quiet zone in the top right corner; gives the text column left of it."""
    across = QR_MODULES + 2 * QUIET_QR
    module = min(height, drawing.width // 2) // across
    module = min(module, math.floor(LARGEST_QR_MODULE_MM * dots))
    if module < MINIMUM_QR_MODULE_MM * dots:
        raise DoesNotFit("The QR symbol", stock.name)
    size = across * module
    left, top = drawing.width - size + QUIET_QR * module, (height - size) // 2 + QUIET_QR * module
    for y, row in enumerate(qr(drawing.code)):
        drawing.boxes.extend(
            (left + start * module, top + y * module, length * module, module) for start, length in runs(row)
        )
    margin = math.floor(stock.margin * dots)
    bottom = round(0.8 * dots) if stock.bar_height else margin
    return Area(margin, margin, drawing.width - size - margin, height - margin - bottom)


def _place_code(plan: _Plan, content: Content) -> None:
    """The code for people: large beside the bars where there is room, else a row of the column."""
    text, mono = printed(content.code), faces().mono
    if plan.aside is None:
        plan.rows.insert(_after_headline(plan.rows), Row(text, "mono", 1.3, most=1, exact=True, least_scale=0.9))
        return
    area = plan.aside
    size = min(math.floor(area.width / mono.width(text)), round(5.2 * plan.dots))
    baseline = area.y + area.height - round(0.08 * size)
    plan.drawing.words.append(Word(area.x, baseline, size, mono, text))
    plan.aside = Area(area.x, area.y, area.width, area.height - round(0.95 * size))


def _after_headline(rows: Sequence[Row]) -> int:
    return next((index + 1 for index, row in enumerate(rows) if row.scale > 1.5), len(rows))


def _place_hazards(plan: _Plan, hazards: tuple[str, ...]) -> None:
    """Pictogram and word of every hazard: beside the bars, else at the foot of the column."""
    if not hazards:
        return
    least = 2.4 * plan.dots
    if plan.aside is not None:
        chips = hazard_chips(hazards, plan.aside, largest=8 * plan.dots, least=least)
        if chips is not None:
            plan.drawing.add(chips)
            return
    for height in _COLUMN_HAZARD_MM:
        tall = round(height * plan.dots)
        area = Area(plan.column.x, plan.column.y + plan.column.height - tall, plan.column.width, tall)
        chips = hazard_chips(hazards, area, largest=4.2 * plan.dots, least=least)
        if chips is not None:
            plan.drawing.add(chips)
            plan.column.height -= tall + round(0.4 * plan.dots)
            return
    raise DoesNotFit("The list of hazards", plan.stock.name)


def _face(row: Row) -> Face:
    face: Face = getattr(faces(), row.face)
    return face


def _em(plan: _Plan, row: Row, size: float) -> int:
    """The em of the row in dots, where body text is `size` dots."""
    scale = row.scale
    if row.least_scale is not None:
        fits = plan.column.width * _SLACK / (_face(row).width(row.text) * size)
        scale = max(row.least_scale, min(scale, fits))
    return math.floor(size * scale)


def _line_height(plan: _Plan, row: Row, size: float) -> int:
    return math.ceil(_em(plan, row, size) * _LEADING)


def _limit(plan: _Plan, row: Row, size: float) -> float:
    """Width of the column in em of the row."""
    return plan.column.width * _SLACK / _em(plan, row, size)


def _place_rows(plan: _Plan) -> None:
    """Everything in full if any size allows it; then without the rows that matter least; then shortened."""
    if _place_in_full(plan, _COMFORTABLE):
        return
    _leave_out(plan, 1)
    if _place_in_full(plan, _SMALL):
        return
    for grade in (1, 2, 3):
        _leave_out(plan, grade)
        if _place_shortened(plan):
            return
    raise DoesNotFit("The text", plan.stock.name)


def _leave_out(plan: _Plan, grade: int) -> None:
    plan.drawing.shortened.extend(row.text for row in plan.rows if row.leave_out == grade)
    plan.rows = [row for row in plan.rows if row.leave_out != grade]


def _place_in_full(plan: _Plan, sizes: Sequence[float]) -> bool:
    for points in sizes:
        size = points * _POINT_MM * plan.dots
        lines = [wrapped(row.text, _face(row), _limit(plan, row, size)) for row in plan.rows]
        full = all(len(got) <= row.most for got, row in zip(lines, plan.rows, strict=True))
        if full and _height(plan, lines, size) <= plan.column.height:
            _write(plan, lines, size)
            return True
    return False


def _height(plan: _Plan, lines: Sequence[Sequence[str]], size: float) -> int:
    return sum(len(got) * _line_height(plan, row, size) for row, got in zip(plan.rows, lines, strict=True))


def _place_shortened(plan: _Plan) -> bool:
    for points in _TIGHT:
        size = points * _POINT_MM * plan.dots
        lines = _squeezed(plan, size)
        if lines is not None:
            _write(plan, lines, size)
            return True
    return False


def _squeezed(plan: _Plan, size: float) -> list[list[str]] | None:
    """The lines of every row, the others one line each and grown in turn while there is room; None if none."""
    rows = plan.rows
    exact = [wrapped(row.text, _face(row), _limit(plan, row, size)) for row in rows]
    counts = [len(got) if row.exact else 1 for row, got in zip(rows, exact, strict=True)]
    room = plan.column.height - sum(n * _line_height(plan, row, size) for n, row in zip(counts, rows, strict=True))
    if room < 0 or any(row.exact and n > row.most for n, row in zip(counts, rows, strict=True)):
        return None
    for index, row in enumerate(rows):
        wanted = counts[index] if row.exact else min(len(exact[index]), row.most)
        while counts[index] < wanted and room >= _line_height(plan, row, size):
            counts[index] += 1
            room -= _line_height(plan, row, size)
    return [_cut(plan, row, size, count) for row, count in zip(rows, counts, strict=True)]


def _cut(plan: _Plan, row: Row, size: float, count: int) -> list[str]:
    """The row in that many lines; what is shortened is noted on the drawing."""
    lines, was_cut = shortened(row.text, _face(row), _limit(plan, row, size), count)
    if was_cut:
        plan.drawing.shortened.append(row.text)
    return lines


def _write(plan: _Plan, lines: Sequence[Sequence[str]], size: float) -> None:
    spare = plan.column.height - _height(plan, lines, size)
    gap = min(spare // max(1, len(plan.rows) - 1), round(0.9 * plan.dots))
    y = float(plan.column.y)
    for row, got in zip(plan.rows, lines, strict=True):
        face, dots = _face(row), _em(plan, row, size)
        for line in got:
            baseline = round(y + 0.86 * dots)
            plan.drawing.words.append(Word(plan.column.x, baseline, dots, face, face.drawable(line)))
            y += _line_height(plan, row, size)
        y += gap
