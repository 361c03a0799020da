"""Handhelds read at the kernel and at a serial port: the printed code arrives, whatever this machine believes."""

import errno
import os
import pty

import pytest

from scanner import evdev, serial_port
from scanner.errors import HandheldLost, HandheldMissing
from scanner.evdev import EVENT
from tests.scanner.pictures import a_code

ITEM = a_code(1)
EV_SYN, EV_KEY, EV_MSC = 0, 1, 4
SHIFT, CAPS_LOCK, ENTER, KEYPAD_7 = 42, 58, 28, 71
ROWS = ((2, "1234567890-"), (16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm"))
KEYS = {letter: first + at for first, letters in ROWS for at, letter in enumerate(letters)}


def pressed(*keys, start=0.0, apart=0.01, down=()):
    """What the kernel says when these keys are pressed, repeat, and are released, while `down` are held."""
    events = [(EV_KEY, key, 1) for key in down]
    for key in keys:
        events += [(EV_MSC, 4, key), (EV_KEY, key, 1), (EV_KEY, key, 2), (EV_SYN, 0, 0), (EV_KEY, key, 0)]
    events += [(EV_KEY, key, 0) for key in down]
    times = (start + apart * number / 5 for number in range(len(events)))
    return b"".join(EVENT.pack(int(at), round(at % 1 * 1e6), *event) for at, event in zip(times, events, strict=True))


def letters(text):
    return [KEYS[letter] for letter in text.lower()]


@pytest.fixture
def device(tmp_path):
    """A device node of which the kernel's end is held here: a pipe with a name."""
    path = tmp_path / "event0"
    os.mkfifo(path)
    kernel = os.open(path, os.O_RDWR)
    yield path, kernel
    os.close(kernel)


def lines_of(device, data, count, grab=lambda _: None):
    path, kernel = device
    os.write(kernel, data)
    lines = evdev.lines(path, 0.02, grab)
    return [next(lines) for _ in range(count)]


@pytest.mark.parametrize("down", [(), (SHIFT,), (CAPS_LOCK,)])
def test_a_code_is_read_by_its_keys_whatever_shift_and_caps_lock(device, down):
    (line,) = lines_of(device, pressed(*letters(ITEM), ENTER, down=down), 1)

    assert line.upper() == ITEM


def test_a_handheld_without_an_ending_is_understood_when_it_pauses(device):
    assert ITEM.lower() in lines_of(device, pressed(*letters(ITEM)), 3)


def test_a_seal_number_keeps_its_capitals_hyphens_and_keypad_digits(device):
    data = pressed(*letters("ab"), down=(SHIFT,)) + pressed(KEYS["-"], *letters("c"), KEYPAD_7, ENTER, start=0.1)

    assert lines_of(device, data, 1) == ["AB-c7"]


def test_half_an_event_waits_for_its_other_half(device):
    path, kernel = device
    data = pressed(*letters("e1"), ENTER)
    lines = evdev.lines(path, 0.01, lambda _: None)

    os.write(kernel, data[:100])
    first = next(lines)
    os.write(kernel, data[100:])

    assert first is None
    assert next(line for line in lines if line) == "e1"


def refused_with(problem):
    def grab(descriptor):
        raise OSError(problem, os.strerror(problem))

    return grab


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (errno.EBUSY, "used by another program"),
        (errno.EACCES, "the group “input”"),
        (errno.ENODEV, "plug it in"),
        (errno.ENOTTY, "no handheld scanner that types"),
    ],
)
def test_a_handheld_that_cannot_be_had_alone_is_refused_with_what_to_do(device, problem, said):
    with pytest.raises(HandheldMissing, match=said):
        next(evdev.lines(device[0], 0.01, refused_with(problem)))


def test_what_is_no_device_of_the_kernel_cannot_be_grabbed(device):
    with pytest.raises(HandheldMissing, match="/dev/input/by-id"):
        next(evdev.lines(device[0], 0.01))


def test_a_handheld_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(HandheldMissing, match="plug it in"):
        next(evdev.lines(tmp_path / "event7", 0.01))


def test_a_handheld_that_is_pulled_out_is_lost(tmp_path):
    (tmp_path / "event0").touch()  # a file at its end reads as a device does that is gone

    with pytest.raises(HandheldLost, match="goes on when it is back"):
        next(evdev.lines(tmp_path / "event0", 0.01, lambda _: None))


def test_a_serial_handheld_is_read_whatever_ends_its_lines_and_lost_when_it_is_pulled_out():
    scanner, port = pty.openpty()
    lines = serial_port.lines(os.ttyname(port), 0.05)
    assert next(lines) is None

    os.write(scanner, f"]C0{ITEM}\r\n{ITEM}\t{ITEM}".encode())
    read = [next(lines) for _ in range(3)]
    os.close(port)
    os.close(scanner)

    assert read == [f"]C0{ITEM}", ITEM, ITEM]
    with pytest.raises(HandheldLost, match="plug it in"):
        list(lines)


def test_a_serial_port_that_is_not_there_says_what_to_check():
    with pytest.raises(HandheldMissing, match="the group “dialout”"):
        next(serial_port.lines("/dev/none", 0.05))
