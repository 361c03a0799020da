"""What a person sees while scanning, whatever it is drawn on: who, what, where, each row's verdict, what waits."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from scanner import events as e
from scanner.state import tone_of
from scanner.wording import counted, shown, words

SAID = 8  # sentences that are kept in sight
_WORDS = {"good": "Will be recorded", "bad": "Look", "stop": "Refused", "none": "Not checked"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the open batch: number and code, how it stands (a tone and a word for it), and what is said of it."""

    number: int
    code: str
    tone: e.Tone = "none"
    word: str = "Not checked"
    what: str = ""


@dataclass
class Screen:
    """The state of what is shown, changed by each event and effect in turn.

    `operator` is the name of who is signed in, `question` what is being asked, `typed` what stands on the line so far
    (dots for a PIN), `waiting` how many acts are not sent, `there` whether the service answers (None: nobody looked).
    `trouble` is what is wrong with the source, `hint` what would help it; both are empty when all is well.
    """

    operator: str = ""
    heading: str = ""
    count: int = 0
    question: str = ""
    typed: str = ""
    said: deque[e.Say] = field(default_factory=lambda: deque(maxlen=SAID))
    rows: dict[str, ShownRow] = field(default_factory=dict)
    recorded: int = 0
    refused: int = 0
    waiting: int = 0
    there: bool | None = None
    trouble: str = ""
    hint: str = ""

    @property
    def newest_first(self) -> list[ShownRow]:
        """The rows of the open batch, the last one scanned on top."""
        return sorted(self.rows.values(), key=lambda row: -row.number)

    @property
    def last(self) -> e.Say:
        """What was said last."""
        return self.said[-1] if self.said else e.Say("begin", "Scan your badge.")

    @property
    def line(self) -> str:
        """Whether the service is there and what is not sent yet: in sight at all times."""
        unsent = f"{counted(self.waiting, 'act')} not sent" if self.waiting else "nothing unsent"
        network = {None: "Looking for the service", True: "Connected", False: "No network"}[self.there]
        return f"{network}, {unsent}"

    @property
    def counts(self) -> str:
        """The running count: of the open batch, and of this run."""
        return f"{counted(self.count, 'item')} in this batch, {self.recorded} recorded, {self.refused} refused"

    def take(self, thing: e.Event | e.Effect) -> None:
        """One event or effect."""
        match thing:
            case e.Say():
                self.said.append(thing)
            case e.Batch(kind, to, count):
                place = f" to {shown(to)}" if to else ""
                self.heading, self.count = f"{words(kind or 'MOVE')}{place}", count
                if not count:
                    self.rows.clear()
            case e.Row(number, code):
                self.rows[code] = replace(self.rows.get(code, ShownRow(number, code)), number=number)
            case e.RowGone(_, code):
                self.rows.pop(code, None)
            case _:
                self._take_verdicts(thing)

    def _take_verdicts(self, thing: e.Event | e.Effect) -> None:
        match thing:
            case e.LookedUp(code, sentence):
                self._change(code, what=sentence)
            case e.Checked(items):
                for item in items:
                    tone = tone_of(item)
                    self._change(item.code, tone=tone, word=_WORDS[tone], what=item.sentence)
            case e.Recorded(items):
                refused = sum(item.verdict == "refused" for item in items)
                self.refused += refused
                self.recorded += len(items) - refused
            case _:
                pass

    def _change(self, code: str, *, what: str, tone: e.Tone | None = None, word: str | None = None) -> None:
        row = self.rows.get(code)
        if row is not None:  # answers come late: the row may be gone
            self.rows[code] = replace(row, what=what, tone=tone or row.tone, word=word or row.word)
