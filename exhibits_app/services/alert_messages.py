"""What alerts say: a message for each person, and one for another system. References only, no case details."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ..domain.clocks import CLOCK_NAMES, DECIDING, ClockKind
from ..domain.show import day, day_and_time, how_long, iso
from .ports import WEBHOOK, Account, OutgoingMessage
from .revised import REVISED

_LINES_IN_MESSAGE = 50
_TO_THE_BOARD = "Open the overdue board to decide. Replying to this message does nothing."


@dataclass(frozen=True, slots=True)
class Total:
    """How many exhibits there are in all, and how many of them are overdue, where only some are read one by one."""

    exhibits: int
    overdue: int


def to_person(
    account: Account, alerts: list[dict[str, Any]], now: datetime, total: Total | None = None
) -> OutgoingMessage:
    """One message for all of somebody's alerts, in the order given; its key tells it from every other.

    With a total these are the first of so many.
    """
    newest = max((int(alert["id"]) for alert in alerts), default=0)
    alerts = _furthest(alerts)
    if total is None:
        subject, lines = _subject(alerts), _lines(alerts, now)
    else:
        subject, lines = _subject_of_many(total), _lines_of_many(alerts, total, now)
    text = "\n".join([f"{account.person.called},", "", *lines, "", _TO_THE_BOARD]) + "\n"
    return OutgoingMessage(0, f"digest:{account.person.id}:{newest}", account.email, subject, text)


def _furthest(alerts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One for each deadline: of several stages that it reached since the last message, the furthest."""
    latest = {
        (one["register_no"], one["clock"], one["due_at"]): one for one in sorted(alerts, key=lambda one: one["id"])
    }
    return [one for one in alerts if latest[one["register_no"], one["clock"], one["due_at"]] is one]


def to_webhook(alerts: list[dict[str, Any]], now: datetime, total: Total | None = None) -> OutgoingMessage:
    """The same alerts as one JSON document: `{"type", "timestamp", "data": {"alerts": [...]}}`.

    Where they are the first of so many, `data` has also `exhibits` and `overdue`: how many exhibits in all.
    """
    told = [
        {
            "register_no": alert["register_no"],
            "reference": alert["reference"],
            "clock": alert["clock"],
            "due_at": iso(alert["due_at"]),
            "stage": alert["stage"],
            "person": alert["person"],
        }
        for alert in alerts
    ]
    data: dict[str, Any] = {"alerts": told} | (asdict(total) if total else {})
    document = {"type": "alerts.raised", "timestamp": iso(now), "data": data}
    newest = max((int(alert["id"]) for alert in alerts), default=0)
    return OutgoingMessage(0, f"alerts:{newest}", WEBHOOK, f"{len(alerts)} alerts", json.dumps(document))


def _subject(alerts: list[dict[str, Any]]) -> str:
    revised = sum(alert["clock"] == REVISED for alert in alerts)
    if revised == len(alerts):
        return f"The history of {revised} exhibit{'' if revised == 1 else 's'} changed after you relied on it"
    late = [alert for alert in alerts if alert["stage"] in {"overdue", "long-overdue"}]
    what = " for a forensic decision or submission" if all(alert["clock"] in DECIDING for alert in late) else ""
    return f"{_exhibits(late)} overdue{what}" if late else f"{_exhibits(alerts)} due soon"


def _exhibits(alerts: list[dict[str, Any]]) -> str:
    """How many they are about: one exhibit may be late for several reasons."""
    count = len({alert["register_no"] for alert in alerts})
    return f"{count} exhibit{'' if count == 1 else 's'}"


def _subject_of_many(total: Total) -> str:
    return f"{total.overdue:,} exhibits overdue" if total.overdue else f"{total.exhibits:,} exhibits due soon"


def _lines(alerts: list[dict[str, Any]], now: datetime) -> list[str]:
    waiting = any(alert["clock"] != REVISED for alert in alerts)
    first = "these exhibits are waiting for somebody to decide or to act:" if waiting else "please look at these again:"
    lines = [first, "", *(_line(alert, now) for alert in alerts[:_LINES_IN_MESSAGE])]
    if len(alerts) > _LINES_IN_MESSAGE:
        lines.append(f"... and {len(alerts) - _LINES_IN_MESSAGE} more.")
    return lines


def _lines_of_many(alerts: list[dict[str, Any]], total: Total, now: datetime) -> list[str]:
    """The most overdue, and how many there are: a list of them all is what the board is for."""
    first = f"{total.exhibits:,} exhibits are waiting for somebody to decide or to act, {total.overdue:,} overdue."
    shown = alerts[:_LINES_IN_MESSAGE]
    left = total.exhibits - len({alert["register_no"] for alert in shown})
    rest = f"... and {left:,} more exhibits. The overdue board has them all, by team, store, category and officer."
    return [first, "The most overdue:", "", *(_line(alert, now) for alert in shown), rest]


def _line(alert: dict[str, Any], now: datetime) -> str:
    due = alert["due_at"]
    if alert["clock"] == REVISED:
        return (
            f"- property reference {alert['register_no']}, {alert['reference']}: a scan of {day_and_time(due)} "
            "arrived late, and what you recorded after that time was recorded without it"
        )
    what = CLOCK_NAMES[ClockKind(alert["clock"])]
    late = (now - due).total_seconds()
    when = f"overdue by {how_long(late)}" if late > 0 else f"due in {how_long(-late)}"
    line = f"- property reference {alert['register_no']}, {alert['reference']}: {what}, {when} (was due {day(due)})"
    return f"{line}; an acknowledgement has ended" if alert["again"] else line
