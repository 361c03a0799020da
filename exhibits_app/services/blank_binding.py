"""Putting blank labels on items: at the scene when an item is registered, or on one that has none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from labels import payload
from labels.payload import CodeType

from ..domain.blank_labels import Blank, BlankState
from ..domain.errors import (
    ItemHasLabel,
    LabelInUse,
    LabelRefusal,
    LostLabel,
    MissingValue,
    NotFound,
)
from ..domain.events import Envelope, Labelled
from ..domain.people import Person
from .act_shapes import Judged, Resolved
from .codes import check_live, parse, require_kind
from .context import Services
from .labels import case_to_print
from .ports import Held, ScanLine, Work
from .ports.blank_labels import SeriesNote
from .recording import Happening, record

T = TypeVar("T")


@dataclass(slots=True)
class Blanks:
    """The blank labels that one act puts on items, each checked and locked, by the item's row on the page, from 0."""

    work: Work
    taken: dict[int, Blank] = field(default_factory=dict)

    def take(self, key: int, text: str, name: str) -> Blank:
        """The blank label of this code, spoken for by the act; `name` is its form field.

        A colleague's label is as good as one's own: the series says who used it. Raises LabelRefusal with `field`.
        """
        try:
            blank = self._blank(text)
        except LabelRefusal as refusal:
            refusal.field, refusal.read = name, text
            raise
        self.taken[key] = blank
        return blank

    def warnings(self, text: str) -> list[str]:
        """What is wrong with what was typed so far, as a sentence; nothing is recorded of it."""
        try:
            if text.strip():
                self._blank(text)
        except LabelRefusal as refusal:
            return [refusal.sentence()]
        return []

    def _blank(self, text: str) -> Blank:
        code = parse(text)
        require_kind(code, CodeType.ITEM)
        twice = next((key for key, blank in self.taken.items() if blank.code == code), None)
        if twice is not None:
            raise LabelInUse(payload.printed(code), f"item {twice + 1} of this page")
        blank = self.work.blanks.hold_labels([code]).get(code)
        label = self.work.labels.find(code)
        if blank is not None and blank.state is BlankState.UNUSED:
            return blank
        on = f"property reference {label.subject}" if label else ""
        check_live(self.work, label, code, on)
        raise LabelInUse(payload.printed(code), on)


def put_on(services: Services, work: Work, by: Person, held: Held, blank: Blank, act: str) -> Happening:
    """The label is used, and its item bears its code: gives what is to be recorded, as part of this act."""
    now = services.clock.now()
    series = work.blanks.find(blank.series)
    work.blanks.use(blank.code, held.register_no, now, by.id)
    if not series.holder.includes(by):
        said = f"held by {series.holder.name}"
        work.blanks.note(SeriesNote(series.number, now, by.id, "used", str(blank.serial), said))
    envelope = Envelope(services.ids.event_id(), now, now, by.ref, act)
    return Happening(held, envelope, Labelled(blank.code, series.stock, None, series.called(blank.serial)))


def put_on_item(services: Services, by: Person, register_no: int, text: str) -> None:
    """Put a blank label on an item that has none. Raises LabelRefusal, MissingValue, NoRight, NotFound."""
    if not text.strip():
        raise MissingValue("label", "the code on the blank label")
    now = services.clock.now()

    def change(work: Work) -> None:
        held = work.items.hold(register_no)
        if held.exhibit is None:
            raise NotFound("item")
        case_to_print(work, by, held.exhibit)
        if held.exhibit.code is not None:
            raise ItemHasLabel(held.exhibit.ref, payload.printed(held.exhibit.code))
        blank = Blanks(work).take(0, text, "label")
        happening = put_on(services, work, by, held, blank, services.ids.event_id())
        record(work, services.ids, work.policies.current(now), [happening])

    logging_refused(services, by, "LABEL", change)


def logging_refused(services: Services, by: Person, kind: str, change: Callable[[Work], T]) -> T:
    """Make the change. A label typed on its page and refused stays on the scan log, a lost one also with its series."""
    try:
        return services.store.write(change)
    except LabelRefusal as refusal:
        _log_refused(services, by, kind, refusal)
        raise


def _log_refused(services: Services, by: Person, kind: str, refusal: LabelRefusal) -> None:
    now = services.clock.now()
    scan, read = services.ids.event_id(), refusal.read[:80]
    line = ScanLine(scan, "", now, None, by.id, kind, read, "refused", refusal.code, refusal.sentence())

    def change(work: Work) -> None:
        work.scans.add([line])
        if isinstance(refusal, LostLabel):
            _note_seen(work, line, "on a page")

    services.store.write(change)


def note_lost(work: Work, resolved: Resolved, judged: list[Judged]) -> None:
    """A lost label that a device scanned raises an alarm, and its series says where it was seen and by whom."""
    for each in judged:
        if isinstance(each.refusal, LostLabel):
            sentence = each.refusal.sentence()
            device, operator = resolved.device, resolved.operator
            code = parse(each.item.code)
            work.act_alarms.raise_new(resolved.now, LostLabel.code, device.id, code, sentence)
            line = ScanLine(
                each.item.scan, resolved.act.id, resolved.now, device.id, operator.id, resolved.act.kind, code,
                "refused", LostLabel.code, sentence,
            )  # fmt: skip
            _note_seen(work, line, f"at {device.name}")


def _note_seen(work: Work, line: ScanLine, where: str) -> None:
    code = parse(line.text)
    blank = work.blanks.hold_labels([code]).get(code)
    if blank is not None:
        work.blanks.note(SeriesNote(blank.series, line.at, line.person, "scanned", str(blank.serial), where))
