"""Acts: what a device says was done to one or many items, checked, recorded and answered item by item."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from labels import payload
from labels.payload import CodeType

from ..domain.boxes import Box
from ..domain.custody import RULES
from ..domain.errors import Refusal, SameIdOtherContent, UnknownActKind
from ..domain.events import DeviceRef
from ..domain.places import Place
from .act_items import judge, take
from .act_shapes import LIVE, Act, Resolved, Verdict
from .codes import check_live, parse, require_kind
from .context import Services
from .devices import as_they_were, badge_label, still_enrolled, turn_at
from .ports import Device, RecordedAct, ScanLine, Work

# What goes into a box, comes out of one, or is seen in one.
INTO_A_BOX = frozenset({"PUT_IN", "TAKE_OUT", "SIGHTING"})
# So far back among the refused it is looked whether a line of a check is on the scan log already.
NOTED = 200


def perform(services: Services, device: Device, acts: list[Act]) -> list[Verdict]:
    """Record the acts in their order, each in a transaction of its own, and answer each item. Raises DeviceRevoked."""
    return [services.store.write(_once(services, device, act)) for act in acts]


def check(services: Services, device: Device, acts: list[Act]) -> list[Verdict]:
    """The verdicts that `perform` would give now, with nothing recorded.

    A seal that is not the one on record is kept on the scan log: whoever is told so may go on without its number.
    """
    differing: list[ScanLine] = []

    def noting(services: Services, work: Work, resolved: Resolved) -> list[Verdict]:
        verdicts = judge(services, work, resolved)
        differing.extend(resolved.lines)
        return verdicts

    with services.store.read() as work:
        verdicts = [_answer(services, work, device, act, noting, keep=False) for act in acts]
    if differing:
        services.store.write(partial(_note, differing=differing))
    return verdicts


def _note(work: Work, differing: list[ScanLine]) -> None:
    """Keep these lines, once however often the same batch is checked."""
    known = {(line.scan, line.sentence) for line in work.scans.latest(limit=NOTED, refused=True)}
    work.scans.add([line for line in differing if (line.scan, line.sentence) not in known])


def _once(services: Services, device: Device, act: Act) -> Callable[[Work], Verdict]:
    def change(work: Work) -> Verdict:
        return _answer(services, work, still_enrolled(work, device), act, take, keep=True)

    return change


def _answer(
    services: Services,
    work: Work,
    device: Device,
    act: Act,
    decide: Callable[[Services, Work, Resolved], list[Verdict]],
    *,
    keep: bool,
) -> Verdict:
    now = services.clock.now()
    try:
        known = work.acts.find(act.id)
        if known is not None:
            return _repeated(act, known, device)
        resolved = _resolve(services, work, device, act, now)
    except Refusal as refusal:
        verdict = _refused(act, refusal)
        if keep:
            if isinstance(refusal, SameIdOtherContent):
                work.act_alarms.raise_new(now, refusal.code, device.id, act.id, refusal.sentence())
            work.scans.add(refused_lines(act, device, now, refusal))
            work.devices.seen(device, now, act.device_seq, act.clock_offset_ms)
        return verdict
    items = decide(services, work, resolved)
    verdict = {"id": act.id, "status": _status(items), "code": None, "error": None, "items": items}
    if keep:
        _keep(work, resolved, verdict)
    return verdict


def _keep(work: Work, resolved: Resolved, verdict: Verdict) -> None:
    act, device = resolved.act, resolved.device
    work.acts.add(
        RecordedAct(
            act.id,
            act.fingerprint(),
            act.kind,
            device.id,
            act.device_seq,
            resolved.operator.id,
            resolved.now,
            verdict,
        )
    )
    work.scans.add(resolved.lines)
    work.devices.seen(device, resolved.now, act.device_seq, act.clock_offset_ms)


def _repeated(act: Act, known: RecordedAct, device: Device) -> Verdict:
    """The answer to an act that is on record: the first answer, marked as such."""
    if known.content != act.fingerprint() or known.device != device.id:
        raise SameIdOtherContent(act.id)
    items = [
        {**item, "verdict": "already_recorded"} if item["verdict"].startswith("recorded") else item
        for item in known.answer["items"]
    ]
    return {**known.answer, "status": "already_recorded", "items": items}


def _resolve(services: Services, work: Work, device: Device, act: Act, now: datetime) -> Resolved:
    if act.kind not in RULES:
        raise UnknownActKind(act.kind)
    at = act.occurred_at + act.corrected
    operator = turn_at(services, work, device, act.operator, at).person
    resolved = Resolved(act, device, DeviceRef(device.id, device.name), operator, now, work.policies.current(now))
    resolved.operator_then = as_they_were(work, operator, at) if now - at > LIVE else None
    resolved.own_submissions_only = services.limits.own_submissions_only
    _resolve_place(work, resolved)
    if act.receiver:
        resolved.receiver = turn_at(services, work, device, act.receiver, at).person
    if act.witness:
        resolved.witness = turn_at(services, work, device, act.witness, at).person
    if act.joint:
        resolved.joint = turn_at(services, work, device, act.joint, at).person
    return resolved


def _resolve_place(work: Work, resolved: Resolved) -> None:
    """Where the act goes: a place, a box, or for an OFFER the person, whose badge alone names them."""
    act = resolved.act
    if act.to and act.kind == "OFFER" and payload.type_of(parse(act.to)) is CodeType.PERSON:
        label, resolved.receiver = badge_label(work, act.to)
        resolved.first_seen(label)
    elif act.to and act.kind in INTO_A_BOX and payload.type_of(parse(act.to)) is CodeType.BOX:
        resolved.box = box_of(work, act.to, resolved)
        resolved.place = work.places.find(resolved.box.place.id) if resolved.box.place else None
    elif act.to:
        resolved.place = place_of(work, act.to, resolved)
    if act.bound_for:
        resolved.bound_for = place_of(work, act.bound_for, resolved)


def place_of(work: Work, text: str, resolved: Resolved) -> Place:
    """The place whose code this is, or was when it was scanned. Raises LabelRefusal."""
    code = parse(text)
    require_kind(code, CodeType.PLACE)
    label = check_live(work, work.labels.find(code), code, "a place", resolved.at)
    resolved.first_seen(label)
    return work.places.find(label.subject or 0)


def box_of(work: Work, text: str, resolved: Resolved) -> Box:
    """The box whose code this is, or was when it was scanned. Raises LabelRefusal."""
    code = parse(text)
    require_kind(code, CodeType.BOX)
    label = check_live(work, work.labels.find(code), code, "a box", resolved.at)
    resolved.first_seen(label)
    return work.boxes.find(label.subject or 0)


def _refused(act: Act, refusal: Refusal) -> Verdict:
    items = [
        {
            "scan": item.scan,
            "code": item.code,
            "verdict": "refused",
            "register_no": None,
            "ref": None,
            "error_code": refusal.code,
            "sentence": refusal.sentence(),
        }
        for item in act.items
    ]
    return {"id": act.id, "status": "refused", "code": refusal.code, "error": refusal.sentence(), "items": items}


def refused_lines(act: Act, device: Device, now: datetime, refusal: Refusal) -> list[ScanLine]:
    """The scan log's lines of an act that was refused as a whole: nothing that was scanned is lost."""
    return [
        ScanLine(
            item.scan,
            act.id,
            now,
            device.id,
            None,
            act.kind[:40],
            item.code[:80],
            "refused",
            refusal.code,
            refusal.sentence(),
        )
        for item in act.items
    ]


def _status(items: list[Verdict]) -> str:
    kept = sum(item["verdict"].startswith(("recorded", "would", "already")) for item in items)
    if kept == len(items):
        return "recorded"
    return "part_recorded" if kept else "refused"
