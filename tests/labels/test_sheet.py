"""What stands on a label, and that the paper is the same every time."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from labels.commands import command_labels
from labels.content import content_of
from labels.errors import DoesNotFit, FieldRefused, LabelRefusal, NotACode
from labels.fields import CommandLabel, ItemLabel, PlaceLabel, label_from
from labels.hazards import pictogram
from labels.layout import lay_out
from labels.payload import COMMANDS, CodeType, printed
from labels.raster import paint
from labels.script import drawn_order
from labels.sheet import render_pdf, render_png
from labels.stock import STOCKS, stock_named
from labels.text import MORE, cleaned, faces, shortened, wrapped
from tests.labels.made import a_code, an_item, an_item_on

L7160 = STOCKS["L7160"]


def words_on(label: ItemLabel, stock: str = "L7160") -> str:
    return " ".join(word.text for word in lay_out(label, STOCKS[stock], 300).words)


def test_the_same_labels_give_the_same_bytes() -> None:
    labels = [an_item(seed) for seed in range(30)]

    assert render_pdf(labels, L7160) == render_pdf(labels, L7160)


def test_a_sheet_holds_twenty_one_labels_and_the_next_begins_a_page() -> None:
    assert len(PdfReader(io.BytesIO(render_pdf([an_item(n) for n in range(21)], L7160))).pages) == 1
    assert len(PdfReader(io.BytesIO(render_pdf([an_item(n) for n in range(22)], L7160))).pages) == 2


def test_a_half_used_sheet_is_begun_at_its_first_free_label() -> None:
    pages = PdfReader(io.BytesIO(render_pdf([an_item(1), an_item(2)], L7160, start_at=21))).pages

    assert [printed(a_code(n)) in page.extract_text() for n, page in enumerate(pages, 1)] == [True, True]


@pytest.mark.parametrize("start_at", [0, 22])
def test_a_sheet_has_no_label_zero_and_none_after_the_last(start_at: int) -> None:
    with pytest.raises(ValueError, match="start_at"):
        render_pdf([an_item()], L7160, start_at=start_at)


def test_a_thermal_page_is_the_label_itself() -> None:
    page = PdfReader(io.BytesIO(render_pdf([an_item()], STOCKS["thermal-100x50"]))).pages[0]

    assert float(page.mediabox.width) == pytest.approx(100 / 25.4 * 72, abs=0.01)
    assert float(page.mediabox.height) == pytest.approx(50 / 25.4 * 72, abs=0.01)


@pytest.mark.parametrize("stock", list(STOCKS.values()), ids=list(STOCKS))
def test_every_label_of_a_sheet_lies_on_the_page(stock: object) -> None:
    sheet = stock_named(stock.name)  # type: ignore[attr-defined]  # A Stock; pytest's ids want an object.
    left, top = sheet.place(sheet.per_page - 1)

    assert left + sheet.width <= sheet.page_width + 1e-9
    assert top + sheet.height <= sheet.page_height + 1e-9


@pytest.mark.parametrize(("dpi", "size"), [(203, (800, 400)), (300, (1181, 590)), (600, (2362, 1181))])
def test_a_picture_has_a_pixel_for_each_printer_dot(dpi: int, size: tuple[int, int]) -> None:
    picture = Image.open(io.BytesIO(render_png(an_item(), STOCKS["thermal-100x50"], dpi)))

    assert picture.size == size
    assert picture.mode == "1"
    assert picture.info["dpi"][0] == pytest.approx(203.2 if dpi == 203 else dpi, abs=0.1)


def test_a_thermal_label_shows_every_field() -> None:
    text = words_on(an_item(), "thermal-100x50")

    for shown in (
        "AB/1", "Case OP FERN 123/25", "Property 1284", "Double duvet cover", "14:02 on 3 May 2025", "PC 4521 Reyes",
        "Seal S100", "DTH-BED", "BIOHAZARD", "Northshire Police", "Death at 14 Cherry Tree Lane", printed(a_code()),
    ):  # fmt: skip
        assert shown in text


def test_a_restricted_case_prints_no_title() -> None:
    assert "Cherry Tree" not in words_on(an_item(case_title=None, seized_where=""), "thermal-100x50")


@pytest.mark.parametrize("stock", ["L7160", "L7163", "thermal-100x50"])
def test_reference_code_case_and_hazard_stand_on_a_full_label_whatever_else_is_cut(stock: str) -> None:
    text = words_on(an_item(description="word " * 400, seized_where="a place " * 40, case_title="t " * 300), stock)

    for shown in ("AB/1", "Case OP FERN 123/25", "Seal S100", "BIOHAZARD", printed(a_code())):
        assert shown in text


def test_a_long_description_is_cut_at_a_word_and_says_so() -> None:
    description = "Rucksack containing " + "clothing " * 100

    drawing = lay_out(an_item(description=description), L7160, 300)

    assert cleaned(description) in drawing.shortened
    text = " ".join(word.text for word in drawing.words)
    assert "more on record" in text
    assert "clothing\N{HORIZONTAL ELLIPSIS}" in text


def test_a_label_on_which_everything_stands_is_not_called_shortened() -> None:
    assert lay_out(an_item(), STOCKS["thermal-100x50"], 203).shortened == []


def test_no_text_leaves_its_column_or_the_label() -> None:
    for stock in STOCKS.values():
        for changed in ({}, {"description": "W" * 500}, {"exhibit_ref": "RJM/12/XY/3"}):
            drawing = lay_out(an_item_on(stock.name, **changed), stock, stock.dpi)
            for word in drawing.words:
                assert word.x + word.face.width(word.text) * word.size <= drawing.width
                assert 0 < word.baseline < drawing.height


def test_the_list_of_hazards_is_never_left_out_quietly() -> None:
    with pytest.raises(DoesNotFit):
        lay_out(
            an_item(hazards=("Firearm", "Ammunition", "Flammable", "Toxic", "Asbestos", "Acid")), STOCKS["L7651"], 300
        )


def test_a_hazard_is_a_warning_triangle_with_its_own_sign() -> None:
    signs = {
        word: pictogram(word) for word in ("Biohazard", "Sharp", "Firearm", "Flammable", "Toxic", "Corrosive", "?")
    }

    assert len(set(signs.values())) == len(signs)
    assert len({sign[:2] for sign in signs.values()}) == 1


@pytest.mark.parametrize("text", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "漢字", "\U0001f9ea phone"])
def test_what_the_fonts_lack_is_shown_as_missing_and_not_dropped(text: str) -> None:
    regular = faces().regular

    assert regular.missing in regular.drawable(cleaned(text))


def test_emoji_right_to_left_text_and_controls_make_a_pdf() -> None:
    label = an_item(
        description="\U0001f4f1 phone \u202e\x00\x07 \ud800 מפתח (12) مفتاح سيارة\u0301\ufe0f", seized_by="\ufeff"
    )

    assert render_pdf([label], L7160).startswith(b"%PDF")


def test_a_text_cannot_turn_the_line_round() -> None:
    assert cleaned("AB\N{RIGHT-TO-LEFT OVERRIDE}1/\N{POP DIRECTIONAL FORMATTING}\x00 \n x") == "AB1/ x"


def test_hebrew_is_drawn_from_the_right_with_its_numbers_upright() -> None:
    assert drawn_order("abc") == "abc"
    assert drawn_order("אבג 12 דה") == "הד 12 גבא"
    assert drawn_order("bag אבג (12), x") == "bag (12) גבא, x"


def test_arabic_letters_are_joined() -> None:
    assert drawn_order("سلام") == "\ufee1\ufefc\ufeb3"
    assert drawn_order("لا") == "\ufefb"


def test_a_word_wider_than_the_line_is_broken_and_nothing_is_lost() -> None:
    lines = wrapped("W" * 50, faces().regular, 10)

    assert "".join(lines) == "W" * 50
    assert all(faces().regular.width(line) <= 10 for line in lines)


def test_a_text_is_shortened_to_the_lines_there_are() -> None:
    lines, cut = shortened("one two three four five six seven eight nine ten", faces().regular, 10, 2)

    assert cut
    assert len(lines) <= 2
    assert " ".join(lines).endswith(MORE)


def test_the_name_of_a_place_is_its_headline() -> None:
    label = PlaceLabel(a_code(kind=CodeType.PLACE), "Bay 2", "Ilford transit store", "Northshire Police")

    assert [row.text for row in content_of(label).rows] == ["Northshire Police", "Ilford transit store", "Bay 2"]


def test_a_blank_label_has_its_number_in_words_and_a_rule_after_each_word_to_write_at() -> None:
    values = {
        "label": "blank",
        "code": a_code(),
        "series": "Series 12, label 34 of 100",
        "lines": [["Ref", "Seal"], ["Date", "Time"], ["By"], ["Place"]],
    }
    words = ["Ref", "Seal", "Date", "Time", "By", "Place"]

    drawing = lay_out(label_from(values), L7160, 300)

    rules = [(x, y, width) for x, y, width, height in drawing.boxes if height < 3 and width > 50]
    heads = {word.text: word for word in drawing.words}
    assert list(heads) == ["Series 12, label 34 of 100", printed(values["code"]), *words]
    for word, (x, y, width) in zip(words, rules, strict=True):
        assert heads[word].x < x < x + width < drawing.width * 0.62
        assert 0 < y - heads[word].baseline < 5
    assert rules[2][1] - rules[0][1] >= 3.6 * 300 / 25.4


def test_a_code_of_another_kind_is_refused() -> None:
    with pytest.raises(FieldRefused, match="names a place"):
        an_item(code=a_code(kind=CodeType.PLACE))


def test_a_code_that_is_none_is_refused() -> None:
    with pytest.raises(NotACode):
        an_item(code="5012345678900")


def test_a_command_label_needs_a_command_that_exists() -> None:
    with pytest.raises(LabelRefusal):
        CommandLabel(a_code())
    assert CommandLabel(COMMANDS["UNDO"]).code == COMMANDS["UNDO"]


def test_a_reference_too_long_to_print_whole_is_refused() -> None:
    with pytest.raises(FieldRefused, match="longer than 40"):
        an_item(exhibit_ref="A" * 41)


@pytest.mark.parametrize(
    "values",
    [
        [],
        {"label": "poem"},
        {"code": "E4KT922RMQ"},
        {"code": "E4KT922RMQ", "exhibit_ref": "AB/1", "description": "x", "colour": "red"},
        {"code": "E4KT922RMQ", "exhibit_ref": 7, "description": "x"},
        {"code": "E4KT922RMQ", "exhibit_ref": "AB/1", "description": "x", "hazards": "Sharp"},
        {"label": "blank", "code": "E4KT922RMQ", "series": "Series 1", "lines": ["By"]},
        {"label": "blank", "code": "E4KT922RMQ", "series": "S" * 41},
    ],
)
def test_fields_that_make_no_label_are_refused_in_a_sentence(values: object) -> None:
    with pytest.raises(FieldRefused, match=r"\.$"):
        label_from(values)


def test_fields_from_json_make_the_label_they_name() -> None:
    values = {"code": a_code(), "exhibit_ref": "AB/1", "description": "Knife", "hazards": ["Sharp"]}

    assert label_from(values) == ItemLabel(a_code(), "AB/1", "Knife", hazards=("Sharp",))


def test_pdf_and_picture_are_drawn_from_one_layout() -> None:
    drawing = lay_out(an_item(), L7160, 300)
    pixels = paint(drawing)

    assert all(not pixels[y : y + h, x : x + w].any() for x, y, w, h in drawing.boxes)
    assert pixels.shape == (drawing.height, drawing.width)
    assert pixels.dtype == np.uint8


def test_every_command_stands_on_the_sheet_once_with_words_and_a_group() -> None:
    labels = command_labels()

    assert sorted(label.code for label in labels) == sorted(COMMANDS.values())
    assert all(label.explanation and label.group for label in labels)
