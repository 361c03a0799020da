"""The label stocks that a force can buy, in millimetres, and how fine a symbol may be on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

from labels.errors import UnknownStock

MINIMUM_X_MM = 0.33  # Narrowest Code 128 bar; webcams and cheap handhelds read no finer (measured).
QUIET_CODE_128 = 10  # modules, ISO/IEC 15417
QUIET_QR = 4  # modules, ISO/IEC 18004
QUIET_DATA_MATRIX = 2  # modules; ISO/IEC 16022 asks for one, and labels are cut a little askew
MINIMUM_MODULE_MM = 0.5  # of QR and Data Matrix: webcams need the same pixels a module for both (measured)
LARGEST_MODULE_MM = 1.0
LARGEST_SMALL_MODULE_MM = 0.65  # of Data Matrix: the words need the rest of so small a label
_DATA_MATRIX_BELOW_MM = 20.0  # A label with a side shorter than this has no room for a QR code and words.


def dots_per_mm(dpi: int) -> float:
    """Printer dots in a millimetre. A printer sold as 203 dpi has eight to the millimetre exactly."""
    return 8.0 if dpi == 203 else dpi / 25.4


@dataclass(frozen=True, slots=True)
class Stock:
    """One product: the page, the grid of labels on it, and what fits on them. All lengths in mm."""

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

    @property
    def matrix(self) -> str:
        """The symbol of squares that the label carries: "QR", or "Data Matrix" where a side is under 20 mm."""
        return "Data Matrix" if min(self.width, self.height) < _DATA_MATRIX_BELOW_MM else "QR"

    @property
    def is_roll(self) -> bool:
        """Whether the page is the label itself, as on a thermal printer."""
        return self.per_page == 1

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
            _small("thermal-38x19", 38.0, 19.0, 203),
            _small("thermal-25x10", 25.0, 10.0, 300),
        )
    }
)


def stock_named(name: str) -> Stock:
    """The stock of that name. Raises UnknownStock."""
    if name not in STOCKS:
        raise UnknownStock(name, tuple(STOCKS))
    return STOCKS[name]
