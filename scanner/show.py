"""What a person at a terminal sees and hears, and what a script reads: the same effects, two ways."""

from __future__ import annotations

import json
from collections.abc import Callable

from rich.console import Console
from rich.markup import escape

from scanner import events as e

_MARKS = {
    "good": ("green", "✓"),
    "bad": ("yellow", "!"),
    "stop": ("bold white on red", "■ STOP"),
    "none": ("default", "·"),
}


def for_people(console: Console) -> Callable[[e.Effect], None]:
    """Colour, a mark and words together, newest at the bottom; a bell for what went wrong."""

    def show(effect: e.Effect) -> None:
        match effect:
            case e.Say(_, sentence, tone):
                style, mark = _MARKS[tone]
                console.print(f"[{style}]{mark}[/] {escape(sentence)}")
                if tone in ("bad", "stop"):
                    console.bell()
            case e.Ask(_, sentence):
                console.print(f"[bold]? {escape(sentence)}[/]")
            case e.Batch(kind, to, count) if count:
                console.print(f"[dim]{(kind or 'MOVE').replace('_', ' ')} {to or ''} · {count}[/]")
            case _:
                pass

    return show


def verdict_line(verdict: e.Verdict) -> str:
    """One verdict as a line of JSON."""
    facts = {"code": verdict.code, "verdict": verdict.verdict, "sentence": verdict.sentence}
    return json.dumps(facts, ensure_ascii=False)
