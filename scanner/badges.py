"""Badges: who works at the scanner, who takes, who watches, and to whom something is offered."""

from __future__ import annotations

from scanner import events as e
from scanner.state import State, say
from scanner.towards import go_on
from scanner.wording import counted, shown

_ROLE_OF = {"WITNESS": "witness", "TOGETHER": "joint"}
COMMANDS = frozenset(_ROLE_OF)


def wish(state: State, command: str) -> list[e.Effect]:
    """WITNESS or TOGETHER: the next badge is the witness, or the second receiver."""
    role = _ROLE_OF[command]
    if role == "joint" and state.batch.act_kind != "SIGN_OUT":
        return [say("joint_where", "bad")]
    state.drop()
    state.role = role
    return [say(f"{role}_needed", "none")]


def badge(state: State, code: str) -> list[e.Effect]:
    """A badge was read: an operator's, or that of the second person who is waited for."""
    state.cancelling = False
    role = state.awaits
    batch = state.batch
    if state.operator is not None and code == state.operator.badge:
        return [say(f"{role}_is_operator", "bad") if role else say("already_signed_in", "none")]
    if role == "offered":
        return _offered(state, code)
    if role in ("receiver", "joint") and code in (batch.people.get("receiver"), batch.people.get("joint")):
        return [say("takes_already", "bad")]
    if role is None and batch.items and code != state.owner:
        return [say("batch_open", "bad", items=counted(len(batch.items), "item"))]
    state.signing_in, state.question = (code, role), None
    return [e.SignIn(code, None, role)]


def _offered(state: State, code: str) -> list[e.Effect]:
    """Who is offered something need not be here: they accept it later, with a sign-in of their own."""
    state.batch.facts["to"] = code
    return [say("offered", "good", code=shown(code)), state.heading(), e.LookUp(code), *go_on(state)]


def signed_in(state: State, event: e.SignedIn) -> list[e.Effect]:
    """The service accepted a badge and PIN."""
    if state.signing_in is None or event.badge != state.signing_in[0]:
        return []
    role = state.signing_in[1]
    state.signing_in = state.question = None
    if role is None:
        state.operator, state.owner = event, event.badge
        return [say("signed_in", "good", name=event.name), *_no_second_of_oneself(state, event.badge)]
    if state.role == role:
        state.role = None
    if role != "witness" and state.batch.act_kind != "SIGN_OUT":
        return []  # the kind of act was changed while the PIN was entered
    state.batch.facts[role], state.batch.people[role] = event.session, event.badge
    return [say(f"{role}_signed_in", "good", name=event.name), *go_on(state)]


def _no_second_of_oneself(state: State, badge: str) -> list[e.Effect]:
    """Who takes the operator's place is no longer the witness, the receiver or whom it is offered to."""
    batch = state.batch
    for role in [role for role, of in batch.people.items() if of == badge]:
        del batch.people[role], batch.facts[role]
    if batch.to != badge:
        return []
    del batch.facts["to"]
    return [state.heading()]


def sign_in_refused(state: State, event: e.SignInRefused) -> list[e.Effect]:
    """It did not: the PIN is asked for, or the badge is let go."""
    if state.signing_in is None or event.badge != state.signing_in[0]:
        return []
    role = state.signing_in[1]
    said: list[e.Effect] = []
    if event.code != "pin_needed":
        said = [e.Say(event.code, event.sentence, "bad")]
    if event.code not in ("pin_needed", "pin_wrong"):
        state.signing_in = None
        return said
    return [*said, state.ask(f"{role}_pin" if role else "pin")]
