"""What the dialogue asks of the service, and the service's answers as events of the dialogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from scanner import events as e
from scanner.client import Service
from scanner.errors import DeviceRefused, NoAnswer, ServiceRefused
from scanner.outbox import Outbox, Turn, act_body

Question = e.SignIn | e.LookUp | e.Check

NO_PIN_NOW = "No network: a PIN cannot be checked now. Whoever is signed in on this device already can go on."


class Questions:
    """Asks one service. `now` is seconds since 1970; `offset_ms` is server minus device once that was measured."""

    def __init__(
        self, service: Service, outbox: Outbox, *, now: Callable[[], float], new_id: Callable[[], str]
    ) -> None:
        self._service = service
        self._outbox = outbox
        self._now = now
        self._new_id = new_id

    def answer(self, question: Question) -> list[e.Event]:
        """The events that answer the question. Raises NoAnswer, DeviceRefused and OutboxUnusable."""
        match question:
            case e.SignIn(badge, pin):
                return [self._sign_in(badge, pin)]
            case e.LookUp(code):
                return self._look_up(code)
            case e.Check(act):
                return self._check(act)

    def without_answer(self, question: Question) -> list[e.Event]:
        """What stands in for an answer while there is no service: whoever is live on this device can be switched to."""
        match question:
            case e.SignIn(badge, None) if turn := self._outbox.turn(badge, self._now()):
                return [e.SignedIn(badge, turn.session, turn.name)]
            case e.SignIn(badge):
                return [e.SignInRefused(badge, "no_answer", NO_PIN_NOW)]
            case _:
                return []  # what a code is and what a check says helps the eye; whether a scan counts its act decides

    def _sign_in(self, badge: str, pin: str | None) -> e.Event:
        try:
            operator = self._service.sign_in(badge, pin)
            until = datetime.fromisoformat(operator["expires_at"]).timestamp()
            session = str(operator["session"])
        except DeviceRefused:
            raise
        except ServiceRefused as refusal:
            return e.SignInRefused(badge, refusal.said, refusal.sentence)
        except (KeyError, ValueError) as problem:
            raise NoAnswer("unexpected answer") from problem
        name = operator.get("called") or " ".join(filter(None, (operator.get("rank"), operator.get("name"))))
        self._outbox.remember_turn(badge, Turn(session, name, until))
        return e.SignedIn(badge, session, name)

    def _look_up(self, code: str) -> list[e.Event]:
        try:
            return [e.LookedUp(code, str(self._service.code(code)["sentence"]))]
        except DeviceRefused:
            raise
        except (ServiceRefused, KeyError):
            return []

    def _check(self, draft: e.Draft) -> list[e.Event]:
        body = act_body(draft, new_id=self._new_id, seq=1, offset_ms=0)
        try:
            answer = self._service.check([body])[0]
        except DeviceRefused:
            raise
        except ServiceRefused:
            return []
        return [e.Checked(tuple(_verdict(item) for item in answer["items"]))]


def _verdict(item: dict[str, Any]) -> e.Verdict:
    return e.Verdict(item["code"], item["verdict"], item.get("sentence") or "", item.get("error_code"))
