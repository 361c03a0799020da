"""The ZPL of a label holds the dots that were verified, and nothing else that a printer could obey."""

import re

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from labels.sheet import render_raster
from labels.stock import STOCKS
from labels.verify import check
from labels.zpl import graphic, render_zpl
from tests.labels.made import a_code, an_item

THERMAL = STOCKS["thermal-100x50"]
FORM = re.compile(
    rb"\^XA\^PW(\d+)\^LL(\d+)\^LH0,0\^FO0,0\^GFA,(\d+),\3,(\d+),([0-9A-F,:]*)\^FS(?:\^PQ\d+)?\^XZ\n", re.ASCII
)


def printed_dots(zpl: bytes) -> NDArray[np.uint8]:
    """The picture that a printer makes of the format, by Zebra's description of `^GF`."""
    match = FORM.fullmatch(zpl)
    assert match is not None
    width, height, total, row_bytes = (int(match[n]) for n in (1, 2, 3, 4))
    rows: list[str] = []
    row = ""
    for sign in match[5].decode():
        if sign == ":":
            rows.append(rows[-1])
        elif sign == ",":
            row = row.ljust(2 * row_bytes, "0")
        else:
            row += sign
        if len(row) == 2 * row_bytes:
            rows.append(row)
            row = ""
    assert len(rows) * row_bytes == total
    bits = np.unpackbits(np.frombuffer(bytes.fromhex("".join(rows)), np.uint8).reshape(height, row_bytes), axis=1)
    return np.where(bits[:, :width] == 1, 0, 255).astype(np.uint8)


def test_a_printer_makes_the_dots_that_were_verified() -> None:
    dots = printed_dots(render_zpl(an_item(), THERMAL))

    assert np.array_equal(dots, render_raster(an_item(), THERMAL))
    assert check(dots, a_code()).code == a_code()


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
@example("^XZ^XA^FO10,10^FDforged^FS^XZ")
@example("~JA~HI \\& _5E_7E")
def test_no_description_becomes_a_command(description: str) -> None:
    assert FORM.fullmatch(render_zpl(an_item(description=description), THERMAL))


def test_a_width_that_is_no_whole_number_of_bytes_keeps_its_last_dots() -> None:
    pixels = np.full((3, 13), 255, np.uint8)
    pixels[1, 12] = pixels[2, 12] = 0

    assert np.array_equal(printed_dots(graphic(pixels)), pixels)
