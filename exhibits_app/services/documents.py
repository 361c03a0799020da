"""What a printed document is made of, so that a page, a PDF and a test show the same: headings, facts, tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's own and begins a new page."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; `strong` for what must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; `tone` is "gap", "out" or nothing, and never says what the cells do not say."""

    cells: tuple[str, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name for those who do not see it, its columns with their shares of the width, its rows."""

    name: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on, each with its name."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 of this text, for a scanner, with the text below it."""

    text: str


Block = Heading | Prose | Facts | Table | Lines | Barcode


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, what stands at the foot of each page, a mark across each page, and its blocks."""

    title: str
    foot: str
    blocks: Iterable[Block] = field(default_factory=tuple)
    mark: str = ""


def facts(*rows: tuple[str, str | None]) -> Facts:
    """The facts that are known: rows without a value are left out."""
    return Facts(tuple((name, value) for name, value in rows if value))


def table(name: str, columns: tuple[tuple[str, float], ...], rows: Iterable[Row], none: str) -> Table | Prose:
    """The table, or a sentence where it would have no rows."""
    found = tuple(rows)
    return Table(name, columns, found) if found else Prose(none)
