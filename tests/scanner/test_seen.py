"""What a person at the scan client sees and hears: verdicts by colour, icon and word, and what is not sent."""

import os
import pty
import re
import socket
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.console import Console

from labels.payload import CodeType
from scanner import config_file, keyboard, sounds, terminal
from scanner import events as e
from scanner.config import chosen
from scanner.drawing import COLOURS, SIZE, drawn, fitted, width_of, wrapped
from scanner.errors import BadSettings
from scanner.screen import Screen
from scanner.sharpness import BLURRED, Blur
from scanner.sounds import Sounds
from scanner.symbols import symbol
from scanner.window import has_display
from tests.scanner.pictures import a_code, a_picture, a_symbol
from tests.support.project import ROOT

PLACE = a_code(9, CodeType.PLACE)


def a_screen():
    """Three rows, of which one will be recorded, one is refused and one not looked at; two acts wait."""
    screen = Screen(operator="PC 4521 Reyes", there=False, waiting=2)
    verdicts = [e.Verdict(a_code(1), "would_record", "Fine."), e.Verdict(a_code(2), "refused", "It was destroyed.")]
    rows = [e.Row(number, a_code(number), None) for number in (1, 2, 3)]
    for thing in (*rows, e.Batch("BOOK_IN", PLACE, 3), e.Checked(tuple(verdicts)), e.Say("x", "Look.", "stop")):
        screen.take(thing)
    return screen


def text_of(screen):
    console = Console(width=120, record=True, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115 - closed below
    console.print(terminal.drawn(screen, 40))
    console.file.close()
    return console.export_text()


def test_the_table_has_the_newest_row_on_top_and_each_verdict_in_a_mark_and_a_word():
    said = text_of(a_screen())

    assert re.findall(r"(?m)^ *(\d) +│ \S+ +│ (\S+ ?\w+)", said) == [("3", "· Not"), ("2", "■ STOP"), ("1", "✓ Will")]
    assert "PC 4521 Reyes · No network, 2 acts not sent" in said
    assert "3 items in this batch, 0 recorded, 0 refused" in said


def test_rows_go_when_they_are_taken_back_sent_or_dropped_and_late_answers_are_for_nobody():
    screen = a_screen()

    screen.take(e.RowGone(3, a_code(3)))
    left = [row.number for row in screen.newest_first]
    screen.take(e.Batch("BOOK_IN", None, 0))
    screen.take(e.LookedUp(a_code(1), "Late."))
    screen.take(e.Recorded((e.Verdict(a_code(1), "recorded", ""), e.Verdict(a_code(2), "refused", ""))))

    assert left == [2, 1]
    assert screen.newest_first == []
    assert (screen.recorded, screen.refused) == (1, 1)


def test_the_window_shows_the_picture_with_outlines_and_the_tone_as_a_colour_over_the_whole_width():
    square = ((100.0, 100.0), (300.0, 100.0), (300.0, 300.0), (100.0, 300.0))

    image = drawn(a_screen(), np.full((720, 1280), 90, np.uint8), [symbol(a_code(1), "QRCode", square)])

    assert image.shape == (SIZE[1], SIZE[0], 3)
    assert tuple(image[-2, 2]) == tuple(image[-2, -2]) == COLOURS["stop"]
    assert (image == (80, 220, 80)).all(axis=2).any()


def test_words_that_are_too_long_are_broken_between_words_and_cut_with_an_ellipsis():
    lines = wrapped("You may not use camera 0: have your administrator add you", 400, 34)

    assert len(lines) > 1
    assert all(width_of(line, 34) <= 400 for line in lines)
    assert fitted("word " * 50, 300, 20).endswith("…")


@pytest.mark.parametrize(("tone", "rings"), [("none", 0), ("good", 0), ("bad", 1), ("stop", 2)])
def test_without_a_sound_card_the_bell_rings(tone, rings):
    rung = []

    Sounds({}, None, bell=lambda: rung.append(tone), begin=pytest.fail).play(tone)

    assert len(rung) == rings


def test_tones_are_played_by_what_the_machine_has_until_that_fails(tmp_path):
    files = sounds.write(tmp_path)
    rung, begun = [], []

    def begin(command):
        begun.append(command)
        return sounds.begin(["false"])

    played = Sounds(
        files, sounds.player(lambda name: name if name == "aplay" else None), bell=lambda: rung.append(1), begin=begin
    )
    played.play("good")
    played.close()
    played.play("stop")

    assert begun == [["aplay", "-q", str(tmp_path / "good.wav")]]
    assert len(rung) == 2
    assert len({path.read_bytes() for path in files.values()}) == 3


def test_a_blurred_label_is_said_after_a_while_and_a_sharp_one_or_a_bare_desk_never():
    sharp = a_picture(a_symbol(a_code(1)), angle=7, size=(640, 480))
    hints = {
        name: [blur.hint(picture, read) for _ in range(30)]
        for name, picture, read, blur in (
            ("sharp", sharp, False, Blur()),
            ("blurred", cv2.GaussianBlur(sharp, (0, 0), 3), False, Blur()),
            ("read", cv2.GaussianBlur(sharp, (0, 0), 3), True, Blur()),
            ("desk", a_picture(size=(640, 480)), False, Blur()),
        )
    }

    assert {name: set(said) for name, said in hints.items()} == {
        "sharp": {""},
        "blurred": {"", BLURRED},
        "read": {""},
        "desk": {""},
    }
    assert hints["blurred"].index(BLURRED) == 19


def test_a_terminal_gives_its_keys_one_by_one_and_is_put_back_afterwards():
    hand, terminal_end = pty.openpty()
    shown = []
    lines = keyboard.lines(terminal_end, 0.02, now=lambda: 0.0, typed=shown.append)
    assert next(lines) is None

    os.write(hand, b"12\x7f34\n")
    line = next(line for line in lines if line)
    os.write(hand, b"\x04")
    assert [rest for rest in lines if rest] == []
    os.close(hand)
    os.close(terminal_end)

    assert line == "134"
    assert shown[-1] == ""


def test_a_window_is_opened_only_where_a_display_answers(tmp_path):
    assert not has_display({}, tmp_path)
    assert not has_display({"DISPLAY": ":7"}, tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "X7"))
        server.listen()
        assert has_display({"DISPLAY": ":7.0"}, tmp_path)


