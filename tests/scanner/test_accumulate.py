"""What no frame shows clearly is read in several of them added up, and nothing is read that was not there."""

import numpy as np
import pytest

from scanner import scan
from scanner.accumulate import Film
from scanner.camera import Frame
from scanner.decode import Effort, decode_image
from tests.scanner.pictures import a_code, a_picture, a_symbol

SIZE = (640, 480)


def stopped() -> float:
    """A clock by which no time is ever spent."""
    return 0.0


def in_the_dark(picture, rng, moved=0):
    """The picture in a twentieth of the light, a little to the right, through a sensor's noise."""
    faint = 10 + 0.05 * np.roll(picture, moved, axis=1)
    return (faint + rng.normal(0, 4, faint.shape)).clip(0, 255).astype(np.uint8)


def frames_of(*numbers, symbology="Code128", scale=2, drift=0):
    """A frame for each number, of the label with that code."""
    rng = np.random.default_rng(4)
    labels = {one: a_picture(a_symbol(a_code(one), symbology, scale=scale), angle=8, size=SIZE) for one in set(numbers)}
    return [in_the_dark(labels[one], rng, drift * turn) for turn, one in enumerate(numbers)]


def reads_of(frames):
    film = Film(stopped)
    return [film.examine(frame).symbols for frame in frames]


@pytest.mark.parametrize(("symbology", "scale"), [("Code128", 2), ("QRCode", 3), ("DataMatrix", 3)])
def test_a_label_in_the_dark_that_no_frame_shows_is_read_in_five(symbology, scale):
    frames = frames_of(1, 1, 1, 1, 1, symbology=symbology, scale=scale, drift=5)

    alone = [decode_image(frame, effort=Effort.LIVE, clock=stopped) for frame in frames]
    together = [(n, read) for n, reads in enumerate(reads_of(frames)) for read in reads]

    assert alone == [[]] * 5
    (turn, read) = together[0]
    assert (read.text, read.symbology, "frames averaged" in read.stage) == (a_code(1), symbology, True)
    assert np.allclose(read.centre, (320 + 5 * turn, 240), atol=12)  # where it lies in the latest frame


def test_the_second_sighting_comes_of_frames_that_had_no_part_in_the_first():
    frames = (Frame(frame, "camera:0") for frame in frames_of(*[1] * 7))
    looks = list(scan.looks(frames, need=2, now=stopped, effort=Effort.LIVE, clock=stopped))

    seen = [turn for turn, look in enumerate(looks, 1) if look.symbols]
    counted = [(turn, one.text) for turn, look in enumerate(looks, 1) for one in look.counted]

    assert (seen, counted) == ([3, 6], [(6, a_code(1))])


def test_another_label_in_the_place_begins_a_new_sum():
    texts = [[read.text for read in reads] for reads in reads_of(frames_of(1, 1, 2, 2, 2))]

    assert texts == [[], [], [], [], [a_code(2)]]


def test_noise_and_darkness_added_up_give_no_code():
    rng = np.random.default_rng(6)
    clean = a_picture(a_symbol(a_code(1)[:-1], scale=2), angle=8, size=SIZE)  # no check character: it is none of ours
    shapes = np.repeat(np.repeat(rng.integers(0, 256, (48, 64), dtype=np.uint8), 10, 0), 10, 1)

    for picture in (np.full(SIZE[::-1], 40, np.uint8), shapes, clean):
        assert reads_of([in_the_dark(picture, rng) for _ in range(5)]) == [[]] * 5


def test_a_camera_that_changes_the_size_of_its_pictures_begins_anew():
    film = Film(stopped)
    wide, *_, last = frames_of(1, 1, 1)

    assert [film.examine(frame).symbols for frame in (wide, wide[:300, :300], last)] == [[]] * 3
