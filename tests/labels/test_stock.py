"""A force's own label stocks: described as data, refused with a sentence, printed as any other."""

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from labels.cli_stocks import table
from labels.errors import StockRefused, StocksFileRefused, UnknownStock
from labels.layout import lay_out
from labels.raster import paint
from labels.sheet import render_pdf, render_png
from labels.stock import CODE_128_MODULES, STOCKS, Stock
from labels.stock_file import as_values, known_stocks, stock_from, stock_of
from labels.svg import render_svg
from labels.symbol import code_128
from labels.verify import check_drawing
from labels.zpl import render_zpl
from tests.labels.made import a_code, an_item
from tests.labels.reading import printed_by_pdf, printed_by_zpl, symbols
from tests.support.project import ROOT

SHEET = {"width": 70, "height": 36, "page": "A4", "columns": 3, "rows": 8, "top": 4.5}
ROLL = {"width": 100, "shortest": 40, "longest": 150, "dpi": 203}
CONTINUOUS = STOCKS["continuous-80"]
LONG = "Rucksack, and in it " + "a bundle of letters, " * 15


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "it is not a table of settings"),
        ({"height": 36}, "width is missing"),
        (SHEET | {"colour": "red"}, "colour is no setting of a sheet; there are bar_height, columns"),
        (SHEET | {"width": "70"}, "width must be 8 to 300 mm"),
        (SHEET | {"margin": float("nan")}, "margin must be 0 to 20 mm"),
        (SHEET | {"dpi": 180}, "dpi must be 203, 300 or 600"),
        (SHEET | {"rows": 0}, "rows must be a whole number from 1 to 50"),
        (SHEET | {"pitch_x": 69}, "its columns overlap: pitch_x must be 70 mm or more"),
        (SHEET | {"left": 1}, "the last label's right edge is at 211 mm and the page ends at 210 mm"),
        (SHEET | {"rows": 9}, "the last label's lower edge is at 328.5 mm and the page ends at 297 mm"),
        (SHEET | {"page": "B7"}, "page must be one of A4, A5, Letter; or give page_width and page_height"),
        ({"width": 70, "height": 36, "columns": 3}, "a sheet needs its page, or page_width and page_height"),
        (SHEET | {"bar_height": 5}, "bar_height must be 7.4 mm or more, or 0 for a label without Code 128"),
        (
            {"width": 58, "height": 40, "dpi": 203, "bar_height": 12},
            "Code 128 with its quiet zones is 61.9 mm wide at 203 dpi; set bar_height to 0",
        ),
        ({"width": 70, "height": 22, "bar_height": 12}, "there is no room for a QR code with modules of 0.5 mm above"),
        ({"width": 22, "height": 30}, "there is no room for a QR code with modules of 0.5 mm at half its width"),
        ({"width": 30, "height": 8.5, "margin": 0.6}, "there is no room for a Data Matrix code"),
        (ROLL | {"longest": 30}, "shortest must not be more than longest"),
        (ROLL | {"shortest": 12}, "shortest must be 20 mm or more"),
        (ROLL | {"shortest": 0}, "shortest must be more than nothing"),
        (ROLL | {"columns": 2}, "columns is no setting of a continuous roll"),
    ],
)
def test_a_stock_that_cannot_be_printed_is_refused_in_a_sentence(values: object, sentence: str) -> None:
    with pytest.raises(StockRefused) as refused:
        stock_from("ours", values)

    assert refused.value.sentence.startswith("The stock ours cannot be used: ")
    assert sentence in refused.value.sentence


def test_a_stock_cannot_take_the_name_of_one_of_ours_or_none() -> None:
    for name in ("L7160", " ", "x" * 41, "a\nb"):
        with pytest.raises(StockRefused):
            stock_from(name, SHEET)


def test_a_sheet_cannot_be_cut() -> None:
    with pytest.raises(StockRefused, match="leave out cut"):
        replace(STOCKS["L7160"], cut=True)


def test_code_128_stands_on_a_stock_of_ones_own_where_there_is_room_for_it() -> None:
    assert stock_from("wide", SHEET).bar_height == 12
    assert stock_from("narrow", {"width": 58, "height": 40, "dpi": 203}).bar_height == 0
    assert stock_from("low", {"width": 100, "height": 25}).bar_height == 0
    assert stock_from("none", SHEET | {"bar_height": 0}).bar_height == 0


