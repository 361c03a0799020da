"""A logo is a small drawing that stands clear of everything, and carries nothing in with it."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from labels.errors import LogoRefused
from labels.layout import lay_out
from labels.logo import logo_from_png
from labels.sheet import render_pdf
from labels.stock import STOCKS
from labels.symbol import qr
from labels.template import DEFAULT, KindTemplate, Placed
from tests.labels.made import a_code, a_crest, a_png, an_item
from tests.labels.reading import printed_by_pdf, symbols

L7160, THERMAL = STOCKS["L7160"], STOCKS["thermal-100x50"]
# The longest text at the top, where the logo is.
TOP = KindTemplate("item", (Placed("description"), Placed("reference"), Placed("seal")))
WITHOUT = replace(DEFAULT, item=TOP)
WITH_LOGO = replace(WITHOUT, logo=logo_from_png(a_png(a_crest()), 8.0))


def _jpeg() -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.where(a_crest(), 0, 255).astype(np.uint8)).save(file, "JPEG")
    return file.getvalue()


NOISE = np.random.default_rng(5).random((200, 200)) < 0.5


@pytest.mark.parametrize(
    ("picture", "height", "sentence"),
    [
        (b"GIF89a", 6.0, "not a whole PNG"),
        (b"<svg/>", 6.0, "not a whole PNG"),
        (_jpeg(), 6.0, "not a whole PNG"),
        (a_png(a_crest())[:200], 6.0, "not a whole PNG"),
        (a_png(a_crest()) + b" " * 500_000, 6.0, "larger than 500 kB"),
        (a_png(a_crest(20)), 6.0, "24 to 2,000 pixels"),
        (a_png(np.zeros((30, 2001), bool)), 6.0, "24 to 2,000 pixels"),
        (a_png(np.zeros((90, 90), bool)), 6.0, "shows nothing"),
        (a_png(np.pad(np.ones((20, 100), bool), 9)), 6.0, "times as wide as high"),
        (a_png(a_crest()), 3.0, "4 to 12 mm"),
        (a_png(a_crest()), float("nan"), "4 to 12 mm"),
        (a_png(NOISE), 12.0, "too fine a pattern"),
        (a_png(np.pad(np.kron(qr(a_code(99)), np.ones((8, 8), bool)), 40)), 12.0, "read as a bar code"),
    ],
)
def test_a_logo_that_is_no_small_drawing_is_refused(picture: bytes, height: float, sentence: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        logo_from_png(picture, height)

    assert sentence in refused.value.sentence


def test_of_a_logo_only_its_dots_are_kept() -> None:
    told = PngInfo()
    told.add_text("Comment", "made by Reyes at home")

    logo = logo_from_png(a_png(np.pad(a_crest(), 40), pnginfo=told), 8.0)

    assert b"Reyes" not in logo.png
    assert logo.dots(203).shape[0] == 64
    assert logo_from_png(logo.png, 8.0) == logo


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_logo_stands_clear_of_the_symbols_and_of_every_word(dpi: int) -> None:
    plain, drawing = (lay_out(an_item(), THERMAL, dpi, one) for one in (WITHOUT, WITH_LOGO))

    boxes = set(drawing.boxes) - set(plain.boxes)
    assert boxes
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(x + w for x, _, w, _ in boxes), max(y + h for _, y, _, h in boxes)
    code_128 = max(box[3] for box in plain.boxes)
    for x, y, _, height in plain.boxes:
        module = drawing.width // 100
        assert y > bottom + module if height == code_128 else x >= right + 4 * module
    for word in drawing.words:
        clear = word.x + word.face.width(word.text) * word.size <= left or word.baseline - word.size >= bottom
        assert clear, word.text
    assert top > 0
    assert symbols(printed_by_pdf(render_pdf([an_item()], THERMAL, template=WITH_LOGO))[0]) == {drawing.code}


def test_a_logo_goes_before_any_word_does() -> None:
    long = an_item(description="word " * 400)

    assert lay_out(long, L7160, 300, WITH_LOGO).boxes == lay_out(long, L7160, 300, WITHOUT).boxes
