"""The scan dialogue: what a scan means, as rules without input or output.

It takes events and gives effects (scanner/events.py). `docs/scan-dialogue.md` has the rules in words, and
`tests/scanner/dialogue.json` the cases that hold for this and for the store-room page. What is asked is in answers.py,
who is there in badges.py, what leads to the act in towards.py; here is what is scanned.
"""

from __future__ import annotations

from collections.abc import Iterable

from labels import payload
from labels.errors import UnknownCommand
from labels.payload import CodeType
from scanner import answers, badges, towards
from scanner import events as e
from scanner.batch import MOST_ITEMS, OpenBatch
from scanner.kinds import NEEDS
from scanner.state import State, say, tone_of
from scanner.wording import ASKED, NOT_ASKED, counted, shown, words

SAME_CODE_SECONDS = 2.0


class Dialogue:
    """One person at one scanner. `ask_seal` names the kinds of act at which each item's seal number is asked for."""

    def __init__(self, ask_seal: Iterable[str] = ()) -> None:
        self._state = State(ask_seal=frozenset(ask_seal))

    @property
    def operator(self) -> str | None:
        """The name of the person who is signed in."""
        return self._state.operator.name if self._state.operator else None

    @property
    def open_items(self) -> int:
        """How many items wait in the open batch."""
        return len(self._state.batch.items)

    @property
    def asking(self) -> e.Ask | None:
        """What a typed line would answer now."""
        question = self._state.question
        return e.Ask(question.what, ASKED[question.what]) if question else None

    def take(self, event: e.Event) -> list[e.Effect]:
        """What the event leads to, in order."""
        state = self._state
        match event:
            case e.CodeRead():
                return _code(state, event)
            case e.Typed():
                return answers.typed(state, event)
            case e.SignedIn():
                return badges.signed_in(state, event)
            case e.SignInRefused():
                return badges.sign_in_refused(state, event)
            case e.LookedUp(_, sentence):
                return [e.Say("looked_up", sentence)]
            case e.Checked(items):
                return towards.checked(state, items)
            case e.Recorded(items):
                return [e.Say(item.verdict, item.sentence, tone_of(item)) for item in items]
            case e.Queued(waiting):
                return [e.Say("queued", NOT_ASKED["queued"].format(waiting=counted(waiting, "act")), "bad")]
            case e.OperatorGone():
                state.operator = None
                return [say("operator_gone", "bad")]

    def check_again(self) -> list[e.Effect]:
        """Ask for the verdicts on the open batch anew: the service is back, or something there has changed."""
        return towards.check(self._state, self._state.batch.items)


def _code(state: State, read: e.CodeRead) -> list[e.Effect]:
    before, state.last, state.at = state.last, (read.code, read.at), read.at
    if before and before[0] == read.code and abs(read.at - before[1]) < SAME_CODE_SECONDS:
        return [say("ignored", "none", code=shown(read.code))]
    kind = payload.type_of(read.code)
    if kind is CodeType.PERSON:
        return badges.badge(state, read.code)
    if state.operator is None:
        return [say("badge_first", "bad")]
    if kind is CodeType.COMMAND:
        return _command(state, read)
    state.cancelling = False
    if kind is CodeType.PLACE:
        return _place(state, read)
    if kind is CodeType.BOX and _is_target(state.batch):
        return _box(state, read)
    return _item(state, read)


# Commands


def _command(state: State, read: e.CodeRead) -> list[e.Effect]:
    try:
        name = payload.command_of(read.code)
    except UnknownCommand as refusal:
        return [e.Say("unknown_command", refusal.sentence, "bad")]
    if name == "CANCEL":
        return _cancel(state)
    state.cancelling = False
    if name == "UNDO":
        return _undo(state)
    if name == "CONFIRM":
        return _confirm(state)
    if name in badges.COMMANDS:
        return badges.wish(state, name)
    if name == "OPEN" and state.question is not None and state.question.what == "opened":
        return answers.answered(state, True)
    return _choose(state, name)


def _choose(state: State, kind: str) -> list[e.Effect]:
    if kind not in NEEDS:
        return [say("not_here", "bad", kind=words(kind))]
    batch = state.batch
    if kind == batch.kind:
        return [say("kind", "none", kind=words(kind))]
    closed: list[e.Effect] = []
    if batch.items and batch.missing is None and batch.lacking() is None:
        closed = towards.close(state)
    changed = state.batch.become(kind)
    state.drop()
    chosen: list[e.Effect] = [say("kind", "none", kind=words(kind)), state.heading()]
    rows = [answers.row_of(state, item) for item in changed]
    # What ends with its batch asks at once; a kind that stays waits for its place or its box.
    asked = [] if state.batch.rules.stays else towards.ask_missing(state)
    return [*closed, *rows, *chosen, *asked, *towards.check(state, state.batch.items)]


