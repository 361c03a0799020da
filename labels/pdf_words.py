"""Words as a PDF has them: which part of which font, and the text in that part's codes."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from labels.text import Face

_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *map(ord, "()\\"), *range(127, 256))}


def encoded(canvas: Canvas, face: Face, drawn: str) -> list[tuple[str, str]]:
    """The text, in drawing order, as runs of one subset of the font each: the subset's name in the file, and its codes.

    For `/F1 12 Tf (codes) Tj`. To write the operators oneself takes a quarter of the time of reportlab's own way.
    """
    document: Any = canvas._doc  # type: ignore[attr-defined]  # reportlab has no types
    font: Any = getFont(face.name)
    return [
        (font.getSubsetInternalName(subset, document), codes.decode("latin-1").translate(_ESCAPES))
        for subset, codes in font.splitString(drawn, document)
    ]
