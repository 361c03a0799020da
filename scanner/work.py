"""A run of the scan client: the sources and the line to the service in threads, the dialogue and the screen in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from labels import payload
from scanner import events as e
from scanner import scan
from scanner.inbox import Inbox, start
from scanner.line import Line
from scanner.pictures import Pictures
from scanner.runner import Runner
from scanner.scan import Look, Script
from scanner.show import Pane, Showing

WAKE_SECONDS = 0.25  # how long the dialogue waits for something to do before it looks at the clock
WINDOW_SECONDS = 0.03  # the same where a window wants its keys read


class Work:
    """One run. `layout` is the keyboard layout of handhelds that type; `now` is seconds since 1970."""

    def __init__(
        self,
        runner: Runner,
        line: Line,
        inbox: Inbox,
        showing: Showing,
        *,
        pane: Pane | None,
        layout: str,
        now: Callable[[], float],
        pictures: Pictures | None = None,
    ) -> None:
        self._runner = runner
        self._line = line
        self._inbox = inbox
        self._showing = showing
        self._pane = pane
        self._layout = layout
        self._now = now
        self._pictures = pictures
        self._typed = ""

    def run(self, script: Script, sources: Sequence[Callable[[], None]], wait: float) -> None:
        """Scan until the first of the sources ends, or Ctrl-C; then send, for up to `wait` seconds.

        Raises what a source raises, and OutboxUnusable.
        """
        with ThreadPoolExecutor(len(sources) + 1) as pool:
            try:
                start(pool, self._inbox, self._line.run)
                self._line.look()
                self._scan(pool, script, sources)
                self._finish(script, wait)
            finally:
                self._inbox.stopped.set()
                self._line.stop()
                self._showing.close()

    def look(self, look: Look) -> None:
        """A picture, and what it shows."""
        if self._pane:
            self._pane.look(look.image, look.symbols)
        self._showing.screen.hint = look.hint
        if self._pictures:
            for symbol in look.counted:
                self._pictures.see(look.image, symbol)
        for event in scan.events_of(look):
            self._runner.take(event)

    def line(self, line: str | None) -> None:
        """What a handheld or a person typed."""
        if line is not None:
            for event in scan.events_in(line, layout=self._layout, at=self._now()):
                self._runner.take(event)

    def typing(self, text: str) -> None:
        """What stands on the line so far. Called by any thread."""
        self._inbox.post(partial(setattr, self, "_typed", text))

    def trouble(self, sentence: str, well: bool) -> None:
        """Something is wrong with a source, or is well again. Called by any thread."""
        self._inbox.post(partial(self._trouble, sentence, well))

    def _trouble(self, sentence: str, well: bool) -> None:
        self._showing.screen.trouble = "" if well else sentence
        self._showing.show(e.Say("source", sentence, "good" if well else "bad"))

    def _scan(self, pool: ThreadPoolExecutor, script: Script, sources: Sequence[Callable[[], None]]) -> None:
        for code in script.codes:
            self._runner.take(e.CodeRead(code, self._now()))
        try:
            running = [start(pool, self._inbox, source) for source in sources]
            while not running[0].done() and not (self._pane and self._pane.closed):
                self._turn()
            for ended in [one for one in running if one.done()]:
                ended.result()  # raises what ended it
            self._settle()
        except KeyboardInterrupt:
            self._showing.show(e.Say("stopped", "Stopped."))

    def _finish(self, script: Script, wait: float) -> None:
        if script.confirm_at_end:
            self._runner.take(e.CodeRead(payload.command_code("CONFIRM"), self._now()))
        self._settle()
        ends = self._now() + wait
        while self._runner.waiting and not self._runner.tally.stopped and self._now() < ends:
            self._turn()
        self._showing.refresh(self._runner, "")

    def _settle(self) -> None:
        """Go on until all that was asked is answered, and all that was answered is taken."""
        while not (self._runner.settled and self._inbox.empty):
            self._turn()

    def _turn(self) -> None:
        self._inbox.work(WINDOW_SECONDS if self._pane else WAKE_SECONDS)
        if self._pane:
            lines, self._typed = self._pane.typed()
            for line in lines:
                self.line(line)
        self._showing.refresh(self._runner, self._typed)
