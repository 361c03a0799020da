"""The screen in a terminal: a live table where there is one, plain lines where not."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from scanner import events as e
from scanner.screen import Screen
from scanner.wording import shown

# A colour, a mark and a word for each tone, so that none is told by colour alone.
MARKS = {
    "good": ("green", "✓"),
    "bad": ("yellow", "!"),
    "stop": ("bold white on red", "■ STOP"),
    "none": ("default", "·"),
}


class Lines:
    """Each sentence as a line, for a log or a terminal that cannot be drawn on."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def take(self, thing: e.Event | e.Effect) -> None:
        """Print what a person has to know of this."""
        match thing:
            case e.Say(_, sentence, tone):
                style, mark = MARKS[tone]
                self._console.print(f"[{style}]{mark}[/] {escape(sentence)}")
            case e.Ask(_, sentence):
                self._console.print(f"[bold]? {escape(sentence)}[/]")
            case e.Batch(kind, to, count) if count:
                self._console.print(f"[dim]{(kind or 'MOVE').replace('_', ' ')} {to or ''} · {count}[/]")
            case _:
                pass

    def draw(self, screen: Screen) -> None:
        """Lines are printed when they are said."""

    def close(self) -> None:
        """Nothing is held."""


class LiveTable:
    """The whole screen, drawn again whenever it changed."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, auto_refresh=False)
        self._drawn = ""
        self._live.start()

    def take(self, thing: e.Event | e.Effect) -> None:
        """What a thing changes is drawn with the screen."""

    def draw(self, screen: Screen) -> None:
        """Draw it, if anything changed: a table that is drawn again for nothing flickers."""
        now = repr(screen)
        if now == self._drawn:
            return
        self._drawn = now
        self._live.update(drawn(screen, self._live.console.height), refresh=True)

    def close(self) -> None:
        """Leave what was drawn last."""
        self._live.stop()


def drawn(screen: Screen, height: int) -> RenderableType:
    """The screen as rich draws it, newest row on top, in so many lines."""
    style, mark = MARKS[screen.last.tone]
    said = Panel(Text(f"{mark}  {screen.last.sentence}", style=style), border_style=style)
    parts: list[RenderableType] = [
        Text(f"{screen.operator or 'Nobody is signed in'} · {screen.line}", style="bold"),
        said,
    ]
    parts += [Text(f"! {sentence}", style="yellow") for sentence in (screen.trouble, screen.hint) if sentence]
    if screen.question:
        parts.append(Text(f"? {screen.question} {screen.typed}", style="bold"))
    parts += [Text(f"{screen.heading}  {screen.counts}".strip()), _table(screen, max(height - 10, 3))]
    return Group(*parts)


def _table(screen: Screen, most: int) -> Table:
    table = Table(expand=True, show_edge=False)
    for heading in ("Row", "Item", "Verdict", "What"):
        table.add_column(heading, no_wrap=heading != "What", overflow="ellipsis")
    for row in screen.newest_first[:most]:
        style, mark = MARKS[row.tone]
        table.add_row(str(row.number), shown(row.code), Text(f"{mark} {row.word}", style=style), Text(row.what))
    return table
