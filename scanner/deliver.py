"""Takes what is in the outbox to the service, in the device's order, until it is empty or nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scanner.client import Service
from scanner.errors import DeviceRefused, NoAnswer, ServiceRefused
from scanner.events import Verdict
from scanner.outbox import Kept, Outbox

_ITEMS_A_REQUEST = 1000


@dataclass(frozen=True, slots=True)
class Delivered:
    """One act that the service has answered, item by item."""

    kept: Kept
    verdicts: tuple[Verdict, ...]
    code: str | None

    @property
    def rejected(self) -> bool:
        """Whether any item was refused."""
        return any(verdict.verdict == "refused" for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one pass did: acts answered, in order, and why it stopped early, if it did."""

    delivered: tuple[Delivered, ...]
    stopped: NoAnswer | DeviceRefused | None


def deliver(outbox: Outbox, service: Service) -> Delivery:
    """One pass over the outbox. Raises OutboxUnusable; a silent service or a refused device only stops the pass."""
    done: list[Delivered] = []
    try:
        while acts := _next_request(outbox):
            if any(kept.body["clock_offset_ms"] is None for kept in acts):
                outbox.fill_offset(service.clock_offset_ms())
                continue
            for answered in _send(service, acts):
                outbox.answered(answered.kept.seq, _kept_answer(answered), rejected=answered.rejected)
                done.append(answered)
    except (NoAnswer, DeviceRefused) as problem:
        return Delivery(tuple(done), problem)
    return Delivery(tuple(done), None)


def _next_request(outbox: Outbox) -> list[Kept]:
    """The oldest waiting acts, as many as one request may hold and at least one."""
    acts: list[Kept] = []
    items = 0
    for kept in outbox.waiting():
        items += len(kept.body["items"])
        if acts and items > _ITEMS_A_REQUEST:
            break
        acts.append(kept)
    return acts


def _send(service: Service, acts: list[Kept]) -> list[Delivered]:
    try:
        answers = service.acts([kept.body for kept in acts])
    except DeviceRefused:
        raise
    except ServiceRefused as refusal:
        if len(acts) > 1:  # one act spoils the request: send the first alone, so that only the faulty one is refused
            return _send(service, acts[:1])
        return [_refused_whole(acts[0], refusal)]
    return [_read(kept, answer) for kept, answer in zip(acts, answers, strict=True)]


def _read(kept: Kept, answer: dict[str, Any]) -> Delivered:
    fallback = answer.get("error") or ""
    verdicts = tuple(
        Verdict(str(item.get("code")), str(item["verdict"]), str(item.get("sentence") or fallback))
        for item in answer["items"]
    )
    return Delivered(kept, verdicts, answer.get("code"))


def _refused_whole(kept: Kept, refusal: ServiceRefused) -> Delivered:
    items = kept.body["items"]
    verdicts = tuple(Verdict(item["code"], "refused", refusal.sentence) for item in items)
    return Delivered(kept, verdicts, refusal.said)


def _kept_answer(answered: Delivered) -> dict[str, Any]:
    items = [
        {"code": verdict.code, "verdict": verdict.verdict, "sentence": verdict.sentence}
        for verdict in answered.verdicts
    ]
    return {"code": answered.code, "items": items}
