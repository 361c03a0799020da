"""An A4 paper with facts, a table and lines to sign on: receipts, and the ledger's daily print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from labels.chips import hazard_chips
from labels.drawing import Area
from labels.errors import DoesNotFit
from labels.stamp import POINTS_PER_MM, Stamp, draw, draw_code
from labels.text import Face, cleaned, faces, shortened, wrapped

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 18.0  # mm
_FOOT = 42.0  # mm from the bottom that belong to the stamp
_BODY_PT, _SMALL_PT, _TITLE_PT = 10.0, 8.0, 17.0
_LEADING = 1.35
_STAMP_MM = 24.0
_CODE_MM = 52.0
_NAMES_MM = 42.0
_HAZARDS_MM = 16.0
_MOST_LINES = 6  # In a cell; what is left out is said to be on record.


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by heading and width in millimetres, and rows of text."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`facts` are name and value, `words` paragraphs below them, `signatures` who signs, each with a line and a date.

    `hazards` are words that stand below the title, each with its pictogram. `stamp` stands at the foot of every page;
    `code` is a text that a large QR code holds, in the middle of the first.
    """

    title: str
    issuer: str
    facts: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()
    table: Table | None = None
    signatures: tuple[str, ...] = ()
    stamp: Stamp | None = None
    code: str | None = None
    hazards: tuple[str, ...] = ()


