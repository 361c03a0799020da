"""The label stocks that a force can buy, in millimetres, and how fine a symbol may be on them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import MappingProxyType

from labels.errors import DoesNotFit, StockRefused, UnknownStock

MINIMUM_X_MM = 0.33  # Narrowest Code 128 bar; webcams and cheap handhelds read no finer (measured).
QUIET_CODE_128 = 10  # modules, ISO/IEC 15417
QUIET_QR = 4  # modules, ISO/IEC 18004
QUIET_DATA_MATRIX = 2  # modules; ISO/IEC 16022 asks for one, and labels are cut a little askew
MINIMUM_MODULE_MM = 0.5  # of QR and Data Matrix: webcams need the same pixels a module for both (measured)
LARGEST_MODULE_MM = 1.0
LARGEST_SMALL_MODULE_MM = 0.65  # of Data Matrix: the words need the rest of so small a label
MINIMUM_BAR_MM = 6.35  # A bar's least height, or 15 % of the symbol's width if that is more: GS1's rule for Code 128.
MINIMUM_BAR_SHARE = 0.15
CODE_128_MODULES = 145  # Ten characters, none of them paired: start, text, check symbol and stop.
LENGTH_STEP_MM = 2.0  # of labels on a continuous roll
RESOLUTIONS = (203, 300, 600)
_QR_MODULES, _DATA_MATRIX_MODULES = 21, 14
_MATRIX_SHARE = 0.5  # of the label's width at most: the rest is for the words
_DATA_MATRIX_BELOW_MM = 20.0  # A label with a side shorter than this has no room for a QR code and words.
_RANGES = MappingProxyType(  # mm; the longest printers feed a metre, and A3 is the largest sheet of labels
    {
        "width": (8.0, 300.0), "height": (8.0, 1000.0), "page_width": (8.0, 300.0), "page_height": (8.0, 1000.0),
        "left": (0.0, 300.0), "top": (0.0, 1000.0), "pitch_x": (0.0, 300.0), "pitch_y": (0.0, 1000.0),
        "margin": (0.0, 20.0), "bar_height": (0.0, 50.0), "shortest": (0.0, 1000.0),
    }
)  # fmt: skip
_MOST_IN_A_ROW = 50
_LONGEST_NAME = 40
_HAIR_MM = 0.001  # Sums of millimetres with a decimal are a hair off.


def dots_per_mm(dpi: int) -> float:
    """Printer dots in a millimetre. A printer sold as 203 dpi has eight to the millimetre exactly."""
    return 8.0 if dpi == 203 else dpi / 25.4


@dataclass(frozen=True, slots=True)
class Stock:
    """One product: the page, the grid of labels on it, and what fits on them. All lengths in mm.

    On a continuous roll `shortest` is the least length of a label and `height` the greatest; elsewhere `shortest` is 0.
    `cut` asks a thermal printer to cut after each label. Raises StockRefused where the labels overlap, leave the page,
    or have no room for their symbols with quiet zones, on whole dots that are wide and high enough to read.
    """

    name: str
    width: float
    height: float
    page_width: float
    page_height: float
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    pitch_x: float = 0.0
    pitch_y: float = 0.0
    dpi: int = 300
    margin: float = 1.5
    bar_height: float = 12.0  # 0: too narrow for Code 128, the label carries the QR code alone
    shortest: float = 0.0
    cut: bool = False

    def __post_init__(self) -> None:
        _check_numbers(self)
        _check_roll(self)
        _check_grid(self)
        _check_bars(self)
        _check_matrix(self)

    @property
    def matrix(self) -> str:
        """The symbol of squares that the label carries: "QR", or "Data Matrix" where a side is under 20 mm."""
        return "Data Matrix" if min(self.width, self.height) < _DATA_MATRIX_BELOW_MM else "QR"

    @property
    def is_roll(self) -> bool:
        """Whether the page is the label itself, as on a thermal printer."""
        return self.per_page == 1

    @property
    def is_continuous(self) -> bool:
        """Whether each label is as long as what stands on it needs."""
        return self.shortest > 0

    def at(self, length: float) -> Stock:
        """The stock of one label cut from a continuous roll at that length."""
        return replace(self, height=length, page_height=length, shortest=length)

    @property
    def has_room_to_grow(self) -> bool:
        """Whether a label of it is still to be given its length."""
        return 0 < self.shortest < self.height

    def lengths(self) -> list[float]:
        """The lengths that a label of a continuous roll may have, in steps, from the shortest to the longest."""
        steps = math.floor((self.height - self.shortest) / LENGTH_STEP_MM)
        return [*(self.shortest + step * LENGTH_STEP_MM for step in range(steps + 1)), self.height]

    @property
    def per_page(self) -> int:
        """Labels on one page."""
        return self.columns * self.rows

    def place(self, index: int) -> tuple[float, float]:
        """Left and top edge, in mm from the page's top left corner, of label `index` (from 0)."""
        row, column = divmod(index, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


def x_dots(dpi: int) -> int:
    """Whole dots to one Code 128 module: 3 at 203 dpi (0.375 mm), 4 at 300 (0.339), 8 at 600 (0.339)."""
    return max(2, math.ceil(MINIMUM_X_MM * dots_per_mm(dpi)))


def matrix_dots(stock: Stock, dots: float, height: int) -> int:
    """Whole dots to a module of the symbol of squares, if that many dots of height are left; 0 or more, unchecked."""
    is_qr = stock.matrix == "QR"
    across = _QR_MODULES + 2 * QUIET_QR if is_qr else _DATA_MATRIX_MODULES + 2 * QUIET_DATA_MATRIX
    module = min(height, math.floor(int(stock.width * dots) * _MATRIX_SHARE)) // across
    return min(module, math.floor((LARGEST_MODULE_MM if is_qr else LARGEST_SMALL_MODULE_MM) * dots))


def module_for(stock: Stock, dots: float, height: int) -> int:
    """Whole dots to a module that reads. Raises DoesNotFit."""
    module = matrix_dots(stock, dots, height)
    if module < MINIMUM_MODULE_MM * dots:
        raise DoesNotFit(f"The {stock.matrix} symbol", stock.name)
    return module


def height_above_bars(stock: Stock, dots: float, height: int) -> int:
    """Dots above the Code 128 symbol of a label that is so many dots high; all of them where it carries none."""
    if not stock.bar_height:
        return height
    return height - math.floor(stock.margin * dots) - round(stock.bar_height * dots)


def _check_numbers(stock: Stock) -> None:
    if not stock.name.strip() or len(stock.name) > _LONGEST_NAME or not stock.name.isprintable():
        raise StockRefused(stock.name, f"its name must have 1 to {_LONGEST_NAME} printable characters")
    for name, (least, most) in _RANGES.items():
        value = getattr(stock, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise StockRefused(stock.name, f"{name} must be {least:g} to {most:g} mm")
    if stock.dpi not in RESOLUTIONS:
        raise StockRefused(stock.name, "dpi must be 203, 300 or 600")
    for name in ("columns", "rows"):
        count = getattr(stock, name)
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= _MOST_IN_A_ROW:
            raise StockRefused(stock.name, f"{name} must be a whole number from 1 to {_MOST_IN_A_ROW}")


def _check_roll(stock: Stock) -> None:
    if stock.cut and not stock.is_roll:
        raise StockRefused(stock.name, "a sheet is not cut: leave out cut")
    if not stock.is_continuous:
        return
    if not stock.is_roll:
        raise StockRefused(stock.name, "a continuous roll has one column and one row")
    if stock.shortest > stock.height:
        raise StockRefused(stock.name, "shortest must not be more than longest")
    if stock.shortest < _DATA_MATRIX_BELOW_MM:
        raise StockRefused(stock.name, f"shortest must be {_DATA_MATRIX_BELOW_MM:g} mm or more")


def _check_grid(stock: Stock) -> None:
    for count, pitch, size, axis in (
        (stock.columns, stock.pitch_x, stock.width, "columns overlap: pitch_x"),
        (stock.rows, stock.pitch_y, stock.height, "rows overlap: pitch_y"),
    ):
        if count > 1 and pitch < size - _HAIR_MM:
            raise StockRefused(stock.name, f"its {axis} must be {size:g} mm or more")
    left, top = stock.place(stock.per_page - 1)
    for end, page, what in (
        (left + stock.width, stock.page_width, "right edge"),
        (top + stock.height, stock.page_height, "lower edge"),
    ):
        if end > page + _HAIR_MM:
            raise StockRefused(stock.name, f"the last label's {what} is at {end:g} mm and the page ends at {page:g} mm")


def _check_bars(stock: Stock) -> None:
    if not stock.bar_height:
        return
    one = x_dots(stock.dpi) / dots_per_mm(stock.dpi)
    width, needed = CODE_128_MODULES * one, (CODE_128_MODULES + 2 * QUIET_CODE_128) * one
    if (CODE_128_MODULES + 2 * QUIET_CODE_128) * x_dots(stock.dpi) > int(stock.width * dots_per_mm(stock.dpi)):
        raise StockRefused(
            stock.name,
            f"Code 128 with its quiet zones is {needed:.1f} mm wide at {stock.dpi} dpi; set bar_height to 0 for a "
            "label without it, or take wider labels",
        )
    least = max(MINIMUM_BAR_MM, MINIMUM_BAR_SHARE * width)
    if stock.bar_height < least:
        raise StockRefused(stock.name, f"bar_height must be {least:.1f} mm or more, or 0 for a label without Code 128")


def _check_matrix(stock: Stock) -> None:
    dots = dots_per_mm(stock.dpi)
    room = height_above_bars(stock, dots, int((stock.shortest or stock.height) * dots))
    if matrix_dots(stock, dots, room) >= MINIMUM_MODULE_MM * dots:
        return
    below = "above the bars; set bar_height to 0 for a label without them" if stock.bar_height else "at half its width"
    raise StockRefused(
        stock.name,
        f"there is no room for a {stock.matrix} code with modules of {MINIMUM_MODULE_MM:g} mm {below}, "
        "or take larger labels",
    )


def _a4(name: str, size: tuple[float, float], grid: tuple[int, int], edge: tuple[float, float], **more: float) -> Stock:
    width, height = size
    columns, rows = grid
    left, top = edge
    gap = 2.5
    return Stock(
        name, width, height, 210.0, 297.0, columns, rows, left, top, width + gap, height,
        bar_height=more.get("bar_height", 12.0), margin=more.get("margin", 1.5),
    )  # fmt: skip


def _thermal(name: str, width: float, height: float, dpi: int) -> Stock:
    return Stock(name, width, height, width, height, dpi=dpi, margin=2.0)


def _continuous(name: str, width: float, lengths: tuple[float, float], dpi: int) -> Stock:
    shortest, longest = lengths
    return Stock(name, width, longest, width, longest, dpi=dpi, margin=2.0, shortest=shortest)


def _small(name: str, width: float, height: float, dpi: int) -> Stock:
    return Stock(name, width, height, width, height, dpi=dpi, margin=0.6, bar_height=0.0)


# Sizes from the makers' own templates; vertical gaps are nil on all three sheets.
STOCKS = MappingProxyType(
    {
        stock.name: stock
        for stock in (
            _a4("L7160", (63.5, 38.1), (3, 7), (7.25, 15.15)),
            _a4("L7163", (99.1, 38.1), (2, 7), (4.65, 15.15)),
            _a4("L7651", (38.1, 21.2), (5, 13), (4.75, 10.7), bar_height=0.0, margin=1.2),
            _thermal("thermal-100x50", 100.0, 50.0, 203),
            _thermal("thermal-100x50-300", 100.0, 50.0, 300),
            _thermal("thermal-100x50-600", 100.0, 50.0, 600),
            _small("thermal-38x19", 38.0, 19.0, 203),
            _small("thermal-25x10", 25.0, 10.0, 300),
            _continuous("continuous-100", 100.0, (40.0, 200.0), 203),
            _continuous("continuous-80", 80.0, (40.0, 200.0), 203),
            _continuous("receipt-80", 80.0, (60.0, 1000.0), 203),
        )
    }
)


def stock_named(name: str) -> Stock:
    """The stock of that name. Raises UnknownStock."""
    if name not in STOCKS:
        raise UnknownStock(name, tuple(STOCKS))
    return STOCKS[name]
