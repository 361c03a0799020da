"""A document as a PDF on A4: plain type, tables that go on over pages, byte for byte the same for the same document."""

import io
from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from labels.pdf_words import encoded
from labels.symbol import code_128, runs
from labels.text import Face, cleaned, faces, wrapped

from .documents import Barcode, Block, Document, Facts, Heading, Lines, Prose, Row, Table

WIDTH, HEIGHT = 595.276, 841.89  # A4 in points.
LEFT, RIGHT, TOP, BOTTOM = 51.0, 51.0, 54.0, 60.0
ROOM = WIDTH - LEFT - RIGHT
BODY, SMALL, LEADING = 9.0, 7.6, 1.32
SIZES = {1: 16.0, 2: 11.5, 3: 9.5}
NAMES = 0.27  # The share of the width that the names of facts have.
GREY, RULE, MARK = 0.35, 0.75, 0.93
BAR, BARS, QUIET = 1.08, 34.0, 10  # A module of 0.38 mm, bars of 12 mm, and modules of white at each side.
TONES = {"gap": (0.99, 0.90, 0.89), "out": (0.93, 0.94, 0.96)}
PIECE = 2_000  # Characters; what cleans text for us cuts longer ones.


def pdf(document: Document, progress: Callable[[], None] | None = None) -> bytes:
    """The bytes of the PDF. `progress` is told of each heading of level 1 as it is set."""
    file = io.BytesIO()
    sheet = _Sheet(_Numbered(file, document), progress)
    for block in document.blocks:
        sheet.put(block)
    sheet.canvas.showPage()
    sheet.canvas.save()
    return file.getvalue()


