"""Carries out what the dialogue asks for: signs people in, looks codes up, keeps and sends acts, and shows the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from scanner import events as e
from scanner.deliver import Delivered, Delivery
from scanner.errors import DeviceRefused
from scanner.line import Line
from scanner.outbox import Outbox
from scanner.pictures import Pictures
from scanner.session import Dialogue

_SIGN_IN_ENDED = "operator_session_ended"

Answers = dict[str, str]


@dataclass
class Tally:
    """What this run has come to, item by item."""

    recorded: int = 0
    refused: int = 0
    stopped: str | None = None  # why nothing is sent, while the service does not know this device
    codes: list[str] = field(default_factory=list)


class Runner:
    """One dialogue, one outbox, one line to the service; all of it is called in one thread.

    `show` is given every event and every effect for eyes and ears, `told` every final verdict; `now` is seconds since
    1970. `answers` are given once each when the dialogue asks for them (unattended runs); `pictures` keeps those of
    what is sent.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        outbox: Outbox,
        line: Line,
        *,
        show: Callable[[e.Effect | e.Event], None],
        told: Callable[[e.Verdict], None],
        now: Callable[[], float],
        answers: Answers | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self.dialogue = dialogue
        self.tally = Tally()
        self._outbox = outbox
        self._line = line
        self._show = show
        self._told = told
        self._now = now
        self._answers = dict(answers or {})
        self._pictures = pictures
        self._offset_ms: int | None = None
        self._there: bool | None = None
        self._signing_in = False
        self._held: deque[e.Event] = deque()
        line.tell(self)

    @property
    def waiting(self) -> int:
        """How many acts the service has not answered yet."""
        return self._outbox.counts().queued

    @property
    def there(self) -> bool | None:
        """Whether the service answers; None before anybody looked."""
        return self._there

    @property
    def settled(self) -> bool:
        """Whether nothing is held back and nothing asked that is not answered."""
        return not self._held and not self._line.busy

    def take(self, event: e.Event) -> None:
        """One event, and all that follows from it. What is scanned while a sign-in is on its way is taken after it."""
        self._held.append(event)
        while self._held and not self._signing_in:
            self._take_now(self._held.popleft())

    def heard(self, events: list[e.Event]) -> None:
        """The service answered a question."""
        self._signing_in &= not any(isinstance(event, e.SignedIn | e.SignInRefused) for event in events)
        for event in events:
            self._take_now(event)
        while self._held and not self._signing_in:
            self._take_now(self._held.popleft())

    def delivered(self, delivery: Delivery, asked: bool) -> None:
        """A pass over the outbox ended. That acts wait is said when they begin to, not at every try."""
        for delivered in delivery.delivered:
            self._count(delivered)
            self._take_now(e.Recorded(delivered.verdicts))
            if delivered.code == _SIGN_IN_ENDED:
                self._take_now(e.OperatorGone())
        if isinstance(delivery.stopped, DeviceRefused):
            self._refused_device(delivery.stopped.sentence)
        elif delivery.stopped is None:
            self.tally.stopped = None
        elif asked:
            self._take_now(e.Queued(self.waiting))

    def line_is(self, there: bool, offset_ms: int | None) -> None:
        """The service began to answer, or ceased to. What could not be checked meanwhile is checked."""
        back = there and self._there is False
        self._there = there
        self._offset_ms = self._offset_ms if offset_ms is None else offset_ms
        if back:
            for effect in self.dialogue.check_again():
                self._do(effect)

    def _take_now(self, event: e.Event) -> None:
        self._show(event)
        waiting = deque([event])
        while waiting:
            for effect in self.dialogue.take(waiting.popleft()):
                waiting.extend(self._do(effect))

    def _do(self, effect: e.Effect) -> list[e.Event]:
        self._show(effect)
        match effect:
            case e.Ask(what):
                answer = self._answers.pop(what, None)
                return [] if answer is None else [e.Typed(answer, self._now())]
            case e.SignIn(badge, None, role) if role is not None:
                return [e.SignInRefused(badge, "pin_needed", "")]  # a second person proves who they are every time
            case e.SignIn():
                self._signing_in = True
                self._line.ask(effect)
            case e.LookUp() | e.Check():
                self._line.ask(effect)
            case e.Send(act):
                self._outbox.keep(act, offset_ms=self._offset_ms, at=self._now(), pictures=self._pictured(act))
                self._line.send()
        return []

    def _pictured(self, act: e.Draft) -> dict[str, str]:
        """The SHA-256 of each item's picture, kept where this device keeps them and the force wants them."""
        if self._pictures is None:
            return {}
        wanted = act.items if self._outbox.pictures.wanted else ()
        return self._pictures.keep(item.code for item in wanted)

    def picture_refused(self, sentence: str) -> None:
        """The service did not take a picture, which stays on this device."""
        self._show(e.Say("picture_refused", f"{sentence} The picture stays on this device.", "bad"))

    def _count(self, delivered: Delivered) -> None:
        for verdict in delivered.verdicts:
            self._told(verdict)
            if verdict.verdict == "refused":
                self.tally.refused += 1
            else:
                self.tally.recorded += 1
                self.tally.codes.append(verdict.code)

    def _refused_device(self, sentence: str) -> None:
        if self.tally.stopped != sentence:  # said once, not at every try
            self._show(e.Say("device_refused", sentence, "stop"))
        self.tally.stopped = sentence