def a_file(tmp_path, text):
    path = tmp_path / "exhibits-scan.toml"
    path.write_text(text)
    return path


def test_what_the_file_says_holds_until_an_option_says_otherwise(tmp_path):
    said = config_file.settings(a_file(tmp_path, 'source = "wedge"\nask_seal = ["SEAL"]\n[camera]\nfocus = 30\n'))

    from_file = chosen({}, said)
    overridden = chosen({"source_text": "camera:1", "ask_seal": ("MOVE",), "sounds": False}, said)

    assert (from_file.source, from_file.window, from_file.hints.focus) == ("wedge", False, 30)
    assert (overridden.source, overridden.window, overridden.ask_seal) == ("camera:1", True, ("MOVE",))
    assert not overridden.sounds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "has “colour”, which is no setting"),
        ("[camera]\nzoom = 2", "has “camera.zoom”"),
        ('kiosk = "yes"', "something else than true or false"),
        ("[camera]\nwidth = -1", "a whole number of pixels"),
        ('ask_seal = ["DANCE"]', "a list of acts"),
        ('[wedge]\nlayout = "uk"', "one of us, de, fr"),
        ("source = camera:0", "not written as TOML"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(tmp_path, text, said):
    with pytest.raises(BadSettings, match=said):
        config_file.settings(a_file(tmp_path, text))


def test_a_file_that_is_not_there_is_refused_and_the_usual_one_is_found(tmp_path):
    with pytest.raises(BadSettings, match="no such file"):
        config_file.settings(tmp_path / "none.toml")
    (tmp_path / ".config").mkdir()
    usual = tmp_path / ".config" / "exhibits-scan.toml"
    usual.touch()

    assert config_file.find({}, tmp_path, None) == usual
    assert config_file.find({config_file.VARIABLE: "/x.toml"}, tmp_path, None) == Path("/x.toml")


def test_every_setting_of_the_file_is_explained():
    explained = (ROOT / "docs" / "scan-client.md").read_text("utf-8")

    assert [key for key in config_file.KEYS if f"`{key}`" not in explained] == []
