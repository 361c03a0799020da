"""Cameras, films and folders give frames in order, and what cannot be read is refused in one sentence."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from scanner import scan
from scanner.agree import Agreement
from scanner.camera import camera_frames, frames, read_image
from scanner.decode import Effort
from scanner.errors import BadSource, CameraLost, CameraMissing, CannotRead
from scanner.sources import (
    CameraSource,
    EvdevSource,
    ImagesSource,
    SerialSource,
    VideoSource,
    WedgeSource,
    for_ever,
    frames_to_agree,
    parse_source,
)
from scanner.symbols import symbol
from scanner.webcam import Hints, why_not
from tests.scanner.pictures import a_code, a_film, a_picture, a_symbol, a_y4m
from tests.support.film import labels_shown

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def seen(*texts):
    return [symbol(text, "QRCode", SQUARE) for text in texts]


def texts(symbols):
    return [found.text for found in symbols]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("camera:0", CameraSource(0)),
        ("camera:12", CameraSource(12)),
        ("video:a:b.avi", VideoSource(Path("a:b.avi"))),
        ("images:labels", ImagesSource(Path("labels"))),
        ("wedge", WedgeSource()),
        ("wedge:evdev:/dev/input/by-id/x:y", EvdevSource(Path("/dev/input/by-id/x:y"))),
        ("wedge:serial:COM3", SerialSource("COM3")),
    ],
)
def test_a_source_is_named_by_its_kind(text, source):
    assert parse_source(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "camera",
        "camera:",
        "camera:-1",
        "camera:²",
        "webcam:0",
        "video:",
        "wedge:1",
        "wedge:",
        "wedge:serial:",
        "wedge:evdev",
    ],
)
def test_any_other_source_is_refused_with_what_to_give(text):
    with pytest.raises(BadSource, match="camera:0"):
        parse_source(text)


@pytest.mark.parametrize(("draw", "name"), [(a_film, "film.avi"), (a_y4m, "film.y4m")])
def test_a_film_gives_its_frames_in_order(tmp_path, draw, name):
    grey = [np.full((120, 160), level, np.uint8) for level in (40, 120, 200)]

    read = [frame.image for frame in frames(VideoSource(draw(tmp_path / name, grey)))]

    assert [float(image.mean()) for image in read] == [pytest.approx(level, abs=15) for level in (40, 120, 200)]


def test_a_folder_gives_its_images_by_name_and_leaves_other_files(tmp_path):
    for name in ("b.png", "a.jpg"):
        cv2.imwrite(str(tmp_path / name), np.full((8, 8), 9, np.uint8))
    (tmp_path / "notes.txt").write_text("not a picture")

    assert [Path(frame.name).name for frame in frames(ImagesSource(tmp_path))] == ["a.jpg", "b.png"]


@pytest.mark.parametrize("content", [b"", b"plain text", b"\x89PNG\r\n\x1a\n broken"])
def test_a_file_that_is_no_picture_is_refused(tmp_path, content):
    (tmp_path / "x.jpg").write_bytes(content)

    with pytest.raises(CannotRead, match="neither a picture nor a video"):
        read_image(tmp_path / "x.jpg")


def test_missing_files_and_folders_are_refused(tmp_path):
    for source in (VideoSource(tmp_path / "no.avi"), ImagesSource(tmp_path / "no")):
        with pytest.raises(CannotRead, match="there is no such"):
            list(frames(source))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CannotRead, match="there is no image"):
        list(frames(ImagesSource(tmp_path)))


class Device:
    """What cv2.VideoCapture is, for a camera that this machine does not have; None among `images` is a miss."""

    def __init__(self, images, opened=True):
        self.images, self.opened, self.asked, self.released = list(images), opened, {}, False

    def __call__(self, number):
        self.number = number
        return self

    def isOpened(self):
        return self.opened

    def set(self, name, value):
        self.asked[name] = value
        return True

    def read(self):
        image = self.images.pop(0) if self.images else None
        return image is not None, image

    def release(self):
        self.released = True


PICTURE = np.zeros((2, 2, 3), np.uint8)


@pytest.mark.parametrize(
    ("hints", "asked"),
    [
        (Hints(), {cv2.CAP_PROP_FRAME_WIDTH: 1280, cv2.CAP_PROP_FRAME_HEIGHT: 720, cv2.CAP_PROP_AUTOFOCUS: 1}),
        (Hints(640, 480, exposure=-6, focus=30), {cv2.CAP_PROP_FRAME_WIDTH: 640, cv2.CAP_PROP_EXPOSURE: -6}),
        (Hints(focus=30), {cv2.CAP_PROP_AUTOFOCUS: 0, cv2.CAP_PROP_FOCUS: 30, cv2.CAP_PROP_AUTO_EXPOSURE: 3}),
    ],
)
def test_a_camera_is_set_up_as_the_settings_say(hints, asked):
    device = Device([PICTURE])

    next(camera_frames(0, hints, device))

    assert device.asked.items() >= asked.items()


def test_a_camera_may_miss_a_frame_and_is_lost_after_thirty():
    device = Device([PICTURE, None, PICTURE, *[None] * 30])
    read = []

    with pytest.raises(CameraLost, match="stopped giving pictures"):
        read.extend(camera_frames(3, open_capture=device))

    assert device.released


@pytest.mark.parametrize("opened", [False, True])
def test_a_camera_that_gives_nothing_at_all_is_said_to_be_missing_and_not_lost(opened):
    with pytest.raises(CameraMissing, match="why"):
        next(camera_frames(0, open_capture=Device([], opened), why=lambda number: CameraMissing(number, "why")))


@pytest.mark.parametrize(
    ("plugged_in", "may_use", "linux", "said"),
    [
        ([], True, True, "No camera is plugged in"),
        (["video1", "video10", "videoX"], True, True, "with one that is: camera:1, camera:10."),
        (["video0"], False, True, "the group “video”"),
        (["video0"], True, True, "used by another program: close the video call"),
        ([], True, False, "the system lets this program use cameras"),
    ],
)
def test_a_camera_that_cannot_be_opened_says_what_to_do(tmp_path, plugged_in, may_use, linux, said):
    for name in plugged_in:
        (tmp_path / name).touch()

    assert said in why_not(0, tmp_path, lambda _: may_use, linux).sentence


def reconnected(*ends, patient):
    """What a source gives that ends so, one time after the other, a thing each time it was there; and what was said."""
    tries, said, slept = iter(ends), [], []

    def open_source():
        end = next(tries)
        if not isinstance(end, CameraMissing):
            yield "picture"
        if end is not None:
            raise end

    things = for_ever(open_source, say=lambda *told: said.append(told), wait=slept.append, patient=patient)
    return list(things), said, len(slept)


TAKEN, UNPLUGGED = CameraMissing(0, "It is taken."), CameraMissing(0, "It is not there.")


def test_a_lost_camera_is_opened_again_until_it_is_back_and_each_trouble_is_said_once():
    things, said, slept = reconnected(CameraLost(0), UNPLUGGED, UNPLUGGED, TAKEN, TAKEN, None, patient=False)

    assert things == ["picture", "picture"]
    assert [sentence for sentence, _ in said] == [
        CameraLost(0).sentence,
        UNPLUGGED.sentence,
        TAKEN.sentence,
        "It is back: scan on.",
    ]
    assert [well for _, well in said] == [False, False, False, True]
    assert slept == 5


def test_a_camera_that_was_never_there_ends_the_run_but_a_kiosk_waits_for_it():
    with pytest.raises(CameraMissing):
        reconnected(TAKEN, patient=False)

    assert reconnected(TAKEN, None, patient=True)[0] == ["picture"]


def test_from_a_camera_or_a_film_two_frames_have_to_agree():
    assert [frames_to_agree(parse_source(text)) for text in ("camera:0", "video:f", "images:d")] == [2, 2, 1]


def test_a_code_counts_at_the_second_frame_and_not_again_while_it_stays():
    agreement = Agreement(need=2)

    counted = [texts(agreement.see(seen("A"), at / 10)) for at in range(40)]

    assert counted == [[], ["A"], *[[]] * 38]


def test_two_symbols_of_one_label_in_one_frame_are_one_sighting():
    assert Agreement(need=2).see(seen("A", "A"), 0.0) == []


def test_a_code_that_was_out_of_sight_counts_anew():
    agreement = Agreement(need=1)

    assert [texts(agreement.see(seen("A"), at)) for at in (0.0, 1.9, 4.0)] == [["A"], [], ["A"]]


def test_sightings_far_apart_do_not_agree():
    agreement = Agreement(need=2)

    assert [agreement.see(seen("A"), at) for at in (0.0, 2.5, 5.0)] == [[], [], []]


def test_codes_of_one_frame_count_in_the_order_of_reading():
    assert texts(Agreement(need=1).see(seen("B", "A", "C"), 0.0)) == ["B", "A", "C"]


def test_a_film_of_a_label_is_read_as_one_code(tmp_path):
    picture = a_picture(a_symbol(a_code(1)), angle=20)
    film = a_film(tmp_path / "film.avi", [picture] * 4)
    agreement = Agreement(need=2)

    counted = [
        found.text
        for number, frame in enumerate(frames(VideoSource(film)))
        for found in agreement.see(scan.decode_image(frame.image), number / 10)
    ]

    assert counted == [a_code(1)]


def test_labels_held_before_a_camera_are_read_one_after_the_other(tmp_path):
    """The film that Chromium is given as a camera; the scan client reads the same codes from it, in the same order."""
    codes = [a_code(number) for number in (3, 1, 2)]
    film = a_y4m(tmp_path / "labels.y4m", labels_shown(codes, held=3, between=1))
    agreement = Agreement(need=2)

    counted = [
        found.text
        for number, frame in enumerate(frames(VideoSource(film)))
        for found in agreement.see(scan.decode_image(frame.image, effort=Effort.FAST), number / 10)
    ]

    assert counted == codes
