"""The items of an act: each is judged against its own state, recorded or refused, and told so in a sentence."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from labels.payload import CodeType

from ..domain.errors import DuplicateScan, LabelRefusal, Refusal, SameIdOtherContent, SealUsedBefore
from ..domain.events import Event
from ..domain.exhibit import Exhibit
from ..domain.history import sentence
from .act_asked import asked_of, body_of, envelope_of
from .act_shapes import Resolved, ScannedItem, Verdict
from .codes import check_live, parse, require_kind
from .context import Services
from .kinds import check_register, check_rights, new_seal
from .ports import Held, IssuedLabel, ScanLine, Work
from .recording import Happening, advance, keep_seals, record

# A scan that reaches us later than this was made while nobody could be told "no": it is recorded all the same.
LIVE = timedelta(minutes=5)


@dataclass(slots=True)
class Judged:
    """One item of an act after judgement: the refusal, or what is to be recorded."""

    item: ScannedItem
    held: Held | None = None
    happening: Happening | None = None
    refusal: Refusal | None = None
    repeated: bool = False


def take(services: Services, work: Work, resolved: Resolved) -> list[Verdict]:
    """Judge every item and record those that pass, in one go."""
    judged = _judge_all(work, resolved)
    happenings = [each.happening for each in judged if each.happening]
    before = {happening.held.register_no: _open(happening.held.exhibit) for happening in happenings}
    events = record(work, services.ids, resolved.policy, happenings) if happenings else []
    keep_seals(work, events)
    by_item = {event.register_no: event for event in events}
    verdicts = []
    for each in judged:
        event = by_item.get(each.held.register_no) if each.held and each.happening else None
        verdict = _verdict(each, event, before, "recorded")
        resolved.lines.append(_line(resolved, each, verdict))
        verdicts.append(verdict)
    return verdicts


def judge(_services: Services, work: Work, resolved: Resolved) -> list[Verdict]:
    """Judge every item and record nothing."""
    verdicts = []
    for each in _judge_all(work, resolved):
        event, before = None, {}
        if each.happening and each.held:
            before = {each.held.register_no: _open(each.held.exhibit)}
            happening = each.happening
            event = Event(each.held.register_no, each.held.seq, happening.envelope, happening.body)
            advance(work, each.held, event)
        verdicts.append(_verdict(each, event, before, "would_record"))
    return verdicts


def _judge_all(work: Work, resolved: Resolved) -> list[Judged]:
    judged = [Judged(item) for item in resolved.act.items]
    codes: dict[str, str] = {}
    for each in judged:
        try:
            codes[each.item.scan] = _item_code(each.item)
        except LabelRefusal as refusal:
            each.refusal = refusal
    labels = work.labels.find_all(sorted(set(codes.values())))
    held = work.items.hold_all(
        {label.subject for label in labels.values() if label.subject is not None and label.kind == CodeType.ITEM.value}
    )
    known = work.ledger.known_events([each.item.scan for each in judged])
    seen: set[int] = set()
    seals: dict[str, str] = {}
    for each in judged:
        if each.refusal is None:
            try:
                _judge(work, resolved, each, labels.get(codes[each.item.scan]), held, seen, known, seals)
            except Refusal as refusal:
                each.refusal = refusal
    return judged


def _judge(
    work: Work,
    resolved: Resolved,
    each: Judged,
    label: IssuedLabel | None,
    held: dict[int, Held],
    seen: set[int],
    known: dict[str, int],
    seals: dict[str, str],
) -> None:
    code = _item_code(each.item)
    each.held = held.get(label.subject) if label and label.subject else None
    exhibit = each.held.exhibit if each.held else None
    check_live(label, code, exhibit.ref if exhibit else "an item")
    if each.held is None or exhibit is None:
        raise ValueError(f"label {code} is live and its item is not there")
    if each.item.scan in known:
        each.repeated = known[each.item.scan] == exhibit.register_no
        if not each.repeated:
            raise SameIdOtherContent(each.item.scan)
        return
    if exhibit.register_no in seen:
        raise DuplicateScan(exhibit.ref)
    seen.add(exhibit.register_no)
    kind = resolved.act.kind
    asked = asked_of(resolved, each.item, exhibit)
    check_rights(work, resolved.operator, kind, exhibit, resolved.place)
    late = resolved.now - asked.at > LIVE or asked.at < exhibit.last_event_at
    body = body_of(kind, exhibit, asked, late=late)
    if not late:
        check_register(work, kind, exhibit, body)
    seal = new_seal(body)
    if seal and seal in seals:
        raise SealUsedBefore(exhibit.ref, seal, seals[seal])
    if seal:
        seals[seal] = exhibit.ref
    each.happening = Happening(each.held, envelope_of(resolved, each.item, late), body)


def _item_code(item: ScannedItem) -> str:
    code = parse(item.code)
    require_kind(code, CodeType.ITEM)
    return code


def _open(exhibit: Exhibit | None) -> int:
    return len(exhibit.discrepancies) if exhibit else 0


def _verdict(each: Judged, event: Event | None, before: dict[int, int], done: str) -> Verdict:
    exhibit = each.held.exhibit if each.held else None
    verdict: dict[str, Any] = {
        "scan": each.item.scan,
        "code": each.item.code,
        "register_no": exhibit.register_no if exhibit else None,
        "ref": exhibit.ref if exhibit else None,
    }
    if each.repeated and exhibit:
        told = f"This scan of {exhibit.ref} is on record already."
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
