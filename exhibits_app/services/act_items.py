"""The items of an act: each is judged against its own state, recorded or refused, and told so in a sentence."""

from dataclasses import dataclass, field
from typing import Any

from labels import payload
from labels.payload import CodeType

from ..domain.custody import in_doubt
from ..domain.errors import DuplicateScan, LabelRefusal, Refusal, SameIdOtherContent, SealDoesNotMatch, SealUsedBefore
from ..domain.events import Event
from ..domain.exhibit import Exhibit
from ..domain.history import sentence
from .act_asked import asked_of, body_of, envelope_of, happened_at
from .act_boxes import Boxes, as_seen_in, check_joining, judge_box, keep_boxes, left_shut_box, load
from .act_doubts import raise_doubts
from .act_labels import keep_first_scans, tell_first_scans
from .act_shapes import LIVE, BoxTaken, Judged, Resolved, ScannedItem, Verdict
from .blank_binding import note_lost
from .codes import check_live, parse, require_kind
from .context import Services
from .kinds import check_any_rights, check_register, new_seal
from .label_life import PRINTED
from .ports import Held, IssuedLabel, ScanLine, Work
from .recording import Happening, advance, keep_seals, record
from .revised import tell_who_relied
from .submission_marks import follow


@dataclass(slots=True)
class _Found:
    """What an act's codes lead to, locked; `seen` and `seals` grow as its items are judged one after another."""

    work: Work
    resolved: Resolved
    labels: dict[str, IssuedLabel]
    held: dict[int, Held]
    boxes: Boxes
    known: dict[str, int]
    seen: set[int] = field(default_factory=set)
    seals: dict[str, str] = field(default_factory=dict)


def take(services: Services, work: Work, resolved: Resolved) -> list[Verdict]:
    """Judge every item and record those that pass, in one go."""
    judged, boxes = _judge_all(work, resolved)
    tell_first_scans(services, work, resolved, judged)
    happenings = [happening for each in judged for happening in each.happenings]
    before = {happening.held.register_no: _open(happening.held.exhibit) for happening in happenings}
    events = record(work, services.ids, resolved.policy, happenings) if happenings else []
    keep_first_scans(work, resolved, judged)
    raise_doubts(services, work, resolved, judged)
    note_lost(work, resolved, judged)
    keep_seals(work, events)
    tell_who_relied(work, events, resolved.now)
    follow(work, events)
    keep_boxes(work, resolved, judged, boxes)
    verdicts = _verdicts(judged, events, before, "recorded")
    resolved.lines += [_line(resolved, each, verdict) for each, verdict in zip(judged, verdicts, strict=True)]
    return verdicts


def judge(_services: Services, work: Work, resolved: Resolved) -> list[Verdict]:
    """Judge every item and record nothing; a seal that is not the one on record is noted for the scan log."""
    judged, _boxes = _judge_all(work, resolved)
    happenings = [happening for each in judged for happening in each.happenings]
    before = {happening.held.register_no: _open(happening.held.exhibit) for happening in happenings}
    events: list[Event] = []
    for happening in happenings:
        held = happening.held
        event = Event(held.register_no, held.seq, happening.envelope, happening.body)
        advance(work, held, event, events)
        events.append(event)
    verdicts = _verdicts(judged, events, before, "would_record")
    for each, verdict in zip(judged, verdicts, strict=True):
        if isinstance(each.refusal, SealDoesNotMatch):
            resolved.lines.append(_line(resolved, each, verdict))
    return verdicts


def _judge_all(work: Work, resolved: Resolved) -> tuple[list[Judged], Boxes]:
    judged = [Judged(item) for item in resolved.act.items]
    codes: dict[str, str] = {}
    for each in judged:
        try:
            codes[each.item.scan] = _item_code(each.item)
        except LabelRefusal as refusal:
            each.refusal = refusal
    labels = work.labels.find_all(sorted(set(codes.values())))
    boxes = load(work, resolved, _scanned_boxes(codes, labels))
    held = work.items.hold_all(
        {label.subject for label in labels.values() if label.subject is not None and label.kind == CodeType.ITEM.value}
        | boxes.items
    )
    known = work.ledger.known_events([each.item.scan for each in judged])
    found = _Found(work, resolved, labels, held, boxes, known)
    for each in judged:
        if each.refusal is None:
            code = codes[each.item.scan]
            is_box = payload.type_of(code) is CodeType.BOX
            try:
                (_judge_box if is_box else _judge)(found, each, code)
            except Refusal as refusal:
                each.refusal = refusal
    return judged, boxes


def _scanned_boxes(codes: dict[str, str], labels: dict[str, IssuedLabel]) -> dict[str, int]:
    """The boxes that were scanned, by the scan."""
    found = {scan: labels[code] for scan, code in codes.items() if code in labels}
    return {
        scan: label.subject
        for scan, label in found.items()
        if label.kind == CodeType.BOX.value and label.subject is not None
    }


def _judge_box(found: _Found, each: Judged, code: str) -> None:
    scan, boxes = each.item.scan, found.boxes
    live = check_live(found.work, found.labels.get(code), code, "a box", happened_at(found.resolved, each.item))
    box = boxes.held[live.subject or 0]
    each.named, each.first = box.name, live if live.state == PRINTED else None
    if scan in found.known or boxes.known.get(scan, box.id) != box.id:
        raise SameIdOtherContent(scan)
    if scan in boxes.known:
        each.repeated = True
        return
    each.box = judge_box(found.work, found.resolved, each, box, boxes, found.held, found.seen)


