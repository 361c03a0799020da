"""What a person sees and hears, and what a script reads: the same effects, two ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Protocol

from scanner import events as e
from scanner.runner import Runner
from scanner.screen import Screen
from scanner.symbols import Image, Symbol

_WORSE: tuple[e.Tone, ...] = ("none", "good", "bad", "stop")


class View(Protocol):
    """Where the screen is drawn."""

    def take(self, thing: e.Event | e.Effect) -> None:
        """Something happened."""

    def draw(self, screen: Screen) -> None:
        """The screen may have changed."""

    def close(self) -> None:
        """Nothing more is drawn."""


class Pane(View, Protocol):
    """A view that shows pictures, has keys of its own, and can be closed by hand."""

    def look(self, picture: Image, symbols: Sequence[Symbol]) -> None:
        """The newest picture, and what was found in it."""

    def typed(self) -> tuple[list[str], str]:
        """The lines typed into it since it was asked last, and what stands on the line."""

    @property
    def closed(self) -> bool:
        """Whether somebody closed it."""


class Showing:
    """Keeps the screen up to date, has it drawn, and plays the gravest tone of what was said at once."""

    def __init__(self, screen: Screen, views: Sequence[View], play: Callable[[e.Tone], None]) -> None:
        self.screen = screen
        self._views = views
        self._play = play
        self._tone: e.Tone = "none"

    def show(self, thing: e.Event | e.Effect) -> None:
        """One event or effect."""
        self.screen.take(thing)
        for view in self._views:
            view.take(thing)
        if isinstance(thing, e.Say):
            self._tone = max(self._tone, thing.tone, key=_WORSE.index)

    def refresh(self, runner: Runner, typed: str) -> None:
        """Draw how things stand; `typed` is what stands on the line."""
        screen, asking = self.screen, runner.dialogue.asking
        screen.operator = runner.dialogue.operator or ""
        screen.question = asking.sentence if asking else ""
        screen.typed = "•" * len(typed) if asking and asking.secret else typed
        screen.waiting, screen.there = runner.waiting, runner.there
        for view in self._views:
            view.draw(screen)
        tone, self._tone = self._tone, "none"
        self._play(tone)

    def close(self) -> None:
        """Nothing more is shown."""
        for view in self._views:
            view.close()


def verdict_line(verdict: e.Verdict) -> str:
    """One verdict as a line of JSON."""
    facts = {"code": verdict.code, "verdict": verdict.verdict, "sentence": verdict.sentence}
    return json.dumps(facts, ensure_ascii=False)
