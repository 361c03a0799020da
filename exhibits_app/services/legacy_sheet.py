"""Reading a previous system's list of items from a spreadsheet, its columns known by their headings."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ..domain.errors import ColumnsMissing, SheetUnreadable

# What a row can say, with the headings by which each is known whatever their letter case.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("legacy reference", "legacy number", "number", "property number", "item number", "old reference"),
    "case": ("case", "case reference", "crime number", "crime reference"),
    "description": ("description", "item", "what it is"),
    "seized": ("seized", "seized on", "seized at", "date seized", "date in"),
    "reference": ("exhibit", "exhibit reference", "exhibit number"),
    "category": ("category", "type"),
    "officer": ("officer", "seized by", "seizing officer"),
    "producer": ("producer", "produced by"),
    "place": ("place", "location", "stored at"),
    "seal": ("seal", "seal number", "bag number"),
    "quantity": ("quantity",),
    "unit": ("unit",),
    "hazards": ("hazards",),
    "packaging": ("packaging",),
    "power": ("power",),
    "found_by": ("found by", "finder"),
    "found_at": ("found at", "where found"),
    "case_title": ("case title", "title"),
    "case_category": ("case category", "offence type"),
    "oic": ("oic", "officer in the case"),
    "team": ("team",),
}
REQUIRED = ("number", "case", "description", "seized")
Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet, counted as the sheet counts them: what it says by field, and what no field takes."""

    line: int
    cells: Mapping[str, str]
    rest: str

    def of(self, field: str) -> str:
        """What the row says; empty where it says nothing."""
        return self.cells.get(field, "")


def rows(file: Path, named: Mapping[str, str]) -> Iterator[Row]:
    """Every line that says anything; `named` gives headings of one's own by field.

    Raises SheetUnreadable, and ColumnsMissing for a sheet without what each item needs.
    """
    lines = iter(_lines(file))
    headings = [_text(cell) for cell in next(lines, ())]
    fields = _fields(headings, named)
    missing = [HEADINGS[field][0] for field in REQUIRED if field not in fields.values()]
    if missing:
        raise ColumnsMissing("file", ", ".join(missing))
    for line, cells in enumerate(lines, start=2):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield _row(line, texts, headings, fields)


def _row(line: int, texts: Sequence[str], headings: Sequence[str], fields: Mapping[int, str]) -> Row:
    """Nothing is lost: a cell under a heading of its own, or under none, is kept as "Heading: value"."""
    said = {fields[at]: text for at, text in enumerate(texts) if at in fields and text}
    rest = [
        f"{headings[at] if at < len(headings) and headings[at] else f'Column {at + 1}'}: {text}"
        for at, text in enumerate(texts)
        if at not in fields and text
    ]
    return Row(line, said, "\n".join(rest))


def _fields(headings: Sequence[str], named: Mapping[str, str]) -> dict[int, str]:
    """The field of each column that has one; of two columns for one field, the first."""
    known = {heading: field for field, choices in HEADINGS.items() for heading in choices if field not in named}
    known |= {heading.casefold().strip(): field for field, heading in named.items()}
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        field = known.get(" ".join(heading.casefold().replace("_", " ").split()))
        if field and field not in found.values():
            found[at] = field
    return found


def _lines(file: Path) -> Iterable[Cells]:
    return _of_workbook(file) if file.suffix.lower() in {".xlsx", ".xlsm"} else _of_text(file)


def _of_workbook(file: Path) -> Iterator[Cells]:
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise SheetUnreadable("file", f"{file.name} is not a workbook ({type(fault).__name__})") from fault
    try:
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _of_text(file: Path) -> Iterator[Cells]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SheetUnreadable("file", f"{file.name} is not text in UTF-8 ({type(fault).__name__})") from fault
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as fault:
        raise SheetUnreadable("file", f"{file.name} is not a table of separated values ({fault})") from fault


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if (cell.hour, cell.minute) == (0, 0) else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