@pytest.mark.parametrize("digits", ["ABCDEFGH", "1A2B3C4D", "A1B2C3D4"])
def test_no_code_needs_more_modules_than_a_stock_keeps_for_it(digits: str) -> None:
    assert len(code_128(f"E{digits}Z")) <= CODE_128_MODULES


@pytest.mark.parametrize(
    "stock",
    [stock_from("sheet", SHEET), stock_from("roll", ROLL | {"cut": True}), stock_of("51x25@600"), *STOCKS.values()],
    ids=lambda stock: stock.name,
)
def test_a_stock_comes_back_from_the_data_it_is_kept_as(stock: Stock) -> None:
    kept = json.loads(json.dumps(as_values(stock)))

    assert stock_from("another", kept) == replace(stock, name="another")


def test_stocks_of_ones_own_are_named_in_a_file_of_either_kind(tmp_path: Path) -> None:
    toml, as_json = tmp_path / "stocks.toml", tmp_path / "stocks.json"
    toml.write_text('[sheet]\nwidth = 70\nheight = 36\npage = "A4"\ncolumns = 3\nrows = 8\ntop = 4.5\n', "utf-8")
    as_json.write_text(json.dumps({"sheet": SHEET}), "utf-8")

    assert known_stocks(toml) == known_stocks(as_json) == {**STOCKS, "sheet": stock_from("sheet", SHEET)}
    for text in ("[sheet", "[1]"):
        as_json.write_text(text, "utf-8")
        with pytest.raises(StocksFileRefused):
            known_stocks(as_json)


def test_a_roll_is_described_in_one_word() -> None:
    assert (stock_of("70x36@203").width, stock_of("70x36@203").dpi) == (70, 203)
    assert (stock_of("80x40..150@300").shortest, stock_of("80x40..150@300").height) == (40, 150)
    with pytest.raises(UnknownStock):
        stock_of("70x36")


def test_labels_of_a_custom_sheet_stand_where_the_sheet_has_them() -> None:
    stock = stock_from("sheet", SHEET)

    page = printed_by_pdf(render_pdf([an_item(n) for n in range(24)], stock), 203)[0]

    for index in (0, 23):
        left, top = (round(edge * 203 / 25.4) for edge in stock.place(index))
        label = page[top : top + round(36 * 203 / 25.4), left : left + round(70 * 203 / 25.4)]
        assert symbols(label) == {a_code(index)}


def test_a_continuous_label_is_as_long_as_its_words_need() -> None:
    short, long = (lay_out(an_item(description=text), CONTINUOUS, 203) for text in ("Knife", LONG))

    assert 40 * 8 <= short.height < long.height < 120 * 8
    assert long.shortened == []
    assert check_drawing(long).code == a_code()


def test_a_continuous_label_ends_at_the_longest_and_says_what_it_left_out() -> None:
    stock = replace(CONTINUOUS, height=48.0, page_height=48.0)

    drawing = lay_out(an_item(description=LONG), stock, 203)

    assert drawing.height == 48 * 8
    assert drawing.shortened


def test_a_continuous_label_has_its_length_in_every_output() -> None:
    label = an_item(description=LONG)
    drawing = lay_out(label, CONTINUOUS, 203)

    zpl = render_zpl(label, replace(CONTINUOUS, cut=True))
    pages = PdfReader(io.BytesIO(render_pdf([an_item(2), label], CONTINUOUS))).pages
    drawn = printed_by_pdf(render_pdf([label], CONTINUOUS), 203)[0]

    assert zpl.startswith(f"^XA^MNN^MMC^PW640^LL{drawing.height}^LH0,0".encode())
    assert np.array_equal(printed_by_zpl(zpl, 203)[0] > 127, paint(drawing) > 127)
    assert [round(float(page.mediabox.height) / 72 * 25.4 * 8) for page in pages] == [
        lay_out(an_item(2), CONTINUOUS, 203).height,
        drawing.height,
    ]
    assert symbols(drawn) == {a_code()}
    assert f'viewBox="0 0 640 {drawing.height}"' in render_svg(label, CONTINUOUS)
    assert render_png(label, CONTINUOUS).startswith(b"\x89PNG")


def test_the_sizes_in_the_documentation_are_those_of_the_code() -> None:
    assert table(STOCKS.values()) in (ROOT / "docs" / "labels.md").read_text("utf-8")
