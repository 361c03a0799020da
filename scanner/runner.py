"""Carries out what the dialogue asks for: signs people in, looks codes up, keeps and sends acts, and shows the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scanner import events as e
from scanner.client import Service
from scanner.deliver import Delivered, deliver
from scanner.errors import DeviceRefused, NoAnswer, ScanRefusal, ServiceRefused
from scanner.outbox import Outbox, act_body
from scanner.session import Dialogue

RETRY_SECONDS = 5.0
_SIGN_IN_ENDED = "operator_session_ended"

Answers = dict[str, str]


@dataclass
class Tally:
    """What this run has come to, item by item."""

    recorded: int = 0
    refused: int = 0
    stopped: str | None = None  # why nothing more is sent, when the service no longer knows this device
    codes: list[str] = field(default_factory=list)


class Runner:
    """One dialogue, one outbox, one service.

    `show` is given every effect for eyes and ears, `told` every final verdict; `now` is seconds since 1970. `answers`
    are given once each when the dialogue asks for them (unattended runs); `ask`, when a person is at the terminal, is
    called for the others and may give None.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        outbox: Outbox,
        service: Service,
        *,
        show: Callable[[e.Effect], None],
        told: Callable[[e.Verdict], None],
        now: Callable[[], float],
        new_id: Callable[[], str],
        answers: Answers | None = None,
        ask: Callable[[e.Ask], str | None] | None = None,
    ) -> None:
        self.dialogue = dialogue
        self.tally = Tally()
        self._outbox = outbox
        self._service = service
        self._show = show
        self._told = told
        self._now = now
        self._new_id = new_id
        self._answers = dict(answers or {})
        self._ask = ask
        self._offset_ms: int | None = None
        self._tried = 0.0

    def start(self) -> None:
        """Measure the clock and send what an earlier run left behind."""
        try:
            self._offset_ms = self._service.clock_offset_ms()
        except NoAnswer:
            return
        except ServiceRefused as refusal:
            self._refused_device(refusal)
            return
        for event in self._deliver():
            self.take(event)

    def take(self, event: e.Event) -> None:
        """One event, and all that follows from it."""
        waiting = deque([event])
        while waiting:
            for effect in self.dialogue.take(waiting.popleft()):
                waiting.extend(self._do(effect))

    def tick(self) -> None:
        """Time passes: acts that wait are tried again every few seconds."""
        if self._now() - self._tried >= RETRY_SECONDS and self._outbox.counts().queued and not self.tally.stopped:
            for event in self._deliver():
                if not isinstance(event, e.Queued):  # said once, when it began to wait
                    self.take(event)

    @property
    def waiting(self) -> int:
        """How many acts the service has not answered yet."""
        return self._outbox.counts().queued

    def _do(self, effect: e.Effect) -> list[e.Event]:
        self._show(effect)
        match effect:
            case e.Ask(what, _):
                return self._answer(effect, what)
            case e.SignIn(badge, None, role) if role is not None:
                return [e.SignInRefused(badge, "pin_needed", "")]  # a second person proves who they are every time
            case e.SignIn(badge, pin):
                return self._sign_in(badge, pin)
            case e.LookUp(code):
                return self._look_up(code)
            case e.Check(act):
                return self._check(act)
            case e.Send(act):
                self._outbox.keep(act, offset_ms=self._offset_ms, at=self._now())
                return self._deliver()
            case _:
                return []

    def _answer(self, ask: e.Ask, what: str) -> list[e.Event]:
        text = self._answers.pop(what, None)
        if text is None and self._ask is not None:
            text = self._ask(ask)
        return [] if text is None else [e.Typed(text, self._now())]

    def _sign_in(self, badge: str, pin: str | None) -> list[e.Event]:
        try:
            operator = self._service.sign_in(badge, pin)
        except NoAnswer:
            sentence = "The service does not answer: a sign-in needs it, so try again when it does."
            return [e.SignInRefused(badge, "no_answer", sentence)]
        except ServiceRefused as refusal:
            return [e.SignInRefused(badge, refusal.said, refusal.sentence)]
        name = operator.get("called") or " ".join(filter(None, (operator.get("rank"), operator.get("name"))))
        return [e.SignedIn(badge, str(operator["session"]), name)]

    def _look_up(self, code: str) -> list[e.Event]:
        try:
            return [e.LookedUp(code, str(self._service.code(code)["sentence"]))]
        except (NoAnswer, ServiceRefused, KeyError):
            return []  # what a code is helps the eye; whether its scan counts is the act's answer

    def _check(self, draft: e.Draft) -> list[e.Event]:
        body = act_body(draft, new_id=self._new_id, seq=1, offset_ms=self._offset_ms or 0)
        try:
            answer = self._service.check([body])[0]
        except (NoAnswer, ServiceRefused):
            return []  # the same: the answer to the act itself decides, and that one is never lost
        return [e.Checked(tuple(_verdict(item) for item in answer["items"]))]

    def _deliver(self) -> list[e.Event]:
        self._tried = self._now()
        delivery = deliver(self._outbox, self._service)
        events: list[e.Event] = []
        for delivered in delivery.delivered:
            self._count(delivered)
            events.append(e.Recorded(delivered.verdicts))
            if delivered.code == _SIGN_IN_ENDED:
                events.append(e.OperatorGone())
        if isinstance(delivery.stopped, DeviceRefused):
            self._refused_device(delivery.stopped)
        elif delivery.stopped is not None:
            events.append(e.Queued(self.waiting))
        return events

    def _count(self, delivered: Delivered) -> None:
        for verdict in delivered.verdicts:
            self._told(verdict)
            if verdict.verdict == "refused":
                self.tally.refused += 1
            else:
                self.tally.recorded += 1
                self.tally.codes.append(verdict.code)

    def _refused_device(self, refusal: ScanRefusal) -> None:
        self.tally.stopped = refusal.sentence
        self._show(e.Say("device_refused", refusal.sentence, "stop"))


def _verdict(item: dict[str, Any]) -> e.Verdict:
    return e.Verdict(item["code"], item["verdict"], item.get("sentence") or "", item.get("error_code"))