class _Numbered(Canvas):
    """A canvas that knows at the end how many pages there are, and writes the foot of each."""

    def __init__(self, file: io.BytesIO, document: Document) -> None:
        super().__init__(file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
        self.setTitle(cleaned(document.title))
        self._document = document
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page until all are counted."""
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # reportlab has no types

    def save(self) -> None:
        """Write every page with its foot."""
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self._foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _foot(self, number: int, of: int) -> None:
        face = faces().regular
        self.setFillGray(GREY)
        self.setFont(face.name, SMALL)
        self.drawString(LEFT, BOTTOM - 26, face.drawable(_cut(self._document.foot, face, ROOM - 70, SMALL)))
        self.drawRightString(WIDTH - RIGHT, BOTTOM - 26, f"Page {number} of {of}")


class _Sheet:
    """Puts blocks on paper from top to bottom."""

    def __init__(self, canvas: _Numbered, progress: Callable[[], None] | None) -> None:
        self.canvas = canvas
        self._progress = progress
        self._faces = faces()
        self._y = HEIGHT - TOP
        self._is_fresh = False
        self._known: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._begin()

    def put(self, block: Block) -> None:
        """The block, on as many pages as it takes."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Prose):
            self._prose(block)
        elif isinstance(block, Facts):
            for name, value in block.rows:
                self._row(((name, NAMES), (value, 1 - NAMES)), BODY, self._faces.bold)
            self._y -= 6
        elif isinstance(block, Lines):
            self._lines(block)
        elif isinstance(block, Barcode):
            self._barcode(block)
        else:
            self._table(block)

    def _begin(self) -> None:
        self.canvas.setFillGray(0)
        mark = self.canvas._document.mark
        if mark:
            self.canvas.saveState()
            self.canvas.setFillGray(MARK)
            self.canvas.setFont(self._faces.bold.name, 110)
            self.canvas.translate(WIDTH / 2, HEIGHT / 2)
            self.canvas.rotate(52)
            self.canvas.drawCentredString(0, -40, mark)
            self.canvas.restoreState()
        self._y, self._is_fresh = HEIGHT - TOP, True

    def _next_page(self) -> None:
        self.canvas.showPage()
        self._begin()

    def _need(self, height: float) -> None:
        if self._y - height < BOTTOM and not self._is_fresh:
            self._next_page()

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            if not self._is_fresh:
                self._next_page()
            if self._progress:
                self._progress()
        size = SIZES[block.level]
        self._need(size * 5)
        self._y -= 0 if self._is_fresh else size * 0.7
        for line in _wrapped(block.text, self._faces.bold, ROOM, size):
            self._text(LEFT, line, self._faces.bold, size)
            self._y -= size * LEADING
        self._y -= size * 0.25

    def _prose(self, block: Prose) -> None:
        face = self._faces.bold if block.strong else self._faces.regular
        for line in _wrapped(block.text, face, ROOM, BODY):
            self._need(BODY * LEADING)
            self._text(LEFT, line, face, BODY)
            self._y -= BODY * LEADING
        self._y -= 4

    def _lines(self, block: Lines) -> None:
        for name in block.names:
            self._need(34)
            self._y -= 20
            self._text(LEFT, name, self._faces.regular, BODY)
            self.canvas.setStrokeGray(0)
            self.canvas.setLineWidth(0.6)
            self.canvas.line(LEFT + 120, self._y - BODY - 2, WIDTH - RIGHT, self._y - BODY - 2)
            self._y -= BODY * LEADING
        self._y -= 12

    def _barcode(self, block: Barcode) -> None:
        """Bars on white with their quiet zones; the text below, for who reads it out."""
        modules = code_128(block.text)
        self._need(BARS + 26)
        self._y -= 6
        self.canvas.setFillGray(0)
        for start, length in runs(modules):
            self.canvas.rect(LEFT + (QUIET + start) * BAR, self._y - BARS, length * BAR, BARS, stroke=0, fill=1)
        self._y -= BARS + 3
        self._text(LEFT + QUIET * BAR, block.text, self._faces.bold, BODY)
        self._y -= BODY * LEADING + 8

    def _table(self, block: Table) -> None:
        whole = sum(share for _, share in block.columns)
        shares = [share / whole for _, share in block.columns]
        head = tuple((name, share) for (name, _), share in zip(block.columns, shares, strict=True))

        def headed() -> None:
            self._row(head, SMALL, self._faces.bold, all_bold=True)

        self._need(60)
        headed()
        for row in block.rows:
            cells = tuple(zip(row.cells, shares, strict=True))
            self._row(cells, SMALL, None, tone=row.tone, on_new_page=headed)
        self._y -= 8

    def _row(
        self,
        cells: tuple[tuple[str, float], ...],
        size: float,
        first: Face | None,
        *,
        tone: str = "",
        all_bold: bool = False,
        on_new_page: Callable[[], None] | None = None,
    ) -> None:
        """One row; where it does not fit, it goes on on the next page."""
        regular, step = self._faces.regular, size * LEADING
        set_in = [first if first and (all_bold or not n) else regular for n in range(len(cells))]
        lines = [
            _wrapped(text, face, share * ROOM - 7, size) for (text, share), face in zip(cells, set_in, strict=True)
        ]
        done, most = 0, max(map(len, lines), default=1) or 1
        while done < most:
            fit = int((self._y - BOTTOM - 5) / step)
            if fit < min(most - done, 4) and not self._is_fresh:
                self._next_page()
                if on_new_page:
                    on_new_page()
                continue
            count = min(fit, most - done)
            self._slice([one[done : done + count] for one in lines], cells, set_in, size, count * step + 5, tone)
            done += count

    def _slice(
        self,
        lines: list[list[str]],
        cells: tuple[tuple[str, float], ...],
        set_in: list[Face],
        size: float,
        height: float,
        tone: str,
    ) -> None:
        canvas, x = self.canvas, LEFT
        if tone in TONES:
            canvas.setFillColorRGB(*TONES[tone])
            canvas.rect(LEFT - 2, self._y - height, ROOM + 4, height, stroke=0, fill=1)
            canvas.setFillGray(0)
        for cell, (_, share), face in zip(lines, cells, set_in, strict=True):
            self._set(x, self._y - 2, cell, face, size)
            x += share * ROOM
        self._y -= height
        canvas.addLiteral(f"{RULE} G 0.4 w {LEFT - 2:.1f} {self._y:.1f} m {WIDTH - RIGHT + 2:.1f} {self._y:.1f} l S")
        self._is_fresh = False

    def _text(self, x: float, text: str, face: Face, size: float) -> None:
        self._set(x, self._y, [text], face, size)
        self._is_fresh = False

    def _set(self, x: float, y: float, lines: list[str], face: Face, size: float) -> None:
        """Lines one below another. We write the operators ourselves: reportlab takes four times as long, which a
        report of a thousand pages would have to wait for."""
        told = [f"BT 1 0 0 1 {x:.2f} {y - size:.2f} Tm {size * LEADING:.2f} TL"]
        name = ""
        for line in lines:
            for inside, codes in self._encoded(face, line):
                told.append(f"({codes}) Tj" if inside == name else f"{inside} {size} Tf ({codes}) Tj")
                name = inside
            told.append("T*")
        if lines:
            self.canvas.addLiteral(" ".join([*told, "ET"]))

    def _encoded(self, face: Face, line: str) -> list[tuple[str, str]]:
        """The line as runs of one subset of the font each: the subset's name in the file, the text in its codes."""
        known = self._known.get((face.name, line))
        if known is None:
            known = encoded(self.canvas, face, face.drawable(line))
            self._known[face.name, line] = known
        return known


def _wrapped(text: str, face: Face, width: float, size: float) -> list[str]:
    limit = width / size
    found: list[str] = []
    for line in text.splitlines():
        for at in range(0, len(line), PIECE):
            found += wrapped(cleaned(line[at : at + PIECE]), face, limit)
    return found


def _cut(text: str, face: Face, width: float, size: float) -> str:
    lines = _wrapped(text, face, width, size)
    return lines[0] if lines else ""


__all__ = ["Row", "pdf"]
