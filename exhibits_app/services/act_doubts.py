"""What an act shows to be odd beyond what the fold sees: raised as discrepancies, so that somebody looks into it."""

from collections.abc import Sequence
from dataclasses import replace

from labels.payload import printed

from ..domain.custody.wrong_item import WRONG, came
from ..domain.errors import NotSentOut, RevokedLabel, SameIdOtherContent
from ..domain.events import DiscrepancyRaised, Envelope
from .act_asked import asked_of
from .act_shapes import Judged, Resolved, ScannedItem
from .context import Services
from .kinds import new_seal, seal_user
from .ports import Held, Work
from .recording import Happening, record

REVOKED = "revoked label"
USED_TWICE = "seal used twice"
AGAINST = "against the rules"


def raise_doubts(services: Services, work: Work, resolved: Resolved, judged: Sequence[Judged]) -> None:
    """Record what is odd about the items of an act whose events are on record, or that were refused."""
    happenings = [one for each in judged if each.held for one in _of(services, work, resolved, each, each.held)]
    if happenings:
        record(work, services.ids, resolved.policy, _once(happenings))
    for each in judged:
        if isinstance(each.refusal, SameIdOtherContent):
            work.act_alarms.raise_new(
                resolved.now, each.refusal.code, resolved.device.id, each.item.scan, each.refusal.sentence()
            )


def _of(services: Services, work: Work, resolved: Resolved, each: Judged, held: Held) -> list[Happening]:
    if isinstance(each.refusal, RevokedLabel):
        return _revoked(services, resolved, each, held, each.refusal)
    if isinstance(each.refusal, NotSentOut) and resolved.act.kind == "LAB_RETURN":
        return _wrong_item(services, resolved, each, held)
    if each.happening is None or not each.happening.envelope.late:
        return []
    bodies = [*_seal(work, each.happening, held), *_against(each, held)]
    return [Happening(held, _envelope(services, resolved, each.item), body) for body in bodies]


def _revoked(
    services: Services, resolved: Resolved, each: Judged, held: Held, refusal: RevokedLabel
) -> list[Happening]:
    """Somebody has the old label in hand: on this item, or on something else. Once, while that is open."""
    exhibit = held.exhibit
    if exhibit is None or any((one.kind, one.seen) == (REVOKED, refusal.printed) for one in exhibit.discrepancies):
        return []
    body = DiscrepancyRaised(REVOKED, refusal.printed, printed(exhibit.code) if exhibit.code else "no label")
    return [Happening(held, _envelope(services, resolved, each.item), body)]


def _wrong_item(services: Services, resolved: Resolved, each: Judged, held: Held) -> list[Happening]:
    """The laboratory sent what was never sent to it: it is here, and somebody must look into it. Once, while open.

    What was sent and is in a store again was scanned twice: that is odd enough to refuse, and no more.
    """
    exhibit = held.exhibit
    if exhibit is None or any(one.kind == WRONG for one in exhibit.discrepancies):
        return []
    if exhibit.submitted_at is not None and exhibit.in_store:
        return []
    asked = asked_of(resolved, each.item, exhibit)
    bodies = came(exhibit, replace(asked, at=min(asked.at, resolved.now)))
    return [Happening(held, _envelope(services, resolved, each.item), body) for body in bodies]


def _seal(work: Work, happening: Happening, held: Held) -> list[DiscrepancyRaised]:
    """A late scan put a seal on that is in use elsewhere: one of the two was misread, or a number was made twice."""
    seal = new_seal(happening.body)
    user = seal_user(work, seal) if seal else None
    if seal is None or user is None or user == f"property reference {held.register_no}":
        return []
    return [DiscrepancyRaised(USED_TWICE, seal, f"on {user}")]


def _against(each: Judged, held: Held) -> list[DiscrepancyRaised]:
    """A late scan that the rules would have refused whatever the state was."""
    if each.against is None or held.exhibit is None or not each.happening:
        return []
    return [DiscrepancyRaised(AGAINST, each.happening.body.KIND.replace("_", " "), each.against.sentence())]


def _envelope(services: Services, resolved: Resolved, item: ScannedItem) -> Envelope:
    """When and by whom it was scanned. It stands in an act of its own: the device did not send it."""
    act = resolved.act
    at = (item.occurred_at or act.occurred_at) + act.corrected
    return Envelope(
        id=services.ids.event_id(),
        occurred_at=min(at, resolved.now),
        recorded_at=resolved.now,
        actor=resolved.operator.ref,
        act=services.ids.event_id(),
        device=resolved.device_ref,
        device_seq=act.device_seq,
    )


def _once(happenings: list[Happening]) -> list[Happening]:
    """The same code may be scanned twice in one act."""
    found: dict[tuple[int, object], Happening] = {}
    for one in happenings:
        found.setdefault((one.held.register_no, one.body), one)
    act = happenings[0].envelope.act
    return [replace(one, envelope=replace(one.envelope, act=act)) for one in found.values()]
