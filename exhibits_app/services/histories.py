"""An item's history as its page tells it: as corrected with what was recorded struck through, or as recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..domain import timeline
from ..domain.custody import mending
from ..domain.events import Corrected, Event
from ..domain.exhibit import Exhibit
from ..domain.fold import as_recorded
from ..domain.history import sentence


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
    """The lines, newest first; `before` is the state that the record gives without its corrections, if another."""

    lines: list[Line] = field(default_factory=list)
    corrected: bool = False
    recorded: bool = False
    before: Exhibit | None = None


def told(exhibit: Exhibit, events: Sequence[Event], entries: dict[str, str], *, recorded: bool = False) -> History:
    """The history of the item, with its corrections or without. `entries` are leaf hashes by event."""
    right = {event.envelope.id: event for event in timeline.effective(events)}
    standing = any_correction(events) and any(mending.standing(events, event) for event in events)
    lines = _lines(exhibit, events, entries, right)
    if recorded:
        ordered = sorted(lines, key=lambda line: line.event.timeline_key, reverse=True)
    else:
        ordered = sorted(lines, key=lambda line: _key(line.event, right), reverse=True)
    before = as_recorded(events) if standing else None
    return History(ordered, standing, recorded, before)


def any_correction(events: Sequence[Event]) -> bool:
    """Whether anything was ever corrected."""
    return any(isinstance(event.body, Corrected) for event in events)


def _key(event: Event, right: dict[str, Event]) -> timeline.Key:
    """Where it stands as corrected; what was taken away stays where it stood."""
    return right.get(event.envelope.id, event).timeline_key


def _lines(exhibit: Exhibit, events: Sequence[Event], entries: dict[str, str], right: dict[str, Event]) -> list[Line]:
    revised = timeline.revisions(events)
    relied: dict[str, list[str]] = {}
    for revision in revised:
        for event in revision.relied:
            relied.setdefault(event.envelope.id, []).append(sentence(revision.late, exhibit.ref))
    counts = {revision.late.envelope.id: len(revision.relied) for revision in revised}
    corrected = any_correction(events)
    lines = []
    for event in events:
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
