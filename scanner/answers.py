"""Answers: what a typed line, or a read that is none of our codes, says to the question at hand."""

from __future__ import annotations

from typing import Any

from scanner import events as e
from scanner.batch import LONGEST_ANSWER, due_back
from scanner.kinds import OF_AN_ITEM, fact
from scanner.state import Question, State, say
from scanner.towards import ask_demanded, ask_of_item, check, close, go_on
from scanner.wording import NOT_ASKED

SAME_READ_SECONDS = 2.0
_YES_OR_NO = {"y": True, "yes": True, "n": False, "no": False}
# What a verdict asks for can be left out: then the service refuses those items, on record.
_BY_A_VERDICT = frozenset({"counted", "made_safe_by", "place_reason"})


def typed(state: State, line: e.Typed) -> list[e.Effect]:
    """A line, as the answer to the question; without one it is no code."""
    text, question = line.text.strip(), state.question
    state.at = line.at
    if state.last_answer and state.last_answer[0] == text and abs(line.at - state.last_answer[1]) < SAME_READ_SECONDS:
        return [say("answered_already", "none", text=text[:24])]
    if question is None:
        return [e.Say("not_a_code", line.why or NOT_ASKED["not_a_code"].format(text=text[:24]), "bad")]
    if not text or len(text) > LONGEST_ANSWER:
        return [say("answer_length", "bad", most=LONGEST_ANSWER), state.ask(question.what, question.code)]
    if question.secret:
        return [e.SignIn(state.signing_in[0], text, state.signing_in[1])] if state.signing_in else []
    if question.what in OF_AN_ITEM:
        state.last_answer = (text, line.at)
        return _of_item(state, question, text)
    answer = _meant(question.what, text, line.at)
    if answer is None:
        return [say("no_date" if question.what == "due_back" else "yes_or_no", "bad"), state.ask(question.what)]
    return answered(state, answer)


def _meant(what: str, text: str, at: float) -> Any:
    if what == "due_back":
        return due_back(text, at)
    return _YES_OR_NO.get(text.lower()) if what == "opened" else text


def answered(state: State, answer: Any) -> list[e.Effect]:
    """The question at hand, which is of the act, has this answer."""
    if state.question is not None:
        state.batch.facts[fact(state.question.what)] = answer
    state.question = None
    return go_on(state)


def _of_item(state: State, question: Question, text: str) -> list[e.Effect]:
    state.question = None
    item = state.batch.say_of(question.code or "", fact(question.what), text)
    if item is None:
        return []
    said: list[e.Effect] = [row_of(state, item), _noted(question.what, text)]
    asked = ask_of_item(state, item, question.what)
    if asked:
        return [*said, *asked]
    if state.closing:
        return [*said, *go_on(state)]
    return [*said, *check(state, [item]), *ask_demanded(state)]


def _noted(what: str, text: str) -> e.Say:
    return (
        say("sealed", "good", seal=text) if fact(what) in ("seal", "new_seal") else say("noted", "good", text=text[:40])
    )


def row_of(state: State, item: e.DraftItem) -> e.Row:
    """The item as it stands in its row."""
    row = state.batch.row_of(item.code) or 0
    return e.Row(row, item.code, item.seal, item.new_seal, item.number, item.counted)


def left_out(state: State) -> list[e.Effect] | None:
    """CONFIRM, when something is being asked that may be left out. None when there is no such thing."""
    question, role = state.question, state.role
    if question is not None and question.what == "opened":
        return answered(state, False)
    if role is not None:
        state.batch.decline(role)
        state.drop()
        said = say(f"{role}_left_out", "none")
    elif question is not None and (question.what in _BY_A_VERDICT or question.what in state.batch.rules.may):
        state.batch.decline(question.what)
        state.question = None
        said = say("demand_left_out" if question.what in _BY_A_VERDICT else "left_out", "none")
    else:
        return None
    return [said, *(close(state) if state.closing else ask_demanded(state))]
