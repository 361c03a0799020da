"""A label as a vector picture (SVG) whose unit is one printer dot: for a preview page or another program's document."""

from __future__ import annotations

from types import MappingProxyType
from xml.sax.saxutils import escape

from labels.drawing import Drawing, Word
from labels.fields import Label
from labels.layout import lay_out
from labels.stock import Stock, dots_per_mm
from labels.text import faces

# An SVG names a font and does not carry it. The advance of each run is fixed, so that another font keeps its column.
_FONTS = MappingProxyType(
    {
        "regular": 'font-family="DejaVu Sans, Bitstream Vera Sans, sans-serif"',
        "bold": 'font-family="DejaVu Sans, Bitstream Vera Sans, sans-serif" font-weight="bold"',
        "mono": 'font-family="DejaVu Sans Mono, Bitstream Vera Sans Mono, monospace" font-weight="bold"',
    }
)
# The characters stand in drawing order already: a viewer must not turn or join them again.
_AS_DRAWN = "direction:ltr;unicode-bidi:bidi-override;white-space:pre;font-variant-ligatures:none"


def render_svg(label: Label, stock: Stock, dpi: int | None = None) -> str:
    """One label as an SVG document, as large as the stock in whole dots of `dpi`. Raises DoesNotFit."""
    resolution = dpi or stock.dpi
    return svg(lay_out(label, stock, resolution), resolution)


def svg(drawing: Drawing, dpi: int) -> str:
    """The laid-out label as an SVG document; every bar and module begins and ends on a whole unit."""
    dots = dots_per_mm(dpi)
    width, height = drawing.width, drawing.height
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / dots:.4f}mm" height="{height / dots:.4f}mm" '
        f'viewBox="0 0 {width} {height}">',
        f'<path fill="#fff" d="M0 0h{width}v{height}h-{width}z"/>',
        *_polygons(drawing),
        # Edges lie on whole dots: without smoothing, a screen of any size keeps them black and white.
        f'<path fill="#000" shape-rendering="crispEdges" d="{_boxes(drawing)}"/>',
        f'<g fill="#000" style="{_AS_DRAWN}">',
        *map(_text, drawing.words),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _boxes(drawing: Drawing) -> str:
    return "".join(f"M{x} {y}h{width}v{height}h-{width}z" for x, y, width, height in drawing.boxes)


def _polygons(drawing: Drawing) -> list[str]:
    return [
        f'<polygon fill="{"#000" if inked else "#fff"}" points="{" ".join(f"{x:.2f},{y:.2f}" for x, y in points)}"/>'
        for points, inked in drawing.polygons
    ]


def _font(word: Word) -> str:
    known = faces()
    return _FONTS["mono" if word.face is known.mono else "bold" if word.face is known.bold else "regular"]


def _text(word: Word) -> str:
    length = word.face.width(word.text) * word.size
    return (
        f'<text x="{word.x}" y="{word.baseline}" font-size="{word.size}" {_font(word)} '
        f'textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs">{escape(word.text)}</text>'
    )