def _judge(found: _Found, each: Judged, code: str) -> None:
    label = found.labels.get(code)
    each.held = found.held.get(label.subject) if label and label.subject else None
    exhibit = each.held.exhibit if each.held else None
    named, at = exhibit.ref if exhibit else "an item", happened_at(found.resolved, each.item)
    live = check_live(found.work, label, code, named, at)
    each.first = live if live.state == PRINTED else None
    if each.held is None or exhibit is None:
        raise ValueError(f"label {code} is live and its item is not there")
    if each.item.scan in found.known:
        each.repeated = found.known[each.item.scan] == exhibit.register_no
        if not each.repeated:
            raise SameIdOtherContent(each.item.scan)
        return
    if exhibit.register_no in found.seen:
        raise DuplicateScan(exhibit.ref)
    found.seen.add(exhibit.register_no)
    _decide(found, each, each.held, exhibit)


def _decide(found: _Found, each: Judged, held: Held, exhibit: Exhibit) -> None:
    work, resolved, kind = found.work, found.resolved, found.resolved.act.kind
    asked = asked_of(resolved, each.item, exhibit)
    check_any_rights(work, resolved.operators, kind, exhibit, resolved.place)
    late = resolved.now - asked.at > LIVE or asked.at < exhibit.last_event_at
    check_joining(work, resolved, exhibit, found.boxes, late=late)
    body = body_of(kind, exhibit, asked, late=late)
    each.against = in_doubt(kind, exhibit, asked) if late else None
    if not late:
        check_register(work, kind, exhibit, body)
    seal = new_seal(body)
    if seal and seal in found.seals and not late:
        raise SealUsedBefore(exhibit.ref, seal, found.seals[seal])
    if seal:
        found.seals[seal] = exhibit.ref
    happening = Happening(held, envelope_of(resolved, each.item, late), body)
    each.happening, *besides = as_seen_in(resolved.box, happening)
    each.besides = (*besides, *left_shut_box(work, happening))


def _item_code(item: ScannedItem) -> str:
    code = parse(item.code)
    if payload.type_of(code) is not CodeType.BOX:
        require_kind(code, CodeType.ITEM)
    return code


def _open(exhibit: Exhibit | None) -> int:
    return len(exhibit.discrepancies) if exhibit else 0


def _verdicts(judged: list[Judged], events: list[Event], before: dict[int, int], done: str) -> list[Verdict]:
    by_scan = {event.envelope.id: event for event in events}
    return [
        _verdict(each, by_scan.get(each.item.scan), before, done)
        if each.box is None
        else _box_verdict(each, each.box, before, done)
        for each in judged
    ]


def _box_verdict(each: Judged, taken: BoxTaken, before: dict[int, int], done: str) -> Verdict:
    """One verdict for the box and all that is in it; items of which something is odd are named."""
    held = {happening.held.register_no: happening.held.exhibit for happening in taken.happenings}
    odd = [
        f"{exhibit.ref} ({'; '.join(one.kind for one in exhibit.discrepancies[before[number] :])})"
        for number, exhibit in held.items()
        if exhibit and len(exhibit.discrepancies) > before[number]
    ]
    told = f"{taken.sentence}."
    if odd:
        done, told = f"{done}_with_discrepancy", f"{told} Discrepancy: {', '.join(odd)}."
    return {
        "scan": each.item.scan,
        "code": each.item.code,
        "register_no": None,
        "ref": taken.box.name,
        "verdict": done,
        "error_code": None,
        "sentence": told,
    }


def _verdict(each: Judged, event: Event | None, before: dict[int, int], done: str) -> Verdict:
    exhibit = each.held.exhibit if each.held else None
    verdict: dict[str, Any] = {
        "scan": each.item.scan,
        "code": each.item.code,
        "register_no": exhibit.register_no if exhibit else None,
        "ref": exhibit.ref if exhibit else each.named or None,
    }
    if each.repeated:
        told = f"This scan of {verdict['ref']} is on record already."
        return verdict | {"verdict": "already_recorded", "error_code": None, "sentence": told}
    if event is None or exhibit is None:
        refusal = each.refusal
        return verdict | {
            "verdict": "refused",
            "error_code": refusal.code if refusal else None,
            "sentence": refusal.sentence() if refusal else "",
        }
    told_sentence = sentence(event, exhibit.ref) + "."
    found = exhibit.discrepancies[before[exhibit.register_no] :]
    if found:
        odd = "; ".join(f"{one.kind}: seen {one.seen}, recorded {one.recorded}" for one in found)
        done, told_sentence = f"{done}_with_discrepancy", f"{told_sentence} Discrepancy: {odd}."
    return verdict | {"verdict": done, "error_code": None, "sentence": told_sentence}


def _line(resolved: Resolved, each: Judged, verdict: Verdict) -> ScanLine:
    return ScanLine(
        each.item.scan,
        resolved.act.id,
        resolved.now,
        resolved.device.id,
        resolved.operator.id,
        resolved.act.kind,
        each.item.code[:80],
        verdict["verdict"],
        verdict["error_code"] or "",
        verdict["sentence"],
        verdict["register_no"],
    )
