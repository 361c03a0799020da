"""A paper on a continuous roll, as narrow as 58 mm, in whole printer dots: for PDF, PNG and ZPL alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

from labels.chips import hazard_chips
from labels.document import Document, Table
from labels.drawing import Area, Drawing, Word
from labels.errors import DoesNotFit
from labels.stamp import Stamp, modules
from labels.stock import MINIMUM_MODULE_MM, QUIET_QR, Stock, dots_per_mm
from labels.symbol import runs
from labels.text import Face, cleaned, faces, wrapped

_BODY_PT, _SMALL_PT, _TITLE_PT = 9.0, 7.5, 13.0
_LEADING = 1.3
_MARGIN_MM = 4.0  # Receipt printers leave that much white at either side of an 80 mm roll.
_SIGN_MM = 14.0
_HAZARD_MM = 7.0
_LARGEST_MODULE_MM = 0.9


def drawn(document: Document, stock: Stock, dpi: int | None = None) -> Drawing:
    """The paper as wide as the continuous stock and as long as it needs. Raises DoesNotFit if that is too long."""
    roll = _Roll(stock, dpi or stock.dpi)
    roll.write(document)
    return roll.cut()


class _Roll:
    """Writes down the roll."""

    def __init__(self, stock: Stock, dpi: int) -> None:
        self._stock = stock
        self._dots = dots_per_mm(dpi)
        self._drawing = Drawing("", int(stock.width * self._dots), 0)
        self._left = round(_MARGIN_MM * self._dots)
        self._width = self._drawing.width - 2 * self._left
        self._y = self._left

    def write(self, document: Document) -> None:
        """Everything, from top to bottom."""
        regular, bold = faces().regular, faces().bold
        self._lines(document.issuer, regular, _BODY_PT)
        self._lines(document.title, bold, _TITLE_PT)
        self._gap(1.5)
        self._hazards(document.hazards)
        for name, value in document.facts:
            self._lines(f"{name}: {value}", regular, _BODY_PT)
        if document.code:
            self._code(document.code, "M")
        if document.table:
            self._table(document.table)
        for paragraph in document.words:
            self._gap(1.5)
            self._lines(paragraph, regular, _BODY_PT)
        for who in document.signatures:
            self._sign(who)
        if document.stamp:
            self._stamp(document.stamp)

    def cut(self) -> Drawing:
        """What was written, with as much white below as above. Raises DoesNotFit."""
        self._drawing.height = max(self._y + self._left, round(self._stock.shortest * self._dots))
        if self._drawing.height > self._stock.height * self._dots:
            raise DoesNotFit("The receipt", self._stock.name)
        return self._drawing

    def _gap(self, millimetres: float) -> None:
        self._y += round(millimetres * self._dots)

    def _lines(self, text: str, face: Face, points: float) -> None:
        size = math.floor(points * 25.4 / 72 * self._dots)
        for line in wrapped(cleaned(text), face, self._width / size):
            self._drawing.words.append(Word(self._left, self._y + size, size, face, face.drawable(line)))
            self._y += math.ceil(size * _LEADING)

    def _rule(self) -> None:
        self._drawing.boxes.append((self._left, self._y, self._width, max(1, round(0.2 * self._dots))))
        self._gap(1)

    def _hazards(self, words: tuple[str, ...]) -> None:
        if not words:
            return
        tall = round(_HAZARD_MM * self._dots)
        for word in words:
            chips = hazard_chips((word,), Area(self._left, self._y, self._width, tall), largest=tall, least=tall / 4)
            if chips is None:
                raise DoesNotFit("The list of hazards", self._stock.name)
            self._drawing.add(chips)
            self._y += tall
        self._gap(1)

    def _table(self, table: Table) -> None:
        """A row is a paragraph: the first cell that says something as its head, the others by their headings."""
        headings = [heading for heading, _ in table.columns]
        self._gap(1)
        for row in table.rows:
            self._rule()
            self._row(headings, row)
            self._gap(0.8)
        self._rule()

    def _row(self, headings: Sequence[str], row: Sequence[str]) -> None:
        said = [(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell]
        for index, (heading, cell) in enumerate(said):
            face = faces().regular if index else faces().bold
            self._lines(f"{heading}: {cell}" if index else f"{heading} {cell}", face, _BODY_PT)

    def _sign(self, who: str) -> None:
        for words in (who, "Date and time"):
            self._gap(_SIGN_MM if words == who else _SIGN_MM / 2)
            self._rule()
            self._lines(words, faces().regular, _SMALL_PT)

    def _stamp(self, stamp: Stamp) -> None:
        self._gap(3)
        self._code(stamp.text, "M")
        for number, line in enumerate(stamp.lines):
            self._lines(line, faces().regular if number else faces().bold, _SMALL_PT)

    def _code(self, text: str, level: str) -> None:
        dark = modules(text, level)
        module = min(self._drawing.width // (len(dark) + 2 * QUIET_QR), math.floor(_LARGEST_MODULE_MM * self._dots))
        if module < MINIMUM_MODULE_MM * self._dots / 2:
            raise DoesNotFit("The code", self._stock.name)
        self._y += QUIET_QR * module
        left = max(QUIET_QR * module, self._left)
        for row in dark:
            self._drawing.boxes.extend((left + x * module, self._y, length * module, module) for x, length in runs(row))
            self._y += module
        self._y += QUIET_QR * module
