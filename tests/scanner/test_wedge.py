"""Whatever a handheld is set to, the code that was printed is the code that arrives, or nothing is."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import payload
from labels.payload import CodeType
from scanner import events as e
from scanner import scan
from scanner.wedge import Bursts, codes_in
from tests.scanner.pictures import a_code

ITEM, PLACE = a_code(1), a_code(2, CodeType.PLACE)
FIXED = "E4KT9 22RM7"


def codes(line, **options):
    return [read.code for read in codes_in(line, **options)]


@pytest.mark.parametrize(
    "line",
    [
        ITEM,
        ITEM.lower(),
        ITEM.swapcase(),
        payload.printed(ITEM),
        f"]C0{ITEM}",
        f"]Q1{ITEM}",
        f"]d2{ITEM.lower()}",
        f"{ITEM}\\n",
        f"{ITEM}\\r\\n",
        f"{ITEM}<CR>",
        f"{ITEM}\t",
        f"\x1d{ITEM}\x04",
        f"  {ITEM}  ",
    ],
)
def test_one_code_is_read_however_it_is_dressed(line):
    assert codes(line) == [ITEM]


@pytest.mark.parametrize(
    "line",
    [f"{ITEM}{PLACE}", f"{ITEM}\\n{PLACE}", f"]C0{ITEM}]Q3{PLACE}", f"{ITEM}\t{PLACE}", f"{ITEM} {PLACE}"],
)
def test_codes_run_together_are_taken_apart(line):
    assert codes(line) == [ITEM, PLACE]


@pytest.mark.parametrize("line", [ITEM[:-1], ITEM + "X", f"{ITEM}{PLACE[:-1]}", "https://example.org/" + ITEM])
def test_half_a_code_is_no_code(line):
    assert not any(codes(line))


def test_what_is_no_code_comes_with_the_reason():
    (read,) = codes_in("https://example.org")

    assert read.why is not None
    assert "not one of our codes" in read.why


def typed_on(code, layout):
    """What a German or French system makes of the keys that a scanner presses on an American keyboard."""
    tables = {
        "de": str.maketrans("YZyz", "ZYzy"),
        "fr": str.maketrans("1234567890AQZWaqzw", "&é\"'(-è_çàQAWZqawz"),
    }
    return code.translate(tables[layout])


@given(st.binary(min_size=5, max_size=5), st.sampled_from(["de", "fr"]))
def test_a_code_survives_a_foreign_keyboard_layout(random, layout):
    code = payload.issue(CodeType.ITEM, lambda _: random)

    assert codes(typed_on(code, layout), layout=layout) == [code]


@given(st.text(max_size=60))
def test_no_line_breaks_the_reader_and_every_code_it_gives_is_ours(line):
    assert all(payload.is_ours(code) for code in codes(line) if code)


def test_a_burst_without_an_enter_ends_when_the_keys_stop():
    bursts = Bursts()
    for number, key in enumerate(ITEM):
        assert bursts.key(key, number * 0.01) == []

    assert bursts.rest(0.15) == []
    assert bursts.rest(0.3) == [ITEM]


def test_enter_and_tab_end_a_burst():
    bursts = Bursts()
    ended = [line for number, key in enumerate(f"{ITEM}\r{PLACE}\t") for line in bursts.key(key, number * 0.01)]

    assert ended == [ITEM, PLACE]


def test_slow_typing_is_left_until_enter():
    bursts = Bursts()
    for number, key in enumerate(ITEM):
        assert bursts.key(key, number * 0.4) == []

    assert bursts.rest(60.0) == []
    assert bursts.key("\r", 61.0) == [ITEM]


def test_a_line_with_a_code_is_a_scan_and_any_other_an_answer():
    assert scan.events_in(ITEM, layout="us", at=1.0) == [e.CodeRead(ITEM, 1.0, "scan")]
    assert scan.events_in(payload.printed(ITEM), layout="us", at=1.0) == [e.CodeRead(ITEM, 1.0, "manual")]
    (typed,) = scan.events_in("Interview, room 3", layout="us", at=1.0)
    assert isinstance(typed, e.Typed)
    assert typed.text == "Interview, room 3"


def test_lines_come_from_a_pipe_whole_and_silence_comes_as_none():
    reading, writing = os.pipe()
    lines = scan.typed_lines(reading, 0.01)

    os.write(writing, ITEM.encode()[:4])
    first = next(lines)
    os.write(writing, ITEM.encode()[4:] + b"\r\n" + PLACE.encode())
    second = next(lines)
    os.close(writing)
    rest = list(lines)
    os.close(reading)

    assert (first, second, rest) == (None, ITEM, [PLACE])
