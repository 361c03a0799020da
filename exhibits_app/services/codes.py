"""What a code stands for, and in what state it is now."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from labels import errors as label_errors
from labels import payload

from ..domain.boxes import Box
from ..domain.custody.ending import HOLD_NAMES
from ..domain.errors import (
    BlankLabel,
    LabelRefusal,
    LostLabel,
    NotACode,
    RevokedLabel,
    UnknownCode,
    VoidedLabel,
    VoidLabel,
    WrongKindOfCode,
)
from ..domain.exhibit import Exhibit, SealKind
from ..domain.show import day_and_time
from .context import Services
from .label_life import PRINTED, REPLACED
from .ports import IssuedLabel, Work

_GOOD = frozenset({"live", PRINTED})
_GOOD_BEFORE = frozenset({"revoked", "void"})
_NAMES = {
    payload.CodeType.ITEM: "an item",
    payload.CodeType.BOX: "a box",
    payload.CodeType.PLACE: "a place",
    payload.CodeType.PERSON: "a person's badge",
    payload.CodeType.COMMAND: "a command",
}


_SPENT: dict[str, type[VoidLabel | LostLabel]] = {"void": VoidLabel, "lost": LostLabel}


@lru_cache(1_000)  # An act reads each of its codes more than once, and has at most 500.
def parse(text: str) -> str:
    """The canonical code of what was scanned or typed. Raises NotACode with the sentence that says why."""
    try:
        return payload.parse(text)
    except label_errors.LabelRefusal as error:
        raise NotACode(text[:80], str(error)) from None


def unknown(work: Work, code: str) -> UnknownCode:
    """The refusal of a code that is on no record: after a restore that may be the register's fault, and it says so."""
    restored = work.copies.restored()
    since = (day_and_time(restored.at), day_and_time(restored.as_of)) if restored else ()
    return UnknownCode(payload.printed(code), *since)


def check_live(
    work: Work, label: IssuedLabel | None, code: str, subject: str, at: datetime | None = None
) -> IssuedLabel:
    """The label when it can be acted on. Raises a LabelRefusal that says what is wrong with it.

    `at` is when it was scanned: a label that was revoked later was good then, though the scan comes only now. One that
    is printed is good too, and counts from its first scan.
    """
    if label is None:
        raise unknown(work, code)
    if label.state in _GOOD_BEFORE and label.subject and at is not None and label.revoked_at and at < label.revoked_at:
        return label
    if label.state == "revoked":
        raise RevokedLabel(payload.printed(code), subject, label.revoked_reason or REPLACED)
    if label.state == "void" and label.subject is not None:
        raise VoidedLabel(payload.printed(code), subject, label.revoked_reason or "it did not come out")
    if label.subject is None and label.state in _SPENT:
        raise _SPENT[label.state](payload.printed(code), label.revoked_reason or "no reason is on record")
    if label.state not in _GOOD or label.subject is None:
        raise BlankLabel(payload.printed(code))
    return label


