"""Tables for a spreadsheet: written row by row in memory that does not grow, and no cell is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.show import london

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | datetime

# What somebody typed stays text: nothing becomes a formula, a link or a number by how it begins.
_AS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WHEN = "d mmm yyyy hh:mm"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and how many characters wide it is."""

    name: str
    width: int


def xlsx(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], about: Sequence[tuple[str, str]], at: datetime
) -> bytes:
    """A workbook of one table and a sheet that says what it is; instants are written in London's time."""
    import xlsxwriter  # Not at the top: it takes 12 MB, and most processes never write a table.

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _AS_TEXT | {"default_date_format": _WHEN})
    book.set_properties({"title": name, "created": london(at).replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    table, told = book.add_worksheet(name), book.add_worksheet("About")
    table.freeze_panes(1, 0)
    for position, column in enumerate(columns):
        table.set_column(position, position, column.width)
        table.write_string(0, position, column.name, bold)
    for line, row in enumerate(rows, 1):
        for position, cell in enumerate(row):
            _write(table, line, position, cell)
    told.set_column(0, 1, 40)
    for line, (what, said) in enumerate(about):
        told.write_string(line, 0, what, bold)
        told.write_string(line, 1, said)
    book.close()
    return file.getvalue()


def _write(sheet: "Worksheet", line: int, position: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, position, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, position, london(cell).replace(tzinfo=None))
    else:
        sheet.write_number(line, position, cell)
