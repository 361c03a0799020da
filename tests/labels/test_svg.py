"""The SVG of a label has the bars and words of its layout, dot for dot, and reads back in a browser."""

from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labels.drawing import Drawing
from labels.layout import lay_out
from labels.raster import paint
from labels.stock import STOCKS, dots_per_mm
from labels.svg import render_svg, svg
from labels.verify import check
from tests.labels.made import a_code, an_item, an_item_on

SVG = "{http://www.w3.org/2000/svg}"


def boxes(root: ElementTree.Element) -> list[tuple[int, int, int, int]]:
    """The boxes of the path that has the bars, as whole numbers; fails for any other number."""
    found = []
    for box in root.findall(f"{SVG}path")[1].attrib["d"].split("M")[1:]:
        place, size = box.removesuffix("z").split("h", 1)
        width, height, back = size.replace("v", " ").replace("h", " ").split()
        assert int(back) == -int(width)
        found.append((*map(int, place.split()), int(width), int(height)))
    return found


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", list(STOCKS))
def test_bars_and_modules_stand_on_the_dots_of_the_layout(stock: str, dpi: int) -> None:
    drawing = lay_out(an_item_on(stock), STOCKS[stock], dpi)

    root = ElementTree.fromstring(svg(drawing, dpi))  # noqa: S314 - our own output

    assert boxes(root) == drawing.boxes
    assert root.attrib["viewBox"] == f"0 0 {drawing.width} {drawing.height}"
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(drawing.width / dots_per_mm(dpi), abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
@example("</text><script>alert(1)</script>")
@example("&lt; ]]> <!-- \ufffe \uffff \x00 \ud800")
def test_no_description_adds_an_element(description: str) -> None:
    plain = ElementTree.fromstring(render_svg(an_item(description="x"), STOCKS["thermal-100x50"]))  # noqa: S314
    hostile = ElementTree.fromstring(render_svg(an_item(description=description), STOCKS["thermal-100x50"]))  # noqa: S314

    assert {one.tag for one in hostile.iter()} == {one.tag for one in plain.iter()}
    assert {name for one in hostile.iter() for name in one.attrib} == {
        name for one in plain.iter() for name in one.attrib
    }


def shown(new_visit, drawing: Drawing) -> np.ndarray:
    """What Chromium paints at one pixel to a dot."""
    page = new_visit(viewport={"width": drawing.width, "height": drawing.height}).page()
    at_dots = svg(drawing, 203).replace("mm", "px", 2).split("viewBox", 1)[1]
    page.set_content(
        "<!doctype html><html lang=en><title>Label</title><style>body{margin:0}svg{display:block}</style>"
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width}" height="{drawing.height}" viewBox{at_dots}'
    )
    return cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_GRAYSCALE)


@pytest.mark.parametrize("stock", ["thermal-100x50", "L7651"])
def test_a_browser_paints_the_very_bars_and_both_decoders_read_them(new_visit, stock: str) -> None:
    drawing = lay_out(an_item(description="Rucksack מפתח (12) مفتاح"), STOCKS[stock], 203)

    pixels = shown(new_visit, drawing)

    for x, y, width, height in drawing.boxes:
        assert pixels[y : y + height, x : x + width].max() == 0
    assert check(np.where(pixels < 128, 0, 255).astype(np.uint8), a_code(), symbols=drawing.symbols).code == a_code()
    inked = [np.count_nonzero(picture < 128) for picture in (pixels, paint(drawing))]
    assert inked[0] == pytest.approx(inked[1], rel=0.08)
