"""The calibration page shows where a printer prints, and the offset that it gives moves the ink by just that."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from labels.calibration import calibration_drawing, calibration_pdf, calibration_zpl, shifted
from labels.cli import main
from labels.errors import OffsetTooLarge
from labels.stock import STOCKS, dots_per_mm
from tests.labels.made import a_code
from tests.labels.printing import a_machine
from tests.labels.reading import printed_by_pdf, printed_by_zpl, symbols


def inked(pixels: np.ndarray, axis: int) -> tuple[int, int]:
    """First and last row (axis 1) or column (axis 0) with ink."""
    found = np.flatnonzero((pixels < 128).any(axis=axis))
    return int(found[0]), int(found[-1])


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", [name for name, one in STOCKS.items() if one.is_roll])
def test_the_frame_of_a_thermal_page_is_one_millimetre_inside_the_label(stock: str, dpi: int) -> None:
    (page,) = printed_by_zpl(calibration_zpl(STOCKS[stock], dpi), dpi)

    edge = round(dots_per_mm(dpi))
    assert inked(page, 0) == (edge, page.shape[1] - edge - 1)
    assert inked(page, 1) == (edge, page.shape[0] - edge - 1)


@pytest.mark.parametrize("stock", list(STOCKS))
def test_the_words_and_ticks_stay_inside_the_frame(stock: str) -> None:
    drawing = calibration_drawing(STOCKS[stock], 300)

    assert all(x >= 0 and y >= 0 and x + w <= drawing.width and y + h <= drawing.height for x, y, w, h in drawing.boxes)
    assert all(word.x + word.face.width(word.text) * word.size < drawing.width for word in drawing.words)
    assert drawing.words


def test_a_sheet_has_a_frame_for_every_label() -> None:
    text = PdfReader(io.BytesIO(calibration_pdf(STOCKS["L7160"]))).pages[0].extract_text()

    assert text.count("L7160") == 21


@pytest.mark.parametrize("offset", [(0.0, 0.0), (2.0, -1.5)])
def test_the_first_frame_of_a_sheet_stands_where_the_label_and_the_offset_say(offset: tuple[float, float]) -> None:
    (page,) = printed_by_pdf(calibration_pdf(STOCKS["L7160"], offset), 300)

    left, top = STOCKS["L7160"].place(0)
    assert inked(page, 0)[0] / 300 * 25.4 == pytest.approx(left + 1 + offset[0], abs=0.2)
    assert inked(page, 1)[0] / 300 * 25.4 == pytest.approx(top + 1 + offset[1], abs=0.2)


@settings(max_examples=15, deadline=None)
@given(st.floats(-2, 2), st.floats(-2, 2))
def test_a_shifted_picture_keeps_all_its_ink_or_is_refused(right: float, down: float) -> None:
    pixels = np.full((60, 80), 255, np.uint8)
    pixels[10:50, 10:70] = 0

    try:
        moved = shifted(pixels, 203, (right, down))
    except OffsetTooLarge:
        assert max(abs(right), abs(down)) > 10 / 8
    else:
        assert moved.shape == pixels.shape
        assert inked(moved, 0) == (10 + round(right * 8), 69 + round(right * 8))
        assert inked(moved, 1) == (10 + round(down * 8), 49 + round(down * 8))


def test_an_offset_that_pushes_ink_off_the_label_is_refused() -> None:
    with pytest.raises(OffsetTooLarge, match=r"moved 0 mm right and -1\.5 mm down"):
        calibration_zpl(STOCKS["thermal-100x50"], 203, (0.0, -1.5))


def run(*words: object, given: str = ""):
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def test_the_page_comes_as_pdf_or_zpl(tmp_path: Path) -> None:
    assert run("calibrate", "-o", tmp_path / "page.pdf").exit_code == 0
    assert run("calibrate", "--stock", "thermal-38x19", "-o", tmp_path / "page.zpl").exit_code == 0

    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "page.zpl").read_bytes().startswith(b"^XA")


def test_the_page_goes_to_the_printer_with_its_offset(tmp_path: Path) -> None:
    with a_machine() as machine:
        (tmp_path / "p.toml").write_text(f'[counter]\nto = "{machine.address}"\nright_mm = 0.5\n')
        result = run(
            "calibrate", "--stock", "thermal-100x50", "--to", "counter", "--printers", tmp_path / "p.toml", "--json"
        )

    assert json.loads(result.output)["offset_mm"] == [0.5, 0.0]
    assert inked(printed_by_zpl(machine.jobs[0], 203)[0], 0)[0] == 8 + 4


def test_a_page_that_goes_nowhere_is_refused() -> None:
    assert "either -o FILE or --to PRINTER" in run("calibrate").output


def test_a_rendered_sheet_takes_copies_and_the_offset_of_its_printer(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[office]\nto = "lp:office"\nright_mm = 1.0\n')
    line = json.dumps({"code": a_code(), "exhibit_ref": "AB/1", "description": "Knife"})
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"

    run("render", "-o", plain, "--copies", 2, given=line)
    run("render", "-o", moved, "--copies", 2, "--printer", "office", "--printers", tmp_path / "p.toml", given=line)

    pages = [printed_by_pdf(file.read_bytes())[0] for file in (plain, moved)]
    assert [symbols(page) for page in pages] == [{a_code()}, {a_code()}]
    assert inked(pages[1], 0)[0] - inked(pages[0], 0)[0] == pytest.approx(300 / 25.4, abs=1.5)
