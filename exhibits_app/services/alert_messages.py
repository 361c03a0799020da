"""What alerts say: a message for each person, and one for another system. References only, no case details."""

import json
from datetime import datetime
from typing import Any

from ..domain.clocks import CLOCK_NAMES, DECIDING, ClockKind
from ..domain.show import day, day_and_time, how_long, iso
from .ports import WEBHOOK, Account, OutgoingMessage
from .revised import REVISED

_LINES_IN_MESSAGE = 50


def to_person(account: Account, alerts: list[dict[str, Any]], now: datetime) -> OutgoingMessage:
    """One message for all of somebody's alerts, in the order given; its key tells it from every other."""
    newest = max(int(alert["id"]) for alert in alerts)
    alerts = _furthest(alerts)
    return OutgoingMessage(
        0, f"digest:{account.person.id}:{newest}", account.email, _subject(alerts), _text(account, alerts, now)
    )


def _furthest(alerts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One for each deadline: of several stages that it reached since the last message, the furthest."""
    latest = {
        (one["register_no"], one["clock"], one["due_at"]): one for one in sorted(alerts, key=lambda one: one["id"])
    }
    return [one for one in alerts if latest[one["register_no"], one["clock"], one["due_at"]] is one]


def to_webhook(alerts: list[dict[str, Any]], now: datetime) -> OutgoingMessage:
    """The same alerts as one JSON document: `{"type", "timestamp", "data": {"alerts": [...]}}`."""
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
    document = {"type": "alerts.raised", "timestamp": iso(now), "data": {"alerts": told}}
    newest = max(int(alert["id"]) for alert in alerts)
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


def _text(account: Account, alerts: list[dict[str, Any]], now: datetime) -> str:
    waiting = any(alert["clock"] != REVISED for alert in alerts)
    first = "these exhibits are waiting for somebody to decide or to act:" if waiting else "please look at these again:"
    lines = [f"{account.person.called},", "", first, ""]
    lines += [_line(alert, now) for alert in alerts[:_LINES_IN_MESSAGE]]
    if len(alerts) > _LINES_IN_MESSAGE:
        lines.append(f"... and {len(alerts) - _LINES_IN_MESSAGE} more.")
    lines += ["", "Open the overdue board to decide. Replying to this message does nothing."]
    return "\n".join(lines) + "\n"


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
