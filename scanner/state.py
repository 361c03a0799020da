"""What the scan dialogue remembers between two events, and the few effects that are made of it alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner import events as e
from scanner.batch import OpenBatch
from scanner.kinds import OF_AN_ITEM
from scanner.wording import ASKED, NOT_ASKED


@dataclass(frozen=True, slots=True)
class Question:
    """What a typed line would answer now; `code` is the item that it is asked of, None for the act."""

    what: str
    code: str | None = None

    @property
    def secret(self) -> bool:
        """Whether the answer is a PIN."""
        return self.what == "pin" or self.what.endswith("_pin")


@dataclass
class State:
    """One person at one scanner. `at` is the moment of the last read or line, in seconds since 1970."""

    ask_seal: frozenset[str] = frozenset()
    operator: e.SignedIn | None = None
    owner: str | None = None  # the badge that began the open batch
    batch: OpenBatch = field(default_factory=OpenBatch)
    question: Question | None = None
    role: str | None = None  # the second person who is waited for, because a command or a verdict asked for one
    signing_in: tuple[str, str | None] | None = None  # the badge that waits for its PIN, and as whom
    last: tuple[str, float] | None = None
    last_answer: tuple[str, float] | None = None  # of an item: a scanner that repeats must not answer twice
    cancelling: bool = False
    closing: bool = False
    at: float = 0.0

    @property
    def awaits(self) -> str | None:
        """As what the next badge would count: a second person, `offered` for an offer, None for an operator."""
        if self.operator is None:
            return None
        if self.role is not None:
            return self.role
        if self.batch.missing == "receiver":
            return "receiver"
        return "offered" if self.batch.missing == "to" and self.batch.rules.target == "person" else None

    def heading(self) -> e.Batch:
        """The heading of the open batch."""
        return e.Batch(self.batch.kind, self.batch.to, len(self.batch.items))

    def ask(self, what: str, code: str | None = None) -> e.Ask:
        """Wait for a line that answers this, of the act or of one item."""
        self.question = Question(what, code if what in OF_AN_ITEM else None)
        return e.Ask(what, ASKED[what])

    def drop(self) -> None:
        """Let go of what is asked and of the second person who is waited for. An operator's own PIN stays asked for."""
        self.role = None
        if self.signing_in is not None and self.signing_in[1] is None:
            return
        self.question = self.signing_in = None


def say(message: str, tone: e.Tone, **facts: object) -> e.Say:
    """A sentence of ours."""
    return e.Say(message, NOT_ASKED[message].format(**facts), tone)


def tone_of(item: e.Verdict) -> e.Tone:
    """How serious a verdict is."""
    if item.verdict == "refused":
        return "stop"
    return "bad" if item.verdict.endswith("_with_discrepancy") else "good"