def require_kind(code: str, needed: payload.CodeType) -> None:
    """Raise WrongKindOfCode unless the code is of this type."""
    kind = payload.type_of(code)
    if kind is not needed:
        raise WrongKindOfCode(payload.printed(code), _NAMES[kind], _NAMES[needed])


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: printed, live, revoked, blank, void, lost or unknown. `subject` is for the API."""

    code: str
    type: str
    state: str
    subject: dict[str, Any] | None
    sentence: str


def look_up(services: Services, text: str) -> Meaning:
    """What this code is, whatever its type and state. Raises NotACode for what is no code at all."""
    code = parse(text)
    kind = payload.type_of(code)
    if kind is payload.CodeType.COMMAND:
        return _command(code)
    with services.store.read() as work:
        label = work.labels.find(code)
        if label is None:
            return Meaning(code, kind.word, "unknown", None, unknown(work, code).sentence())
        subject, name = _subject(work, label)
        try:
            check_live(work, label, code, name)
        except BlankLabel as refusal:
            refusal.issued = _issued(work, code)
            return Meaning(code, kind.word, label.state, subject, refusal.sentence())
        except LabelRefusal as refusal:
            return Meaning(code, kind.word, label.state, subject, refusal.sentence())
        told = f"{payload.printed(code)} is {name}"
        if label.state == PRINTED:
            told += ": the label is printed and was not scanned yet"
        return Meaning(code, kind.word, label.state, subject, f"{told}.")


def item_subject(exhibit: Exhibit) -> dict[str, Any]:
    """An item as the API shows it to a scanner: enough to recognise it, and no case content."""
    return {
        "register_no": exhibit.register_no,
        "ref": exhibit.ref,
        "case": exhibit.case.reference,
        "description": exhibit.description,
        "custody": exhibit.where,
        "seal": exhibit.seal.number or None,
        "headline": headline(exhibit),
    }


def box_subject(box: Box, items: int) -> dict[str, Any]:
    """A box as the API shows it to a scanner. `items` counts what lies in the box itself."""
    return {
        "id": box.id,
        "name": box.name,
        "place": box.where,
        "items": items,
        "seal": box.seal.number or None,
        "closed": box.closed,
        "counting": box.counting_since is not None,
    }


def headline(exhibit: Exhibit) -> str:
    """The state in one line, the most pressing first: "discrepancy open; at lab"."""
    parts = []
    if exhibit.discrepancies:
        parts.append(
            f"{len(exhibit.discrepancies)} open discrepancy"
            if len(exhibit.discrepancies) == 1
            else f"{len(exhibit.discrepancies)} open discrepancies"
        )
    parts.append(exhibit.where)
    if exhibit.box:
        parts.append(f"in box {exhibit.box.name}")
    if exhibit.offer:
        parts.append(f"offered to {exhibit.offer.receiver.name}")
    if exhibit.disposed:
        return "; ".join(parts)
    if exhibit.holds:
        parts.append(f"on hold ({', '.join(HOLD_NAMES.get(one.hold, one.hold).lower() for one in exhibit.holds)})")
    if exhibit.authority:
        parts.append(f"disposal authorised ({exhibit.authority.method})")
    parts.append(_sealed(exhibit))
    parts.append(f"forensic: {exhibit.forensic.value}")
    if exhibit.cleared:
        parts.append(f"to leave under {exhibit.cleared.submission} for {exhibit.cleared.laboratory.name}")
    return "; ".join(parts)


_IN_WORDS = {SealKind.OPENED: " opened", SealKind.SUSPECT: " in doubt"}


def _sealed(exhibit: Exhibit) -> str:
    seal = exhibit.seal
    if not seal.number:
        return seal.kind.value
    return f"seal {seal.number}{_IN_WORDS.get(seal.kind, '')}"


def _command(code: str) -> Meaning:
    try:
        name = payload.command_of(code)
    except label_errors.LabelRefusal:
        return Meaning(code, "command", "unknown", None, UnknownCode(payload.printed(code)).sentence())
    words = name.replace("_", " ")
    return Meaning(code, "command", "live", {"command": name}, f"{payload.printed(code)} is the command {words}.")


def _issued(work: Work, code: str) -> str:
    """Which blank label this is, and who has it in hand."""
    blank = work.blanks.hold_labels([code]).get(code)
    if blank is None:
        return ""
    series = work.blanks.find(blank.series)
    return f"{series.called(blank.serial)}, held by {series.holder.name}"


def _subject(work: Work, label: IssuedLabel) -> tuple[dict[str, Any] | None, str]:
    if label.subject is None:
        return None, "nothing yet"
    if label.kind == payload.CodeType.ITEM.value:
        exhibit = work.items.find(label.subject).exhibit
        return item_subject(exhibit), f"{exhibit.ref} in {exhibit.case.reference}"
    if label.kind == payload.CodeType.PLACE.value:
        place = work.places.find(label.subject)
        return {"id": place.id, "name": place.name, "kind": place.kind.value}, place.name
    if label.kind == payload.CodeType.BOX.value:
        box = work.boxes.find(label.subject)
        return box_subject(box, work.boxes.count([box.id]).get(box.id, 0)), box.name
    person = work.accounts.person(label.subject)
    return {"name": person.name, "rank": person.rank, "called": person.called}, person.called
