"""Codes are read from pictures at any angle, several at a time, and never wrongly."""

from itertools import count

import cv2
import numpy as np
import pytest

from benchmarks.decode import fuzz
from scanner import readers
from scanner.believe import Findings
from scanner.decode import Effort, as_grey, decode_image, examine
from scanner.localise import find_places
from scanner.symbols import symbol
from tests.scanner.pictures import a_code, a_picture, a_symbol

EMPTY = np.full((480, 640), 140, np.uint8)


@pytest.mark.parametrize("symbology", ["Code128", "QRCode", "DataMatrix"])
def test_each_of_the_three_symbologies_is_read_and_named(symbology):
    picture = a_picture(a_symbol(a_code(1), symbology))

    (found,) = decode_image(picture)

    assert (found.text, found.symbology, found.ours) == (a_code(1), symbology, True)


def test_a_foreign_code_is_read_and_told_from_ours():
    (found,) = decode_image(a_picture(a_symbol("ABC-1234")))

    assert (found.text, found.ours) == ("ABC-1234", False)


def test_a_code_whose_check_character_is_wrong_is_not_ours():
    wrong = a_code(1)[:-1] + ("0" if a_code(1)[-1] != "0" else "1")

    (found,) = decode_image(a_picture(a_symbol(wrong)))

    assert (found.text, found.ours) == (wrong, False)


@pytest.mark.parametrize("angle", range(0, 180, 15))
@pytest.mark.parametrize("effort", [Effort.LIVE, Effort.FULL])
def test_bars_are_read_at_any_angle(angle, effort):
    picture = a_picture(a_symbol(a_code(angle), scale=2), angle=angle, size=(640, 640))

    texts = [found.text for found in decode_image(picture, effort=effort, clock=lambda: 0.0)]

    assert texts == [a_code(angle)]


def test_the_fast_path_alone_misses_bars_at_45_degrees():
    """What the localiser is for; if a library learns this one day, the localiser may go."""
    picture = a_picture(a_symbol(a_code(1), scale=2), angle=45, size=(640, 640))

    assert decode_image(picture, effort=Effort.FAST) == []


def test_the_localiser_finds_the_direction_of_the_bars():
    picture = a_picture(a_symbol(a_code(1), scale=2), angle=-30, size=(640, 640))

    angles = [region.angle % 180 for region in find_places(picture)[0]]

    assert angles == [pytest.approx(30, abs=1.5)]


def test_several_labels_come_in_reading_order():
    codes = [a_code(number) for number in range(1, 4)]

    found = decode_image(a_picture(*(a_symbol(code, "QRCode", scale=4) for code in codes)))

    assert [symbol.text for symbol in found] == codes


def test_labels_side_by_side_are_read_from_left_to_right():
    left, right = a_symbol(a_code(1), "QRCode", scale=4), a_symbol(a_code(2), "QRCode", scale=4)
    lower = np.roll(left, 6, axis=0)

    found = decode_image(a_picture(np.hstack([lower, right])))

    assert [symbol.text for symbol in found] == [a_code(1), a_code(2)]


def test_one_label_read_by_several_steps_is_reported_once():
    picture = a_picture(a_symbol(a_code(1)), a_symbol(a_code(1), "QRCode", scale=5))

    found = decode_image(picture)

    assert sorted(symbol.symbology for symbol in found) == ["Code128", "QRCode"]


def test_corners_are_where_the_symbol_is_in_the_picture_that_was_given():
    picture = a_picture(a_symbol(a_code(1), scale=2), angle=40, size=(800, 600))

    (found,) = decode_image(picture)

    x, y = found.centre
    assert (x, y) == (pytest.approx(400, abs=12), pytest.approx(300, abs=12))


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_grey_colour_and_transparent_pictures_are_read_alike(channels):
    grey = a_picture(a_symbol(a_code(1), "QRCode"))
    picture = np.repeat(grey[:, :, None], channels, axis=2)

    assert [found.text for found in decode_image(picture)] == [a_code(1)]


@pytest.mark.parametrize(
    "array",
    [np.zeros((0, 5), np.uint8), np.zeros((5, 5), np.float32), np.zeros((5, 5, 2), np.uint8), np.zeros(5, np.uint8)],
)
def test_what_is_no_picture_is_refused(array):
    with pytest.raises(ValueError, match="picture"):
        as_grey(array)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (3, 3), (7, 2000)])
def test_a_sliver_of_a_picture_has_no_code(size):
    assert decode_image(np.zeros(size, np.uint8)) == []


def test_noise_gives_no_code():
    rng = np.random.default_rng(3)

    for _ in range(2):
        assert decode_image(rng.integers(0, 256, (480, 640), dtype=np.uint8)) == []


def test_noise_over_half_the_contrast_is_read_by_averaging_along_the_bars():
    rng = np.random.default_rng(4)
    clean = a_picture(a_symbol(a_code(1), scale=2), angle=8, size=(640, 480))
    noisy = (clean + rng.normal(0, 90, clean.shape)).clip(0, 255).astype(np.uint8)

    alone = readers.read_everything(noisy) + readers.read_with_zbar(noisy)
    texts = [found.text for found in decode_image(noisy)]

    assert (alone, texts) == ([], [a_code(1)])


