"""What a source gives, made into events of the dialogue: pictures into codes, typed lines into codes or answers."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from labels import payload
from scanner import events as e
from scanner import wedge
from scanner.accumulate import Film
from scanner.agree import Agreement
from scanner.camera import Frame
from scanner.decode import Effort, decode_image
from scanner.errors import BadSettings
from scanner.sharpness import Blur
from scanner.symbols import Image, Symbol
from scanner.wording import ASKED


@dataclass(frozen=True, slots=True)
class Script:
    """What an unattended run begins with: codes scanned in this order, and whether it ends with CONFIRM."""

    codes: tuple[str, ...] = ()
    confirm_at_end: bool = False
    answers: dict[str, str] = field(default_factory=dict)


def opening(
    *, badge: str | None, kind: str | None, receiver: str | None, to: str | None, witness: str | None = None
) -> tuple[str, ...]:
    """The codes that an unattended run begins with. Raises LabelRefusal for what is none of our codes or commands."""
    codes = [payload.parse(badge)] if badge else []
    codes += [payload.command_code("WITNESS"), payload.parse(witness)] if witness else []
    if kind:
        codes.append(payload.command_code(kind.upper().replace(" ", "_").replace("-", "_")))
    codes += [payload.parse(code) for code in (receiver, to) if code]
    return tuple(codes)


def answer(text: str) -> tuple[str, str]:
    """What a line such as `counted=240.00` answers, and with what. Raises BadSettings; a PIN comes from a file."""
    what, _, said = text.partition("=")
    questions = [name for name in ASKED if not name.endswith("pin")]
    if what not in questions or not said:
        known = ", ".join(questions)
        raise BadSettings("--answer", f"“{text[:60]}” answers nothing: write WHAT=TEXT, with one of {known}.")
    return what, said


@dataclass(frozen=True, slots=True)
class Look:
    """One picture, what was found in it, which of that counts from now on, and what would help if nothing was found."""

    image: Image
    symbols: Sequence[Symbol]
    counted: Sequence[Symbol]
    at: float
    hint: str = ""


def looks(
    frames: Iterator[Frame],
    *,
    need: int,
    now: Callable[[], float],
    effort: Effort,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Look]:
    """Each frame with what it shows; a code counts once enough frames agree on it. `clock` is the budget's."""
    agreement, blur, film = Agreement(need), Blur(), Film(clock)
    for frame in frames:
        at = now()
        live = effort is Effort.LIVE
        symbols = film.examine(frame.image).symbols if live else decode_image(frame.image, effort=effort, clock=clock)
        hint = blur.hint(frame.image, bool(symbols)) if live else ""
        yield Look(frame.image, symbols, agreement.see(symbols, at), at, hint)


def events_of(look: Look) -> list[e.Event]:
    """The codes that count from this picture on; a foreign one is what was read and no code."""
    return [e.CodeRead(one.text, look.at) if one.ours else _foreign(one.text, look.at) for one in look.counted]


def _foreign(text: str, at: float) -> e.Typed:
    (read, *_) = wedge.codes_in(text) or [wedge.Read(text)]
    return e.Typed(text, at, read.why)


def typed_lines(descriptor: int, every: float) -> Iterator[str | None]:
    """Lines from an open file descriptor, and None whenever `every` seconds pass without one."""
    kept = b""
    while True:
        ready, _, _ = select.select([descriptor], [], [], every)
        if not ready:
            yield None
            continue
        data = os.read(descriptor, 65536)
        kept += data
        *lines, kept = kept.replace(b"\r", b"\n").split(b"\n")
        if not data and kept:
            lines, kept = [kept], b""
        yield from (line.decode("utf-8", "replace") for line in lines if line.strip())
        if not data:
            return


def events_in(line: str, *, layout: str, at: float) -> list[e.Event]:
    """One typed line as events: its codes if it holds any, else the line itself, which may answer a question."""
    reads = wedge.codes_in(line, layout=layout)
    if not any(read.code for read in reads):
        return [e.Typed(line, at, reads[0].why if reads else None)]
    by_hand = "-" in line  # the hyphens stand in print and not in the symbol, so somebody typed them
    method = "manual" if by_hand else "scan"
    return [e.CodeRead(read.code, at, method) if read.code else e.Typed(read.text, at, read.why) for read in reads]
