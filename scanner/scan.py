"""The scan client at work: reads a source, feeds the dialogue, and ends with all recorded or a reason why not."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from labels import payload
from scanner import camera, wedge
from scanner import events as e
from scanner.agree import Agreement
from scanner.camera import CameraSource, Frame, ImagesSource, VideoSource
from scanner.decode import Effort, decode_image
from scanner.errors import BadSettings, CameraLost, CameraMissing
from scanner.runner import Runner
from scanner.wording import ASKED

RECONNECT_SECONDS = 2.0


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


def frames_for_ever(
    source: CameraSource | VideoSource | ImagesSource,
    *,
    say: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
    open_source: Callable[[CameraSource | VideoSource | ImagesSource], Iterator[Frame]] = camera.frames,
) -> Iterator[Frame]:
    """The source's frames; a camera that was lost is opened again until it is back. Raises what the source raises."""
    lost, ended = False, False
    while not ended:
        try:
            for frame in open_source(source):
                lost = False
                yield frame
            ended = True
        except (CameraLost, CameraMissing) as problem:
            if isinstance(problem, CameraMissing) and not lost:
                raise
            if not lost:
                say(problem.sentence)
            lost = True
            sleep(RECONNECT_SECONDS)


def read_frames(
    runner: Runner,
    frames: Iterator[Frame],
    *,
    need: int,
    now: Callable[[], float],
    effort: Effort = Effort.LIVE,
) -> None:
    """Feed every code on which enough frames agree to the dialogue."""
    agreement = Agreement(need)
    for frame in frames:
        at = now()
        for symbol in agreement.see(decode_image(frame.image, effort=effort), at):
            runner.take(e.CodeRead(symbol.text, at) if symbol.ours else e.Typed(symbol.text, at))
        runner.tick()


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


def read_wedge(runner: Runner, lines: Iterator[str | None], *, layout: str, now: Callable[[], float]) -> None:
    """Feed what a handheld or a person types to the dialogue."""
    for line in lines:
        if line is None:
            runner.tick()
            continue
        for event in events_in(line, layout=layout, at=now()):
            runner.take(event)
        runner.tick()


def events_in(line: str, *, layout: str, at: float) -> list[e.Event]:
    """One typed line as events: its codes if it holds any, else the line itself, which may answer a question."""
    reads = wedge.codes_in(line, layout=layout)
    if not any(read.code for read in reads):
        return [e.Typed(line, at, reads[0].why if reads else None)]
    by_hand = "-" in line  # the hyphens stand in print and not in the symbol, so somebody typed them
    method = "manual" if by_hand else "scan"
    return [e.CodeRead(read.code, at, method) if read.code else e.Typed(read.text, at, read.why) for read in reads]


def finish(runner: Runner, *, wait: float, now: Callable[[], float], sleep: Callable[[float], None]) -> None:
    """Keep trying to empty the outbox for up to `wait` seconds."""
    ends = now() + wait
    while runner.waiting and not runner.tally.stopped and now() < ends:
        sleep(0.5)
        runner.tick()
