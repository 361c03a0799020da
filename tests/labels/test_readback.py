"""Whatever is printed reads back with both decoders, on every stock, at every printer's resolution."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labels.commands import command_labels
from labels.drawing import Drawing
from labels.errors import DoesNotFit, LabelDoesNotReadBack
from labels.fields import BadgeLabel, BlankLabel, CommandLabel, Label, PlaceLabel
from labels.layout import lay_out
from labels.payload import COMMANDS, CodeType, issue
from labels.raster import paint
from labels.sheet import render_raster
from labels.stock import MINIMUM_X_MM, QUIET_CODE_128, STOCKS, dots_per_mm, x_dots
from labels.symbol import code_128, data_matrix, qr, runs
from labels.verify import check, check_drawing, readers
from tests.labels.made import a_code, an_item, an_item_on

codes = st.builds(
    lambda kind, seed: issue(kind, lambda n: seed[:n]),
    st.sampled_from([CodeType.ITEM, CodeType.BOX]),
    st.binary(min_size=5, max_size=5),
)
BOTH = ("zxing-cpp", "pyzbar")
# libdmtx is asked where it is installed; that it is missing is said, which has a test of its own.
OF_MATRIX = tuple(name for name in readers(("Data Matrix",))[0] if name != "pyzbar")


@settings(max_examples=30, deadline=None)
@given(codes, st.text(max_size=300), st.sampled_from(list(STOCKS)))
@example("E4KT922RMQ", "^XA~JA\\_5E", "thermal-100x50")
@example("E4KT922RMQ", "x" * 10_000, "L7160")
@example("E4KT922RMQ", "\N{RIGHT-TO-LEFT OVERRIDE}1/BA", "L7160")
@example("E4KT922RMQ", "^XZ" * 99, "thermal-25x10")
def test_any_code_with_any_description_on_any_stock_reads_back_at_203_dpi(
    code: str, description: str, stock: str
) -> None:
    """By both decoders; a Data Matrix by those that know it, while zbar finds nothing else."""
    drawing = lay_out(an_item_on(stock, code=code, description=description), STOCKS[stock], 203)

    checked = check_drawing(drawing)

    assert drawing.symbols[-1] == STOCKS[stock].matrix
    assert checked.code == code
    assert checked.readers == (BOTH if STOCKS[stock].matrix == "QR" else OF_MATRIX)


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", list(STOCKS))
def test_every_kind_of_label_reads_back_on_every_stock_at_every_resolution(stock: str, dpi: int) -> None:
    """By both decoders that know the symbols."""
    wanted = BOTH if STOCKS[stock].matrix == "QR" else OF_MATRIX
    kinds: tuple[Label, ...] = (
        an_item_on(stock),
        PlaceLabel(a_code(kind=CodeType.PLACE), "Bay 2, shelf 4", "Ilford transit store"),
        PlaceLabel(a_code(kind=CodeType.BOX), "Box 12", "Ilford transit store"),
        BadgeLabel(a_code(kind=CodeType.PERSON), "A. Reyes", "PC 4521"),
        BlankLabel(a_code(), "Series 12, label 34 of 100", "Scene kit 3", (("Ref", "Seal"), ("Date", "Time"), ("By",))),
        CommandLabel(COMMANDS["CONFIRM"], "Record what is on the screen", "Every batch"),
    )

    for label in kinds:
        assert check_drawing(lay_out(label, STOCKS[stock], dpi)).readers == wanted


@pytest.mark.parametrize("stock", ["L7163", "thermal-38x19"])
def test_every_command_reads_back(stock: str) -> None:
    for label in command_labels():
        assert check_drawing(lay_out(label, STOCKS[stock], 203)).code == label.code


@pytest.mark.parametrize("digits", ["00000000", "99999999", "A1234567", "12345A78", "1A2B3C4D", "ZZZZZZZZ"])
def test_codes_that_switch_the_character_set_of_code_128_read_back(digits: str) -> None:
    from labels.payload import check_character

    code = "E" + digits + check_character("E" + digits)

    assert check(render_raster(an_item(code=code), STOCKS["L7160"], 203), code).readers == BOTH


def test_a_symbol_does_not_depend_on_what_was_drawn_before() -> None:
    code_128.cache_clear()
    first = code_128("E12345678Z").copy()
    code_128("ABCDEFGHJK")
    code_128.cache_clear()

    assert np.array_equal(code_128("E12345678Z"), first)


def test_a_text_longer_than_our_codes_is_not_squeezed_into_the_qr_symbol() -> None:
    with pytest.raises(ValueError, match="version 1-H"):
        qr("E4KT922RMQ1")


def test_runs_are_the_dark_stretches_of_a_row() -> None:
    assert runs(np.array([True, True, False, True, False])) == [(0, 2), (3, 1)]
    assert runs(np.array([False, False])) == []


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_bar_is_a_whole_number_of_dots_and_never_too_fine(dpi: int) -> None:
    assert x_dots(dpi) >= 2
    assert x_dots(dpi) / dots_per_mm(dpi) >= MINIMUM_X_MM


def _bars(drawing: Drawing) -> list[tuple[int, int, int, int]]:
    tallest = max(box[3] for box in drawing.boxes)
    return [box for box in drawing.boxes if box[3] == tallest]


@pytest.mark.parametrize("stock", [name for name, one in STOCKS.items() if one.bar_height])
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_code_128_keeps_its_quiet_zones_and_height_on_the_label(stock: str, dpi: int) -> None:
    drawing = lay_out(an_item(), STOCKS[stock], dpi)
    bars = _bars(drawing)

    quiet = QUIET_CODE_128 * x_dots(dpi)
    assert min(x for x, _, _, _ in bars) >= quiet
    assert max(x + w for x, _, w, _ in bars) <= drawing.width - quiet
    assert bars[0][3] >= 11.9 * dots_per_mm(dpi)
    assert all(w % x_dots(dpi) == 0 for _, _, w, _ in bars)


@pytest.mark.parametrize("stock", list(STOCKS))
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_nothing_stands_in_the_quiet_zone_of_the_symbol(stock: str, dpi: int) -> None:
    drawing = lay_out(an_item_on(stock, hazards=("Sharp", "Biohazard")), STOCKS[stock], dpi)
    bars = _bars(drawing) if STOCKS[stock].bar_height else []
    modules = [box for box in drawing.boxes if box not in bars]
    module = modules[0][3]
    left, top = min(b[0] for b in modules), min(b[1] for b in modules)
    across, apart = (21, 4) if STOCKS[stock].matrix == "QR" else (14, 2)
    size, quiet = across * module, apart * module
    pixels = paint(drawing)

    pixels[top : top + size, left : left + size] = 255

    around = pixels[top - quiet : top + size + quiet, left - quiet : left + size + quiet]
    assert around.shape == (size + 2 * quiet, size + 2 * quiet)
    assert around.min() == 255


@pytest.mark.parametrize("stock", ["L7160", "L7163", "thermal-100x50"])
def test_the_qr_modules_are_at_least_eight_tenths_of_a_millimetre(stock: str) -> None:
    drawing = lay_out(an_item(), STOCKS[stock], STOCKS[stock].dpi)
    bars = _bars(drawing)

    module = min(box[3] for box in drawing.boxes if box not in bars)

    assert module / dots_per_mm(STOCKS[stock].dpi) >= 0.8


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", [name for name, one in STOCKS.items() if one.matrix == "Data Matrix"])
def test_the_modules_of_a_data_matrix_are_whole_dots_of_half_a_millimetre_or_more(stock: str, dpi: int) -> None:
    drawing = lay_out(an_item_on(stock), STOCKS[stock], dpi)

    module = min(box[3] for box in drawing.boxes)

    assert drawing.symbols == ("Data Matrix",)
    assert module / dots_per_mm(dpi) >= 0.5
    assert all(box[2] % module == 0 and box[3] == module for box in drawing.boxes)


def test_a_label_too_small_for_a_data_matrix_that_reads_is_refused() -> None:
    tiny = replace(STOCKS["thermal-25x10"], name="tiny", height=9.05, dpi=203)

    # Four of 203 dots an inch are half a millimetre exactly, so that 14 modules and their paper take 9.0 mm.
    with pytest.raises(DoesNotFit, match="The Data Matrix symbol does not fit on the stock tiny"):
        lay_out(an_item_on("thermal-25x10"), tiny, 300)


def test_without_libdmtx_a_data_matrix_is_read_by_one_decoder_and_the_check_says_so() -> None:
    drawing = lay_out(an_item(), STOCKS["thermal-38x19"], 203)
    known, _ = readers(("Data Matrix",))
    without = ({name: read for name, read in known.items() if name != "libdmtx"}, ("libdmtx was not asked",))

    checked = check(paint(drawing), drawing.code, symbols=drawing.symbols, available=without)

    assert checked.readers == ("zxing-cpp",)
    assert checked.warnings == ("libdmtx was not asked",)


def test_a_data_matrix_is_not_released_if_the_second_decoder_reads_another_text() -> None:
    drawing = lay_out(an_item(), STOCKS["thermal-38x19"], 203)
    known, _ = readers(("Data Matrix",))
    misled = known | {"libdmtx": lambda _picture, _finest: {("Data Matrix", a_code(2))}}

    with pytest.raises(LabelDoesNotReadBack) as refused:
        check(paint(drawing), drawing.code, symbols=drawing.symbols, available=(misled, ()))

    assert refused.value.faults == ("libdmtx found no Data Matrix", f"libdmtx read '{a_code(2)}' from Data Matrix")


def test_a_data_matrix_with_another_symbol_beside_it_is_not_released() -> None:
    small = render_raster(an_item(), STOCKS["thermal-38x19"], 203)
    other = render_raster(an_item(2), STOCKS["L7651"], 203)[:, : small.shape[1]]

    with pytest.raises(LabelDoesNotReadBack) as refused:
        check(np.vstack([small, other]), a_code(), symbols=("Data Matrix",))

    assert {fault.split()[0] for fault in refused.value.faults} == set(BOTH)


def test_a_text_longer_than_our_codes_is_not_squeezed_into_the_data_matrix() -> None:
    with pytest.raises(ValueError, match="14 modules"):
        data_matrix("E4KT922RMQ" * 2)


def test_a_label_whose_bars_are_damaged_is_not_released() -> None:
    pixels = render_raster(an_item(), STOCKS["L7160"]).copy()
    height, width = pixels.shape
    pixels[int(height * 0.63) :, width // 3 : width // 2] = 255

    with pytest.raises(LabelDoesNotReadBack) as refused:
        check(pixels, a_code())

    assert refused.value.faults == ("zxing-cpp found no Code 128", "pyzbar found no Code 128")


def test_a_label_that_carries_another_code_is_not_released() -> None:
    pixels = render_raster(an_item(seed=2), STOCKS["L7160"])

    with pytest.raises(LabelDoesNotReadBack) as refused:
        check(pixels, a_code(seed=1))

    assert any(a_code(seed=2) in fault for fault in refused.value.faults)


def test_without_zbar_the_check_goes_on_and_says_so() -> None:
    only_zxing = {"zxing-cpp": readers()[0]["zxing-cpp"]}
    label = an_item()

    checked = check(
        render_raster(label, STOCKS["L7160"]), label.code, available=(only_zxing, ("libzbar0 is not installed",))
    )

    assert checked.readers == ("zxing-cpp",)
    assert checked.warnings == ("libzbar0 is not installed",)


@pytest.mark.parametrize("code", ["EJBQCZP8TC", "E5XRWCNQ7B"])
def test_a_code_that_a_shrunk_picture_turns_into_another_is_released_all_the_same(code: str) -> None:
    """zxing-cpp, shrinking the picture, gave a text like EJBQC*P8T beside the first: such a label was refused."""
    label = an_item(code=code, exhibit_ref="AB/1", description="Bed sheet")

    assert check(render_raster(label, STOCKS["L7160"]), code).code == code
