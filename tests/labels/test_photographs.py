"""A printed label is read from a photograph taken from the side, in bad light, out of focus."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.sheet import render_raster
from labels.stock import STOCKS, dots_per_mm
from scanner.decode import decode_image
from tests.labels.made import a_code, an_item, an_item_on
from tests.labels.photographs import Shot, photograph

# Each fault of a photograph at its worst, two together where one does not hide the other, and all of them halfway.
SHOTS = {
    "from the side, upside down": Shot(lean=0.3, turn=180),
    "turned": Shot(turn=37),
    "badly lit, grainy": Shot(shade=0.85, noise=12),
    "out of focus": Shot(blur=2.0),
    "all at once": Shot(lean=0.25, turn=-25, blur=1.4, shade=0.75, noise=7),
}


def codes_in(picture: np.ndarray) -> set[str]:
    return {symbol.text for symbol in decode_image(picture)}


PICTURES = [(stock, "all at once") for stock in ("L7160", "thermal-100x50", "thermal-25x10")] + [
    ("L7160", name) for name in SHOTS if name != "all at once"
]


@pytest.mark.parametrize(("stock", "name"), PICTURES)
def test_a_label_is_read_from_a_photograph(stock: str, name: str) -> None:
    label = render_raster(an_item_on(stock), STOCKS[stock], 203)

    assert codes_in(photograph(label, dots_per_mm(203), SHOTS[name])) == {a_code()}


@settings(max_examples=2, deadline=None, derandomize=True)
@given(
    st.integers(0, 2**30),
    st.floats(0, 0.25),
    st.floats(-180, 180),
    st.floats(0.5, 1.3),
    st.floats(0, 0.75),
)
def test_a_label_is_read_from_any_side_in_any_fair_light(
    seed: int, lean: float, turn: float, blur: float, shade: float
) -> None:
    label = render_raster(an_item(seed), STOCKS["L7160"], 203)

    picture = photograph(label, dots_per_mm(203), Shot(lean, turn, blur, shade), seed)

    assert codes_in(picture) == {a_code(seed)}


def test_a_photograph_too_far_out_of_focus_gives_no_code_rather_than_a_wrong_one() -> None:
    label = render_raster(an_item(), STOCKS["L7160"], 203)

    picture = photograph(label, dots_per_mm(203), replace(SHOTS["all at once"], blur=12.0))

    assert codes_in(picture) == set()
