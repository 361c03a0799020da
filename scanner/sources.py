"""What can be scanned from, named as in `--source`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scanner.errors import BadSource, SourceGone, SourceMissing

T = TypeVar("T")
RECONNECT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class CameraSource:
    """A camera by its number, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class VideoSource:
    """A video file."""

    path: Path


@dataclass(frozen=True, slots=True)
class ImagesSource:
    """A folder of images, or one image."""

    path: Path


@dataclass(frozen=True, slots=True)
class WedgeSource:
    """A handheld scanner that types, on standard input."""


@dataclass(frozen=True, slots=True)
class EvdevSource:
    """A handheld scanner that types, read from the kernel (Linux) so that what it types goes nowhere else."""

    path: Path


@dataclass(frozen=True, slots=True)
class SerialSource:
    """A handheld scanner at a serial port, or at a USB port that acts as one; `port` as the system names it."""

    port: str


Pictures = CameraSource | VideoSource | ImagesSource
Handheld = WedgeSource | EvdevSource | SerialSource
Source = Pictures | Handheld


def parse_source(text: str) -> Source:
    """`camera:0`, `video:F`, `images:D`, `wedge`, `wedge:evdev:F` or `wedge:serial:P` as a source. Raises BadSource."""
    kind, _, rest = text.partition(":")
    way, _, device = rest.partition(":")
    match kind, way:
        case "wedge", "" if text == "wedge":
            return WedgeSource()
        case "wedge", "evdev" if device:
            return EvdevSource(Path(device))
        case "wedge", "serial" if device:
            return SerialSource(device)
        case "camera", _ if rest.isdecimal() and rest.isascii() and len(rest) < 4:
            return CameraSource(int(rest))
        case "video", _ if rest:
            return VideoSource(Path(rest))
        case "images", _ if rest:
            return ImagesSource(Path(rest))
    raise BadSource(text)


def frames_to_agree(source: Source) -> int:
    """In how many frames a code must be seen before it counts: two from anything that moves, one from still images."""
    return 2 if isinstance(source, CameraSource | VideoSource) else 1


def for_ever(
    open_source: Callable[[], Iterator[T]],
    *,
    say: Callable[[str, bool], None],
    wait: Callable[[float], bool],
    patient: bool,
) -> Iterator[T]:
    """What the source gives; one that was lost is opened again until it is back.

    What is wrong is said once, and not at every try: `say` is given the sentence and whether all is well again. `wait`
    sleeps so many seconds, and gives True to end. Unless `patient`, a source that was never there raises SourceMissing.
    """
    told: str | None = None
    there = patient
    while True:
        try:
            for thing in open_source():
                if told is not None:
                    say("It is back: scan on.", True)
                there, told = True, None
                yield thing
        except (SourceGone, SourceMissing) as problem:
            if isinstance(problem, SourceMissing) and not there:
                raise
            if problem.sentence != told:
                say(problem.sentence, False)
            told = problem.sentence
            if wait(RECONNECT_SECONDS):
                return
        else:
            return
