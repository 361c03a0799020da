"""The scan dialogue: what a scan means, as rules without input or output.

It takes events and gives effects (scanner/events.py). `docs/scan-dialogue.md` has the rules in words, and
`tests/scanner/dialogue.json` the cases that hold for this and for the store-room page.
"""

from __future__ import annotations

from collections.abc import Iterable

from labels import payload
from labels.errors import UnknownCommand
from labels.payload import CodeType
from scanner import events as e
from scanner.batch import ENDS_WITH_ITS_BATCH, LONGEST_ANSWER, MOST_ITEMS, NEEDS, OpenBatch, due_back
from scanner.wording import ASKED, NOT_ASKED, counted, shown, words

SAME_CODE_SECONDS = 2.0


class Dialogue:
    """One person at one scanner. `ask_seal` names the kinds of act at which each item's seal number is asked for."""

    def __init__(self, ask_seal: Iterable[str] = ()) -> None:
        self._ask_seal = frozenset(ask_seal)
        self._operator: e.SignedIn | None = None
        self._owner: str | None = None  # the badge that began the open batch
        self._batch = OpenBatch()
        self._question: str | None = None
        self._signing_in: str | None = None  # the badge that waits for its PIN
        self._last: tuple[str, float] | None = None
        self._cancelling = False
        self._closing = False

    @property
    def operator(self) -> str | None:
        """The name of the person who is signed in."""
        return self._operator.name if self._operator else None

    @property
    def open_items(self) -> int:
        """How many items wait in the open batch."""
        return len(self._batch.items)

    def take(self, event: e.Event) -> list[e.Effect]:
        """What the event leads to, in order."""
        match event:
            case e.CodeRead():
                return self._code(event)
            case e.Typed():
                return self._typed(event)
            case e.SignedIn():
                return self._signed_in(event)
            case e.SignInRefused():
                return self._sign_in_refused(event)
            case e.LookedUp(_, sentence):
                return [e.Say("looked_up", sentence)]
            case e.Checked(items):
                return [e.Say("checked", item.sentence, _tone(item)) for item in items if _tone(item) != "good"]
            case e.Recorded(items):
                return [e.Say(item.verdict, item.sentence, _tone(item)) for item in items]
            case e.Queued(waiting):
                return [e.Say("queued", NOT_ASKED["queued"].format(waiting=counted(waiting, "act")), "bad")]
            case e.OperatorGone():
                self._operator = None
                return [_say("operator_gone", "bad")]

    # Reads

    def _code(self, read: e.CodeRead) -> list[e.Effect]:
        before, self._last = self._last, (read.code, read.at)
        if before and before[0] == read.code and abs(read.at - before[1]) < SAME_CODE_SECONDS:
            return [_say("ignored", "none", code=shown(read.code))]
        kind = payload.type_of(read.code)
        if kind is CodeType.PERSON:
            return self._badge(read.code)
        if self._operator is None:
            return [_say("badge_first", "bad")]
        if kind is CodeType.COMMAND:
            return self._command(read, self._operator)
        self._cancelling = False
        if kind is CodeType.PLACE:
            return self._place(read, self._operator)
        if kind is CodeType.ITEM:
            return self._item(read, self._operator)
        return [_say("box", "bad")]

    def _badge(self, badge: str) -> list[e.Effect]:
        self._cancelling = False
        if self._operator is not None and badge == self._operator.badge:
            wanted = self._batch.missing == "receiver"
            return [_say("receiver_is_operator", "bad") if wanted else _say("already_signed_in", "none")]
        if not self._wants_receiver and self._batch.items and badge != self._owner:
            return [_say("batch_open", "bad", items=counted(len(self._batch.items), "item"))]
        self._signing_in, self._question = badge, None
        return [e.SignIn(badge, None)]

    @property
    def _wants_receiver(self) -> bool:
        return self._operator is not None and self._batch.missing == "receiver"

    def _signed_in(self, event: e.SignedIn) -> list[e.Effect]:
        if event.badge != self._signing_in:
            return []
        receiver = self._wants_receiver
        self._signing_in = self._question = None
        if receiver:
            self._batch.receiver = event.session
            return [_say("receiver_signed_in", "good", name=event.name), *self._go_on(None)]
        self._operator, self._owner = event, event.badge
        return [_say("signed_in", "good", name=event.name)]

    def _sign_in_refused(self, event: e.SignInRefused) -> list[e.Effect]:
        if event.badge != self._signing_in:
            return []
        said: list[e.Effect] = []
        if event.code != "pin_needed":
            said = [e.Say(event.code, event.sentence, "bad")]
        if event.code not in ("pin_needed", "pin_wrong"):
            self._signing_in = None
            return said
        return [*said, self._ask("receiver_pin" if self._wants_receiver else "pin")]

    # Commands

    def _command(self, read: e.CodeRead, operator: e.SignedIn) -> list[e.Effect]:
        try:
            name = payload.command_of(read.code)
        except UnknownCommand as refusal:
            return [e.Say("unknown_command", refusal.sentence, "bad")]
        if name == "CANCEL":
            return self._cancel()
        self._cancelling = False
        if name == "UNDO":
            return self._undo()
        if name == "CONFIRM":
            return self._confirm(read, operator)
        return self._choose(name, read, operator)

    def _choose(self, kind: str, read: e.CodeRead, operator: e.SignedIn) -> list[e.Effect]:
        if kind not in NEEDS:
            return [_say("not_here", "bad", kind=words(kind))]
        batch = self._batch
        if kind == batch.kind:
            return [_say("kind", "none", kind=words(kind))]
        closed: list[e.Effect] = []
        if batch.items and batch.missing is None:
            closed = self._close(operator, read.at)
        self._batch.kind = kind
        if not self._batch.takes_place:
            self._batch.to = None
        chosen: list[e.Effect] = [_say("kind", "none", kind=words(kind)), self._heading()]
        return [*closed, *chosen, *self._asked_early(), *self._check_all(operator, read.at)]

    def _asked_early(self) -> list[e.Effect]:
        """What SIGN_OUT and SUBMIT need is asked for at once; other kinds wait for their place."""
        return self._ask_missing() if self._batch.act_kind in ENDS_WITH_ITS_BATCH else []

    def _confirm(self, read: e.CodeRead, operator: e.SignedIn) -> list[e.Effect]:
        if not self._batch.items:
            return [_say("nothing_to_confirm", "bad")]
        return self._close(operator, read.at)

    def _undo(self) -> list[e.Effect]:
        self._closing = False
        if self._question == "seal":
            self._question = None
        if self._batch.items:
            row = len(self._batch.items)
            gone = self._batch.items.pop()
            return [e.RowGone(row, gone.code), _say("undone", "none", code=shown(gone.code)), self._heading()]
        if self._batch.to is not None:
            self._batch.to = None
            return [_say("place_undone", "none"), self._heading()]
        return [_say("nothing_to_undo", "bad")]

    def _cancel(self) -> list[e.Effect]:
        batch = self._batch
        if not self._cancelling and (batch.items or batch.to is not None):
            self._cancelling = True
            return [_say("cancel_again", "stop", items=counted(len(batch.items), "item"))]
        if not self._cancelling and batch.kind is None:
            return [_say("nothing_to_cancel", "bad")]
        self._batch = OpenBatch()
        self._question, self._closing, self._cancelling = None, False, False
        return [_say("cancelled", "none"), self._heading()]

    # Places and items

    def _place(self, read: e.CodeRead, operator: e.SignedIn) -> list[e.Effect]:
        batch = self._batch
        closed: list[e.Effect] = []
        if batch.items and (batch.to is not None or not batch.takes_place):
            closed = self._close(operator, read.at)
            if self._batch.items:
                return closed  # something is missing, so the open batch stays and the place is not taken
        if not self._batch.takes_place:
            return [*closed, _say("no_place", "bad")]
        self._batch.to = read.code
        placed: list[e.Effect] = [_say("place", "good", code=shown(read.code)), self._heading(), e.LookUp(read.code)]
        return [*closed, *placed, *self._go_on(operator, read.at)]

    def _item(self, read: e.CodeRead, operator: e.SignedIn) -> list[e.Effect]:
        batch = self._batch
        row = batch.row_of(read.code)
        if row is not None:
            return [_say("already_in_batch", "none", code=shown(read.code), row=row)]
        if len(batch.items) >= MOST_ITEMS:
            return [_say("batch_full", "bad", items=MOST_ITEMS)]
        batch.items.append(e.DraftItem(read.code, read.at, read.method))
        row = len(batch.items)
        joined: list[e.Effect] = [
            e.Row(row, read.code, None),
            _say("joined", "good", code=shown(read.code), row=row),
            self._heading(),
        ]
        asked: list[e.Effect] = [self._ask("seal")] if batch.act_kind in self._ask_seal else []
        checked = self._check(operator, read.at, batch.items[-1:])
        return [*joined, e.LookUp(read.code), *checked, *asked]

    # Answers

    def _typed(self, line: e.Typed) -> list[e.Effect]:
        text = line.text.strip()
        if self._question is None:
            return [e.Say("not_a_code", line.why or NOT_ASKED["not_a_code"].format(text=text[:24]), "bad")]
        if not text or len(text) > LONGEST_ANSWER:
            return [_say("answer_length", "bad", most=LONGEST_ANSWER), self._ask(self._question)]
        if self._question in ("pin", "receiver_pin"):
            return [e.SignIn(self._signing_in, text)] if self._signing_in else []
        if self._question == "seal":
            return self._sealed(text, line.at)
        answer = due_back(text, line.at) if self._question == "due_back" else text
        if answer is None:
            return [_say("no_date", "bad"), self._ask("due_back")]
        setattr(self._batch, self._question, answer)
        self._question = None
        return self._go_on(self._operator, line.at)

    def _sealed(self, seal: str, at: float) -> list[e.Effect]:
        self._question = None
        if not self._batch.items:
            return []
        item = self._batch.seal_last(seal)
        row = e.Row(len(self._batch.items), item.code, seal)
        checked = self._check(self._operator, at, [item]) if self._operator else []
        return [row, _say("sealed", "good", seal=seal), *checked]

    # Towards the act

    def _go_on(self, operator: e.SignedIn | None, at: float = 0.0) -> list[e.Effect]:
        """After something needed was given: ask for the next, or send if CONFIRM was waiting for it."""
        if self._batch.missing is not None:
            return self._ask_missing() if self._closing or self._batch.kind in ENDS_WITH_ITS_BATCH else []
        if operator is None:
            return []
        return self._close(operator, at) if self._closing else self._check_all(operator, at)

    def _close(self, operator: e.SignedIn, at: float) -> list[e.Effect]:
        if self._batch.missing is not None:
            self._closing = True
            return self._ask_missing()
        act = self._batch.draft(operator.session, at, self._batch.items)
        kind = None if self._batch.kind in ENDS_WITH_ITS_BATCH else self._batch.kind
        self._batch = OpenBatch(kind=kind)
        self._closing, self._question = False, None
        return [e.Send(act), self._heading()]

    def _ask_missing(self) -> list[e.Effect]:
        need = self._batch.missing
        if need is None:
            return []
        return [_say(f"{need}_needed", "none") if need in ("to", "receiver") else self._ask(need)]

    def _ask(self, what: str) -> e.Ask:
        self._question = what
        return e.Ask(what, ASKED[what])

    def _check_all(self, operator: e.SignedIn, at: float) -> list[e.Effect]:
        return self._check(operator, at, self._batch.items) if self._batch.items else []

    def _check(self, operator: e.SignedIn, at: float, items: list[e.DraftItem]) -> list[e.Effect]:
        if self._batch.missing is not None:
            return []
        return [e.Check(self._batch.draft(operator.session, at, items))]

    def _heading(self) -> e.Batch:
        return e.Batch(self._batch.kind, self._batch.to, len(self._batch.items))


def _say(message: str, tone: e.Tone, **facts: object) -> e.Say:
    return e.Say(message, NOT_ASKED[message].format(**facts), tone)


def _tone(item: e.Verdict) -> e.Tone:
    if item.verdict == "refused":
        return "stop"
    return "bad" if item.verdict.endswith("_with_discrepancy") else "good"
