"""Reads what a printer or a viewer makes of a label: every symbol of every kind that zxing-cpp knows."""

import io
import re

import numpy as np
import pypdfium2
import zplkit
import zxingcpp
from numpy.typing import NDArray
from zplkit import rendering

QUANTITY = re.compile(rb"\^PQ\d+(?=\^XZ\n)")
MEDIA = re.compile(rb"(?<=\^XA)(?:\^MNN)?(?:\^MMC)?(?=\^PW)")
LIMITS = rendering.Limits(graphic_bytes=4_000_000)


def symbols(pixels: NDArray[np.uint8]) -> set[str]:
    """The texts of all symbols in the picture (0 is ink), whatever their symbology."""
    framed = np.pad(pixels, 40, constant_values=255)
    return {found.text for found in zxingcpp.read_barcodes(framed, text_mode=zxingcpp.TextMode.Plain)}


def printed_by_zpl(zpl: bytes, dpi: int, *, warned: bool = False) -> list[NDArray[np.uint8]]:
    """The labels that a printer makes of the job, by zplkit, which knows all but `^PQ`, `^MN` and `^MM`."""
    width, height = (int(re.search(name + rb"(\d+)", zpl)[1]) for name in (rb"\^PW", rb"\^LL"))
    options = zplkit.Options(dpi=dpi, width=width, height=height)
    document = zplkit.render(MEDIA.sub(b"", QUANTITY.sub(b"", zpl)), options, limits=LIMITS)
    assert bool(document.warnings) == warned
    scenes = [scene.rasterize() for scene in document.labels]
    return [np.frombuffer(scene.pixels, np.uint8).reshape(scene.height, scene.width) for scene in scenes]


def printed_by_pdf(pdf: bytes, dpi: int = 300) -> list[NDArray[np.uint8]]:
    """The pages as Chromium's PDF library draws them, grey."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [
        np.array(page.render(scale=dpi / 72).to_pil().convert("L"))  # The page's own bytes end with the page.
        for page in document
    ]
    document.close()
    return pages