def _confirm(state: State) -> list[e.Effect]:
    without = answers.left_out(state)
    if without is not None:
        return without
    return towards.close(state) if state.batch.items else [say("nothing_to_confirm", "bad")]


def _undo(state: State) -> list[e.Effect]:
    state.closing = False
    batch = state.batch
    if state.role is not None and state.role not in batch.demanded:
        state.drop()
        return [say("wish_undone", "none"), *([] if batch.rules.stays else towards.ask_missing(state))]
    if state.question is not None and state.question.code is not None:
        state.question = None
    if batch.items:
        row = len(batch.items)
        gone = batch.take_back()
        if state.role is not None and state.role not in batch.demanded:
            state.drop()
        return [e.RowGone(row, gone.code), say("undone", "none", code=shown(gone.code)), state.heading()]
    for where in ("bound_for", "to"):
        if batch.facts.pop(where, None) is not None:
            return [say("place_undone", "none"), state.heading()]
    return [say("nothing_to_undo", "bad")]


def _cancel(state: State) -> list[e.Effect]:
    batch = state.batch
    if not state.cancelling and (batch.items or batch.to is not None):
        state.cancelling = True
        return [say("cancel_again", "stop", items=counted(len(batch.items), "item"))]
    if not state.cancelling and batch.kind is None and state.role is None:
        return [say("nothing_to_cancel", "bad")]
    state.batch, state.closing, state.cancelling = OpenBatch(), False, False
    state.drop()
    return [say("cancelled", "none"), state.heading()]


# Places, boxes and items


def _place(state: State, read: e.CodeRead) -> list[e.Effect]:
    batch = state.batch
    if batch.act_kind == "COLLECT" and batch.to is not None and "bound_for" not in batch.facts:
        batch.facts["bound_for"] = read.code
        said = say("bound_for", "good", code=shown(read.code))
        return [said, e.LookUp(read.code), *towards.go_on(state)]
    if batch.wants("place_reason") is not None and batch.rules.target == "place":
        return _another_place(state, read)
    closed, taken = _close_before(state, batch.rules.target == "place")
    if not taken:
        return closed
    if state.batch.rules.target != "place":
        return [*closed, say("no_place", "bad", kind=words(state.batch.act_kind))]
    return [*closed, *_to(state, read.code, "place")]


def _close_before(state: State, fits: bool) -> tuple[list[e.Effect], bool]:
    """The next place or box closes the batch that has all. False if that lacks something: then it is not taken."""
    if not state.batch.items or (fits and state.batch.to is None):
        return [], True
    closed = towards.close(state)
    return closed, not state.batch.items


def _another_place(state: State, read: e.CodeRead) -> list[e.Effect]:
    """The place does not suit an item: another one, in its stead."""
    state.batch.forget("place_reason")
    state.closing = False
    state.drop()
    return _to(state, read.code, "place")


def _to(state: State, code: str, what: str) -> list[e.Effect]:
    state.batch.facts["to"] = code
    placed: list[e.Effect] = [say(what, "good", code=shown(code)), state.heading(), e.LookUp(code)]
    asked: list[e.Effect] = [say("bound_for_asked", "none")] if state.batch.act_kind == "COLLECT" else []
    return [*placed, *asked, *towards.go_on(state)]


def _is_target(batch: OpenBatch) -> bool:
    """Whether a box is where the items are, and not one of them: for PUT IN, and for a SIGHTING of what is in it.

    For PUT IN boxes that follow the first go into it, until an item does: then the next box is the next target.
    """
    if batch.rules.target == "box":
        return batch.to is None or any(payload.type_of(item.code) is CodeType.ITEM for item in batch.items)
    if batch.act_kind != "SIGHTING":
        return False
    in_a_box = batch.to is not None and payload.type_of(batch.to) is CodeType.BOX
    return in_a_box or (batch.to is None and not batch.items)


def _box(state: State, read: e.CodeRead) -> list[e.Effect]:
    closed, taken = _close_before(state, True)
    return [*closed, *_to(state, read.code, "box")] if taken else closed


def _item(state: State, read: e.CodeRead) -> list[e.Effect]:
    batch = state.batch
    row = batch.row_of(read.code)
    if row is not None:
        return [say("already_in_batch", "none", code=shown(read.code), row=row)]
    if len(batch.items) >= MOST_ITEMS:
        return [say("batch_full", "bad", items=MOST_ITEMS)]
    item = e.DraftItem(read.code, read.at, read.method)
    batch.items.append(item)
    row = len(batch.items)
    joined: list[e.Effect] = [
        e.Row(row, read.code, None),
        say("joined", "good", code=shown(read.code), row=row),
        state.heading(),
    ]
    return [*joined, e.LookUp(read.code), *towards.check(state, [item]), *towards.ask_of_item(state, item)]
