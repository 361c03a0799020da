"""A person at a scanner who does anything at any time: events by the dice, with the effects that each has."""

import json
import random
from typing import Any

from labels import payload
from labels.payload import COMMANDS, CodeType
from scanner import events as e
from scanner.kinds import KINDS
from scanner.session import Dialogue

NOW = 1_790_000_000  # 21 September 2026, UTC
TEXTS = ["S100", "S200", "s300 ", "Court", "7", "3/12/2026", "yes", "no", "", "£240", "x" * 501, "482915"]
CODES = ("witness_needed", "count_needed", "made_safe_needed", "unsuitable_place", "already_in_store")


def codes_of(kind: CodeType, count: int) -> list[str]:
    """So many codes of one kind, always the same."""
    return [payload.issue(kind, lambda size, n=n: bytes([n + 1] * size)) for n in range(count)]


PEOPLE, PLACES = codes_of(CodeType.PERSON, 3), codes_of(CodeType.PLACE, 3)
BOXES, ITEMS = codes_of(CodeType.BOX, 2), codes_of(CodeType.ITEM, 4)


WANTED = {"to_needed": PLACES, "carrier_needed": PLACES, "box_needed": BOXES}


def event_by(
    dice: random.Random, at: float, waiting: str | None, wanted: dict[str, Any] | None, favourite: str
) -> dict[str, Any]:
    """Something that happens at this moment: often what is wanted, else anything.

    `waiting` is the badge whose sign-in is being asked for, `wanted` what was asked last, `favourite` a command.
    """
    if waiting and dice.random() < 0.6:
        if dice.random() < 0.3:
            code = dice.choice(["pin_needed", "pin_wrong", "too_many_attempts"])
            return {"event": "sign_in_refused", "badge": waiting, "code": code, "sentence": "No."}
        return {"event": "signed_in", "badge": waiting, "session": f"session-{waiting}", "name": f"PC {waiting}"}
    if wanted and dice.random() < 0.5:
        if wanted["effect"] == "ask":
            return {"event": "typed", "text": dice.choice(["7", "S900", "yes", f"S{dice.randrange(1000)}"]), "at": at}
        return {"event": "code", "code": dice.choice(WANTED.get(wanted["message"], PEOPLE)), "at": at}
    match dice.choices(["scan", "command", "typed", "checked", "gone"], [40, 30, 18, 12, 1])[0]:
        case "scan":
            pool = dice.choices([ITEMS, PLACES, PEOPLE, BOXES], [6, 3, 2, 1])[0]
            return {"event": "code", "code": dice.choice(pool), "at": at, "method": dice.choice(["scan", "manual"])}
        case "command":
            name = dice.choice(
                [
                    *COMMANDS,
                    "CONFIRM",
                    "CONFIRM",
                    "CONFIRM",
                    *[favourite] * 12,
                    "UNDO",
                    *["TOGETHER"] * (6 if favourite == "SIGN_OUT" else 0),
                ]
            )
            return {"event": "code", "code": COMMANDS[name], "at": at}
        case "typed":
            return {"event": "typed", "text": dice.choice(TEXTS), "at": at}
        case "gone":
            return {"event": "operator_gone"}
        case _:
            verdict = {"verdict": "refused", "sentence": "It lacks something.", "error_code": dice.choice(CODES)}
            return {"event": "checked", "items": [{"code": dice.choice(ITEMS), **verdict}]}


def play(dice: random.Random, length: int) -> tuple[Dialogue, dict[str, Any]]:
    """The dialogue after so many events, and all that happened as a case of the table."""
    settings = {"ask_seal": dice.choice([[], ["BOOK_IN", "LAB_RETURN"]])}
    dialogue, at, badge = Dialogue(**settings), float(NOW), PEOPLE[0]
    waiting: str | None = None
    wanted: dict[str, Any] | None = None
    favourite = dice.choice(sorted(KINDS))
    steps: list[dict[str, Any]] = []
    signed_in = {"event": "signed_in", "badge": badge, "session": f"session-{badge}", "name": f"PC {badge}"}
    opening = [{"event": "code", "code": badge, "at": at}, signed_in]
    for number in range(length):
        at += dice.choice([0.5, 2.5, 3.0])
        event = opening[number] if number < len(opening) else event_by(dice, at, waiting, wanted, favourite)
        effects = [e.effect_to_json(effect) for effect in dialogue.take(e.event_from_json(event))]
        steps.append({"in": event, "out": json.loads(json.dumps(effects))})
        asked = [effect["badge"] for effect in effects if effect["effect"] == "sign_in"]
        wants = [out for out in effects if out["effect"] == "ask" or out.get("message", "").endswith("_needed")]
        wanted = wants[-1] if wants else None
        waiting = asked[-1] if asked else None if event["event"] in ("signed_in", "operator_gone") else waiting
    return dialogue, {"settings": settings, "steps": steps}
