"""An item's history as its page tells it: as corrected with what was recorded struck through, or as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..domain import timeline
from ..domain.custody import mending
from ..domain.events import Corrected, Event
from ..domain.exhibit import Exhibit
from ..domain.fold import as_recorded
from ..domain.history import sentence

PAGE: Final = 100  # Lines of a page: more than nearly every item ever has.


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item's history.

    `told` is what was recorded; `right` what is right instead, where a correction says so; `taken` when a correction
    says that it did not happen to this item; `relied` holds the late scans that nobody knew of when it was recorded.
    """

    event: Event
    told: str
    entry: str
    right: str = ""
    taken: bool = False
    corrections: tuple[str, ...] = ()
    relied: tuple[str, ...] = ()
    revised: int = 0
    correctable: bool = False

    @property
    def wrong(self) -> bool:
        """Whether what was recorded does not stand as it was recorded."""
        return self.taken or bool(self.right)


@dataclass(frozen=True, slots=True)
class History:
    """Lines, newest first; `before` is the state that the record gives without its corrections, if another.

    Of `total` lines these begin at the `first`, counted from 1. `newer` and `older` are the numbers of the entries that
    the pages beside this one begin with.
    """

    lines: list[Line] = field(default_factory=list)
    corrected: bool = False
    recorded: bool = False
    before: Exhibit | None = None
    total: int = 0
    first: int = 1
    newer: int | None = None
    older: int | None = None

    @property
    def last(self) -> int:
        """Which of all lines is the last of these."""
        return self.first + len(self.lines) - 1


def told(
    exhibit: Exhibit,
    events: Sequence[Event],
    entries: dict[str, str],
    *,
    recorded: bool = False,
    begin: int | None = 0,
) -> History:
    """A page of the item's history, with its corrections or without. `entries` are leaf hashes by event.

    `begin` is the number of the ledger's entry that the page begins with, 0 for the newest; None is the whole history.
    """
    right = {event.envelope.id: event for event in timeline.effective(events)}
    standing = any_correction(events) and any(mending.standing(events, event) for event in events)
    if recorded:
        ordered = sorted(events, key=lambda event: event.timeline_key, reverse=True)
    else:
        ordered = sorted(events, key=lambda event: _key(event, right), reverse=True)
    before = as_recorded(events) if standing else None
    at = next((place for place, event in enumerate(ordered) if event.seq + 1 == begin), 0)
    until = len(ordered) if begin is None else at + PAGE
    lines = _lines(exhibit, ordered[at:until], events, entries, right)
    beside = (ordered[max(at - PAGE, 0)] if at else None), (ordered[until] if until < len(ordered) else None)
    newer, older = (None if event is None else event.seq + 1 for event in beside)
    return History(lines, standing, recorded, before, len(ordered), at + 1, newer, older)


def any_correction(events: Sequence[Event]) -> bool:
    """Whether anything was ever corrected."""
    return any(isinstance(event.body, Corrected) for event in events)


def _key(event: Event, right: dict[str, Event]) -> timeline.Key:
    """Where it stands as corrected; what was taken away stays where it stood."""
    return right.get(event.envelope.id, event).timeline_key


def _lines(
    exhibit: Exhibit,
    chosen: Sequence[Event],
    events: Sequence[Event],
    entries: dict[str, str],
    right: dict[str, Event],
) -> list[Line]:
    """The lines of the events chosen of all these, in their order."""
    revised = timeline.revisions(events)
    relied: dict[str, list[str]] = {}
    for revision in revised:
        for event in revision.relied:
            relied.setdefault(event.envelope.id, []).append(sentence(revision.late, exhibit.ref))
    counts = {revision.late.envelope.id: len(revision.relied) for revision in revised}
    corrected = any_correction(events)
    lines = []
    for event in chosen:
        number = event.envelope.id
        made = mending.standing(events, event) if corrected else ()
        better = right.get(number)
        was = sentence(event, exhibit.ref)
        now = sentence(better, exhibit.ref) if better else ""
        lines.append(
            Line(
                event,
                was,
                entries[number],
                right=now if now != was else "",
                taken=better is None,
                corrections=tuple(sentence(one.event, exhibit.ref) for one in made),
                relied=tuple(relied.get(number, ())),
                revised=counts.get(number, 0),
                correctable=bool(mending.mistakes(event)) and better is not None,
            )
        )
    return lines