def test_light_bars_on_a_dark_ground_are_read():
    dark = 255 - a_symbol(a_code(1), scale=2)

    assert [found.text for found in decode_image(a_picture(dark, angle=30, size=(640, 640)))] == [a_code(1)]


def test_a_data_matrix_out_of_focus_is_read_by_deblurring_and_the_stage_is_named():
    picture = cv2.GaussianBlur(a_picture(a_symbol(a_code(1), "DataMatrix"), angle=12, size=(640, 480)), (0, 0), 1.9)

    alone = readers.read_everything(picture)
    (found,) = decode_image(picture)

    assert (alone, found.text) == ([], a_code(1))
    assert "deblurred" in found.stage


def test_a_small_data_matrix_on_a_bare_desk_is_found_in_a_live_frame():
    """The sensor's noise fills the frame, the symbol a two hundredth of it."""
    rng = np.random.default_rng(5)
    symbol_alone = a_symbol(a_code(1), "DataMatrix", scale=2)[16:-16, 16:-16]
    clean = a_picture(symbol_alone, angle=30, size=(640, 480))
    noisy = (clean + rng.normal(0, 2.5, clean.shape)).clip(0, 255).astype(np.uint8)

    texts = [found.text for found in decode_image(noisy, effort=Effort.LIVE, clock=lambda: 0.0)]

    assert texts == [a_code(1)]


def test_each_stage_says_what_it_took():
    ticks = count()  # a second goes by at every look at the clock

    seen = examine(EMPTY, effort=Effort.LIVE, clock=lambda: float(next(ticks)))

    assert seen.spent == {"first look": 1000.0, "localiser": 1000.0}


def test_a_picture_without_a_whole_code_gives_no_text():
    """The short form of `make bench-soak ONLY=decode`: half-covered symbols, noise, cloth and print."""
    assert fuzz(3, seed=1, effort=Effort.LIVE) == []


@pytest.mark.parametrize(
    ("text", "symbology", "trusted", "believed"),
    [
        ("OTHER-77", "QRCode", False, 1),
        ("OTHER-77", "Code128", True, 1),
        ("OTHER-77", "Code128", False, 0),
        ("77", "Code128", True, 0),
        ("OTHER-77", "DataMatrix", True, 1),
        ("77", "DataMatrix", True, 0),
        (a_code(1), "DataMatrix", False, 1),
    ],
)
def test_a_doubtful_foreign_text_counts_when_another_stage_says_the_same(text, symbology, trusted, believed):
    findings, read = Findings(), symbol(text, symbology, ((0, 0), (90, 0), (90, 90), (0, 90)))

    findings.take([read], "one", trusted=trusted)
    findings.take([read], "one", trusted=trusted)
    at_first = len(findings.found)
    findings.take([read], "another", trusted=trusted)

    assert (at_first, len(findings.found)) == (believed, 1)


def test_a_frame_that_has_used_up_its_time_is_given_up():
    ticks = count(step=100)  # every look at the clock finds that 100 seconds have passed
    picture = a_picture(a_symbol(a_code(1), scale=2), angle=45, size=(640, 640))

    assert decode_image(picture, effort=Effort.LIVE, clock=lambda: float(next(ticks))) == []


def test_once_a_label_is_read_another_place_is_not_looked_at_in_every_way():
    """The last way at a place that is like a matrix is OpenCV's reader."""
    covered = a_symbol(a_code(2), "QRCode", scale=2)
    covered[:, covered.shape[1] // 2 :] = 255
    pair = np.hstack([a_picture(one, size=(200, 200)) for one in (a_symbol(a_code(1), "QRCode"), covered)])

    seen = examine(pair, clock=lambda: 0.0)

    assert [found.text for found in seen.symbols] == [a_code(1)]
    assert "matrix x1.5, one threshold" in seen.spent
    assert "matrix by OpenCV" not in seen.spent


def test_a_half_covered_label_is_not_guessed():
    picture = a_picture(a_symbol(a_code(1), "QRCode", scale=6), a_symbol(a_code(2), scale=3))
    cv2.rectangle(picture, (600, 0), (1279, 719), 140, -1)

    assert decode_image(picture) == []


def test_a_foreign_text_read_on_a_line_or_two_of_bars_needs_a_second_way_of_looking():
    """Scratches made zxing-cpp read another text, valid by its own check symbol, on two lines of a label of ours."""
    few_lines = a_symbol("OTHER-77", scale=3)[100:102]
    many_lines = np.repeat(few_lines, 60, axis=0)

    seen_on_few = decode_image(a_picture(few_lines), effort=Effort.FAST)
    seen_on_many = decode_image(a_picture(many_lines), effort=Effort.FAST)

    assert [found.text for found in seen_on_few] == []
    assert [found.text for found in seen_on_many] == ["OTHER-77"]
