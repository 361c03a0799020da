"""Sets up a run of the scan client from its settings: views, sounds, sources, outbox, line; and says how it ended."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import click
import cv2
from rich.console import Console
from uuid_utils.compat import uuid7

from scanner import camera, scan, serial_port, sounds, terminal, window
from scanner import events as e
from scanner.alone import alone_with
from scanner.client import Service
from scanner.config import Choices, Config
from scanner.decode import Effort
from scanner.errors import BadSettings
from scanner.inbox import Inbox
from scanner.line import Line
from scanner.outbox import Outbox
from scanner.pictures import Pictures
from scanner.runner import Runner
from scanner.screen import Screen
from scanner.session import Dialogue
from scanner.show import Pane, Showing, View, verdict_line
from scanner.sources import (
    EvdevSource,
    ImagesSource,
    SerialSource,
    Source,
    WedgeSource,
    for_ever,
    frames_to_agree,
    parse_source,
)
from scanner.work import WAKE_SECONDS, Work


def new_id() -> str:
    """A new UUIDv7 as text."""
    return str(uuid7())


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run came to: items recorded and refused, acts unsent, items read and not confirmed."""

    recorded: int
    refused: int
    unsent: int
    unconfirmed: int

    @property
    def everything(self) -> bool:
        """Whether something was recorded, and nothing was refused or is left over."""
        return self.recorded > 0 and not (self.refused or self.unsent or self.unconfirmed)

    @property
    def facts(self) -> dict[str, int]:
        """The numbers, by their names for machines."""
        return {
            "recorded": self.recorded,
            "refused": self.refused,
            "unsent": self.unsent,
            "unconfirmed": self.unconfirmed,
        }

    @property
    def sentence(self) -> str:
        """The numbers, for people."""
        return (
            f"{self.recorded} recorded, {self.refused} refused, {self.unconfirmed} read and not confirmed; "
            f"{self.unsent} acts wait in the outbox."
        )


def scan_with(
    settings: Config,
    choices: Choices,
    script: scan.Script,
    *,
    as_json: bool,
    wait: float,
    more_views: Sequence[View] = (),
) -> Ended:
    """Scan until the source ends, or somebody ends it. Raises ScanRefusal for what cannot begin or go on."""
    source = parse_source(choices.source)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what is wrong is said in our own sentences
    console = Console(stderr=as_json, highlight=False)
    with ExitStack() as stack:
        stack.enter_context(_ends_on_sigterm())
        stack.enter_context(alone_with(settings.outbox))
        outbox = stack.enter_context(closing(Outbox(settings.outbox, new_id)))
        service = stack.enter_context(Service(settings.url, settings.token, now=time.time))
        inbox = Inbox()
        folder = settings.outbox.parent / "pictures" if choices.pictures else None
        line = _line(service, settings, inbox, folder)
        pane = _pane(choices)
        showing = Showing(Screen(), [*_views(console, pane), *more_views], _tones(stack, settings, choices, console))
        pictures = Pictures(folder) if folder else None
        runner = Runner(
            Dialogue(choices.ask_seal),
            outbox,
            line,
            show=showing.show,
            told=_tell_script if as_json else _tell_nobody,
            now=time.time,
            answers=script.answers,
            pictures=pictures,
        )
        work = Work(runner, line, inbox, showing, pane=pane, layout=choices.layout, now=time.time, pictures=pictures)
        work.run(script, _sources(source, choices, work, inbox), wait)
        return Ended(runner.tally.recorded, runner.tally.refused, runner.waiting, runner.dialogue.open_items)


def _line(service: Service, settings: Config, inbox: Inbox, folder: Path | None) -> Line:
    open_outbox = partial(Outbox, settings.outbox, new_id)
    return Line(service, open_outbox, now=time.time, new_id=new_id, post=inbox.post, pictures=folder)


def _pane(choices: Choices) -> Pane | None:
    if not choices.window or not window.has_display(os.environ):
        if choices.kiosk:
            raise BadSettings("--kiosk", "There is no display for the kiosk: start it where a screen is connected.")
        return None
    return window.Window(full_screen=choices.kiosk, at=time.monotonic)


def _views(console: Console, pane: Pane | None) -> list[View]:
    words: View = terminal.Lines(console)
    if console.is_terminal and sys.stdin.isatty() and pane is None:
        words = terminal.LiveTable(console)
    return [words, *([pane] if pane else [])]


def _tones(stack: ExitStack, settings: Config, choices: Choices, console: Console) -> Callable[[e.Tone], None]:
    if not choices.sounds:
        return _silence
    played = sounds.Sounds(
        sounds.write(settings.outbox.parent / "sounds"), sounds.player(), bell=console.bell, begin=sounds.begin
    )
    stack.callback(played.close)
    return played.play


def _silence(_tone: e.Tone) -> None:
    """Somebody wants quiet."""


def _sources(source: Source, choices: Choices, work: Work, inbox: Inbox) -> Sequence[Callable[[], None]]:
    """What reads the source; and beside anything but a handheld at standard input, the terminal's keyboard."""
    again = partial(for_ever, say=work.trouble, wait=inbox.stopped.wait, patient=choices.kiosk)
    typing = [partial(inbox.feed, _keyboard(work), work.line)] if sys.stdin.isatty() else []
    match source:
        case WedgeSource():
            return typing or [partial(inbox.feed, scan.typed_lines(sys.stdin.fileno(), WAKE_SECONDS), work.line)]
        case EvdevSource(path):
            from scanner import evdev  # Linux alone has what it needs

            return [partial(inbox.feed, again(partial(evdev.lines, path, WAKE_SECONDS)), work.line), *typing]
        case SerialSource(port):
            opened = partial(serial_port.lines, port, WAKE_SECONDS, choices.baud)
            return [partial(inbox.feed, again(opened), work.line), *typing]
        case pictures:
            frames = again(partial(camera.frames, pictures, choices.hints))
            effort = Effort.FULL if isinstance(pictures, ImagesSource) else Effort.LIVE
            seen = scan.looks(frames, need=frames_to_agree(pictures), now=time.time, effort=effort)
            return [partial(inbox.feed, seen, work.look), *typing]


def _keyboard(work: Work) -> Iterator[str | None]:
    from scanner import keyboard  # Unix alone has such terminals

    return keyboard.lines(sys.stdin.fileno(), WAKE_SECONDS, now=time.monotonic, typed=work.typing)


def _tell_script(verdict: e.Verdict) -> None:
    click.echo(verdict_line(verdict))


def _tell_nobody(verdict: e.Verdict) -> None:
    """A person reads the same verdict as a sentence of the dialogue."""


@contextmanager
def _ends_on_sigterm() -> Iterator[None]:
    """A service manager ends the client as Ctrl-C does: what is unsent stays in the outbox."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
