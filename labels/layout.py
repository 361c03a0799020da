"""Places everything on a label in whole printer dots: one model, which the PDF and the raster painter both draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from labels.chips import hazard_chips
from labels.content import Content, Row, content_of, kind_of
from labels.drawing import Area, Drawing, Word
from labels.errors import DoesNotFit
from labels.fields import Label
from labels.logo import Logo
from labels.payload import printed
from labels.rows import Plan, place_rows, placed_around
from labels.stock import (
    QUIET_CODE_128,
    QUIET_DATA_MATRIX,
    QUIET_QR,
    Stock,
    dots_per_mm,
    module_for,
    x_dots,
)
from labels.symbol import Modules, code_128, data_matrix, qr, runs
from labels.template import DEFAULT, Template
from labels.text import faces

_LINES_ON_A_ROLL = 200  # of any row that may have more than one: the roll's longest label is the end of it
_ASIDE_MM = 20.0  # beside the bars there is room for the code in words, if this much is left
_SMALL_HEADLINE = 1.3
_LOGO_SHARE = 0.5  # of the text's column at most
_LOGO_GAP_MM = 1.0
_COLUMN_HAZARD_MM = (3.8, 5.6, 8.0, 11.0)


def lay_out(label: Label, stock: Stock, dpi: int, template: Template = DEFAULT) -> Drawing:
    """The label on whole dots of a printer with `dpi` dots an inch; from a continuous roll as long as it needs.

    Raises DoesNotFit.
    """
    if stock.has_room_to_grow:
        return _at_its_length(label, stock, dpi, template)
    content = content_of(label, template)
    dots = dots_per_mm(dpi)
    drawing = Drawing(content.code, int(stock.width * dots), int(stock.height * dots))
    top_height, aside = _draw_bars(drawing, stock, dpi)
    column = _draw_matrix(drawing, stock, dots, top_height)
    plan = Plan(drawing, dots, stock, column, aside, _rows_for(stock, content))
    _place_code(plan, content)
    _place_hazards(plan, content.hazards)
    if not _place_logo(plan, template.logo_of(kind_of(label)), dpi):
        place_rows(plan)
    return drawing


def _place_logo(plan: Plan, logo: Logo | None, dpi: int) -> bool:
    """The logo in the top right corner of the text, far from the symbols' quiet zones, and all text clear of it.

    It goes before anything else does: where not everything stands in full beside it, there is none.
    """
    if logo is None:
        return False
    height, width = logo.dots(dpi).shape
    gap, column = round(_LOGO_GAP_MM * plan.dots), plan.column
    small_enough = width <= column.width * _LOGO_SHARE and height <= column.height
    if not small_enough or not placed_around(plan, (width + gap, height + gap)):
        return False
    plan.drawing.boxes.extend(logo.boxes(dpi, column.x + column.width - width, column.y))
    return True


def _at_its_length(label: Label, stock: Stock, dpi: int, template: Template) -> Drawing:
    """The shortest label on which everything stands in full, else the longest."""
    for length in stock.lengths()[:-1]:
        try:
            drawing = lay_out(label, stock.at(length), dpi, template)
        except DoesNotFit:
            continue
        if not drawing.shortened:
            return drawing
    return lay_out(label, stock.at(stock.height), dpi, template)


def _rows_for(stock: Stock, content: Content) -> list[Row]:
    """The rows; on the smallest stock the headline is hardly larger than the rest, so that all of it has room."""
    rows = list(content.rows)
    if stock.is_continuous:
        rows = [replace(row, most=_LINES_ON_A_ROLL if row.most > 1 else 1) for row in rows]
    if stock.matrix == "QR":
        return rows
    return [replace(row, scale=min(row.scale, _SMALL_HEADLINE)) for row in rows]


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
    drawing.symbols, drawing.finest = ("Code 128",), x
    aside = Area(left + width + quiet, top, free, height) if beside else None
    return top, aside


def _draw_matrix(drawing: Drawing, stock: Stock, dots: float, height: int) -> Area:
    """QR 1-H or Data Matrix with its quiet zone in the top right corner; gives the text column left of it."""
    dark, quiet = _matrix(drawing.code, stock)
    module = module_for(stock, dots, height)
    size = (len(dark) + 2 * quiet) * module
    left, top = drawing.width - size + quiet * module, (height - size) // 2 + quiet * module
    for y, row in enumerate(dark):
        drawing.boxes.extend(
            (left + start * module, top + y * module, length * module, module) for start, length in runs(row)
        )
    drawing.symbols, drawing.finest = (*drawing.symbols, stock.matrix), min(drawing.finest or module, module)
    margin = math.floor(stock.margin * dots)
    bottom = round(0.8 * dots) if stock.bar_height else margin
    return Area(margin, margin, drawing.width - size - margin, height - margin - bottom)


def _matrix(code: str, stock: Stock) -> tuple[Modules, int]:
    """The modules of the symbol of squares, and how many of paper it needs on each side."""
    if stock.matrix == "QR":
        return qr(code), QUIET_QR
    return data_matrix(code), QUIET_DATA_MATRIX


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
    return next((index + 1 for index, row in enumerate(rows) if row.scale > 1.2), len(rows))


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
