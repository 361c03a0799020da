"""The way to the act: what is asked next, what is checked, and when the batch is sent."""

from __future__ import annotations

from labels.payload import CodeType, type_of
from scanner import events as e
from scanner.batch import OpenBatch
from scanner.kinds import DEMANDS, fact
from scanner.state import State, say, tone_of

_TO_NEEDED = {"box": "box_needed", "person": "offered_needed", "carrier": "carrier_needed"}


def go_on(state: State) -> list[e.Effect]:
    """After something needed was given: ask for the next, send if CONFIRM was waiting for it, or check.

    What a verdict asked for is checked before it is sent: there may be more to ask (`checked` then sends).
    """
    batch = state.batch
    if batch.missing is not None:
        return ask_missing(state) if state.closing or not batch.rules.stays else []
    if state.operator is None:
        return []
    if state.closing and not (batch.demanded and batch.lacking() is None):
        return close(state)
    return [*check(state, batch.items), *ask_demanded(state)]


def close(state: State) -> list[e.Effect]:
    """Send the batch; what it lacks is asked for first, and the last answer sends."""
    batch = state.batch
    state.closing = True
    if batch.missing is not None:
        return ask_missing(state)
    lacking = batch.lacking()
    if lacking is not None:
        return ask_lacking(state, *lacking)
    if state.operator is None:
        return []
    act = batch.draft(state.operator.session, state.at, batch.items)
    state.batch = OpenBatch(kind=batch.kind if batch.rules.stays else None)
    state.closing = False
    state.drop()
    return [e.Send(act), state.heading()]


def ask_missing(state: State) -> list[e.Effect]:
    """Ask for the first thing that the kind of act needs, unless a PIN or a person is being waited for."""
    need = state.batch.missing
    if need is None:
        return []
    if need == "to":
        target = "carrier" if state.batch.act_kind == "COLLECT" else state.batch.rules.target
        return [say(_TO_NEEDED.get(target, "to_needed"), "none")]
    return [say("receiver_needed", "none")] if need == "receiver" else [state.ask(need)]


def ask_lacking(state: State, need: str, code: str | None) -> list[e.Effect]:
    """Ask for what an item lacks, or for what a verdict wants."""
    if need == "witness":
        state.role, state.question = "witness", None
        return [say("witness_needed", "none")]
    row = state.batch.row_of(code) if code else None
    about: list[e.Effect] = [say("of_row", "none", row=row)] if row and row != len(state.batch.items) else []
    return [*about, state.ask(need, code)]


def ask_demanded(state: State) -> list[e.Effect]:
    """Ask for what a verdict wants, when nothing else is being asked."""
    wanted = state.batch.demand()
    if wanted is None or state.question is not None or state.role is not None or state.signing_in is not None:
        return []
    return ask_lacking(state, *wanted)


def ask_of_item(state: State, item: e.DraftItem, after: str | None = None) -> list[e.Effect]:
    """Ask the next thing that is asked of each item; `after` is what was answered just now."""
    rules = state.batch.rules
    first = ("seal",) if state.batch.act_kind in state.ask_seal and "new_seal" not in rules.each else ()
    box = type_of(item.code) is CodeType.BOX
    wanted = [*state.batch.each(item.code)] if box else [*first, *rules.each, *rules.may]
    rest = wanted[wanted.index(after) + 1 :] if after in wanted else [] if after else wanted
    unsaid = next((what for what in rest if getattr(item, fact(what)) is None), None)
    return [state.ask(unsaid, item.code)] if unsaid else []


def check(state: State, items: list[e.DraftItem]) -> list[e.Effect]:
    """Ask for the verdicts on these items, as far as all is there that they need."""
    whole = [item for item in items if state.batch.without(item) is None]
    if state.operator is None or state.batch.missing is not None or not whole:
        return []
    return [e.Check(state.batch.draft(state.operator.session, state.at, whole))]


def checked(state: State, items: tuple[e.Verdict, ...]) -> list[e.Effect]:
    """Say what is not good. What can still be given is no STOP: it is asked for."""
    said: list[e.Effect] = []
    for item in items:
        need = DEMANDS.get(item.error_code or "") if item.verdict == "refused" else None
        if need and state.batch.ask_for(need, item.code):
            said.append(e.Say("checked", item.sentence, "bad"))
        elif tone_of(item) != "good":
            said.append(e.Say("checked", item.sentence, tone_of(item)))
    if not state.closing or not state.batch.items or state.batch.missing is not None:
        return [*said, *ask_demanded(state)]
    if any(item.verdict == "refused" for item in items) and state.batch.lacking() is None:
        state.closing = False  # what is refused for good is for a person to look at
        return said
    return [*said, *close(state)]
