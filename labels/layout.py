"""Places everything on a label in whole printer dots: one model, which the PDF and the raster painter both draw."""

from __future__ import annotations

import math
from collections.abc import Sequence

from labels.chips import hazard_chips
from labels.content import Content, Row, content_of
from labels.drawing import Area, Drawing, Word
from labels.errors import DoesNotFit
from labels.fields import Label
from labels.payload import printed
from labels.rows import Plan, place_rows
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
from labels.text import faces

_QR_SHARE = 0.5  # of the width at most: the rest is for the text
_ASIDE_MM = 20.0  # beside the bars there is room for the code in words, if this much is left
_COLUMN_HAZARD_MM = (3.8, 5.6, 8.0, 11.0)


def lay_out(label: Label, stock: Stock, dpi: int) -> Drawing:
    """The label on whole dots of a printer with `dpi` dots an inch. Raises DoesNotFit."""
    content = content_of(label)
    dots = dots_per_mm(dpi)
    drawing = Drawing(content.code, int(stock.width * dots), int(stock.height * dots))
    top_height, aside = _draw_bars(drawing, stock, dpi)
    column = _draw_qr(drawing, stock, dots, top_height)
    plan = Plan(drawing, dots, stock, column, aside, list(content.rows))
    _place_code(plan, content)
    _place_hazards(plan, content.hazards)
    place_rows(plan)
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
    drawing.symbols = ("Code 128", "QR")
    aside = Area(left + width + quiet, top, free, height) if beside else None
    return top, aside


def _draw_qr(drawing: Drawing, stock: Stock, dots: float, height: int) -> Area:
    """QR 1-H with its quiet zone in the top right corner; gives the text column left of it."""
    across = QR_MODULES + 2 * QUIET_QR
    module = min(height, math.floor(drawing.width * _QR_SHARE)) // across
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


def _place_code(plan: Plan, content: Content) -> None:
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


def _place_hazards(plan: Plan, hazards: tuple[str, ...]) -> None:
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
        chips = hazard_chips(hazards, area, largest=3.8 * plan.dots, least=least)
        if chips is not None:
            plan.drawing.add(chips)
            plan.column.height -= tall + round(0.4 * plan.dots)
            return
    raise DoesNotFit("The list of hazards", plan.stock.name)