def render(document: Document) -> bytes:
    """The PDF, byte for byte the same for the same document and fonts."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_pt(_WIDTH), _pt(_HEIGHT)), pageCompression=1, invariant=1)
    canvas.setTitle(document.title)
    canvas.setAuthor(document.issuer)
    _Pages(canvas, document).write()
    canvas.save()
    return file.getvalue()


class _Pages:
    """Writes down the page, and goes to the next one where it ends."""

    def __init__(self, canvas: Canvas, document: Document) -> None:
        self._canvas = canvas
        self._document = document
        self._page = 0
        self._y = 0.0
        self._begin()

    def write(self) -> None:
        document = self._document
        if document.hazards:
            self._hazards(document.hazards)
        for name, value in document.facts:
            self._fact(name, value)
        if document.code:
            self._code(document.code)
        if document.table:
            self._table(document.table)
        self._y -= 3
        for paragraph in document.words:
            self._lines(paragraph, faces().regular, _BODY_PT)
            self._y -= 2
        self._sign(document.signatures)
        self._end()

    def _begin(self) -> None:
        self._page += 1
        self._y = _HEIGHT - _MARGIN
        self._lines(self._document.issuer, faces().regular, _BODY_PT)
        title = self._document.title if self._page == 1 else f"{self._document.title}, page {self._page}"
        self._y -= 1
        self._lines(title, faces().bold, _TITLE_PT)
        self._y -= 4

    def _end(self) -> None:
        if self._document.stamp:
            draw(self._canvas, self._document.stamp, _MARGIN - 2, _MARGIN - 6, _STAMP_MM, "M")
        self._canvas.showPage()

    def _room(self, millimetres: float) -> bool:
        """See to it that so much can be written; whether that took a new page."""
        if self._y - millimetres >= _FOOT:
            return False
        self._end()
        self._begin()
        return True

    def _lines(self, text: str, face: Face, size: float, left: float = _MARGIN, width: float | None = None) -> None:
        """A paragraph from `left`, as wide as it may be, below what is there."""
        limit = _pt(width or _WIDTH - left - _MARGIN) / size
        for line in _wrapped(text, face, limit):
            self._room(_mm(size))
            self._y -= _mm(size)
            self._put(line, face, size, left)

    def _put(self, line: str, face: Face, size: float, left: float) -> None:
        self._canvas.setFont(face.name, size)
        self._canvas.drawString(_pt(left), _pt(self._y), face.drawable(line))

    def _hazards(self, words: tuple[str, ...]) -> None:
        """Pictogram and word of each, in tenths of a millimetre on a drawing of their own."""
        width, height = round(10 * (_WIDTH - 2 * _MARGIN)), round(10 * _HAZARDS_MM)
        chips = hazard_chips(words, Area(0, 0, width, height), largest=80, least=24)
        if chips is None:
            raise DoesNotFit("The list of hazards", "A4")
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(_pt(0.1), 0, 0, _pt(0.1), _pt(_MARGIN), _pt(self._y - _HAZARDS_MM))
        for points, inked in chips[0]:
            path = canvas.beginPath()
            path.moveTo(points[0][0], height - points[0][1])
            for x, y in points[1:]:
                path.lineTo(x, height - y)
            canvas.setFillGray(0 if inked else 1)
            canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFillGray(0)
        for word in chips[1]:
            canvas.setFont(word.face.name, word.size)
            canvas.drawString(word.x, height - word.baseline, word.text)
        canvas.restoreState()
        self._y -= max(y for points, _ in chips[0] for _, y in points) / 10 + 3

    def _fact(self, name: str, value: str) -> None:
        width = _WIDTH - 2 * _MARGIN - _NAMES_MM
        self._room(_mm(_BODY_PT))
        top = self._y
        self._lines(value or "-", faces().regular, _BODY_PT, _MARGIN + _NAMES_MM, width)
        below, self._y = self._y, (top if self._y < top else _HEIGHT - _MARGIN) - _mm(_BODY_PT)
        self._put(name, faces().bold, _BODY_PT, _MARGIN)
        self._y = below - 0.8

    def _code(self, text: str) -> None:
        self._room(_CODE_MM + 6)
        self._y -= _CODE_MM
        draw_code(self._canvas, text, _MARGIN - 4, self._y, _CODE_MM)
        self._lines(text, faces().mono, _SMALL_PT)
        self._y -= 2

    def _table(self, table: Table) -> None:
        self._y -= 3
        self._heading(table)
        for row in table.rows:
            self._row(row, table, faces().regular)
            self._rule()

    def _heading(self, table: Table) -> None:
        self._row([heading for heading, _ in table.columns], table, faces().bold)
        self._rule()

    def _row(self, cells: Sequence[str], table: Table, face: Face) -> None:
        split = [
            shortened(cleaned(cell), face, _pt(width - 3) / _BODY_PT, _MOST_LINES)[0]
            for cell, (_, width) in zip(cells, table.columns, strict=True)
        ]
        height = max(1, *map(len, split)) * _mm(_BODY_PT) + 1.5
        if self._room(height):
            self._heading(table)
        top = self._y
        left = _MARGIN
        for lines, (_, width) in zip(split, table.columns, strict=True):
            self._y = top
            for line in lines:
                self._y -= _mm(_BODY_PT)
                self._put(line, face, _BODY_PT, left)
            left += width
        self._y = top - height

    def _rule(self, left: float = _MARGIN, right: float = _WIDTH - _MARGIN) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_pt(left), _pt(self._y), _pt(right), _pt(self._y))

    def _sign(self, signatures: Sequence[str]) -> None:
        for who in signatures:
            self._room(20)
            self._y -= 16
            middle = _WIDTH * 0.66
            self._rule(_MARGIN, middle - 6)
            self._rule(middle, _WIDTH - _MARGIN)
            self._y -= _mm(_SMALL_PT)
            self._put(who, faces().regular, _SMALL_PT, _MARGIN)
            self._put("Date and time", faces().regular, _SMALL_PT, middle)


def _wrapped(text: str, face: Face, limit: float) -> list[str]:
    return list(_each(text, face, limit))


def _each(text: str, face: Face, limit: float) -> Iterator[str]:
    for line in text.split("\n"):
        yield from wrapped(cleaned(line), face, limit)


def _pt(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


def _mm(points: float) -> float:
    """The height of a line of this size, in millimetres."""
    return points * _LEADING / POINTS_PER_MM
