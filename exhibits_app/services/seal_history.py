"""Which seals an item has worn, one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain import timeline
from ..domain.events import Event, Seized
from .kinds import new_seal


@dataclass(frozen=True, slots=True)
class Worn:
    """A seal, and when it went on."""

    number: str
    at: datetime


def worn(events: Sequence[Event]) -> list[Worn]:
    """The seals as corrected, the oldest first."""
    found = []
    for event in timeline.effective(events):
        number = event.body.seal if isinstance(event.body, Seized) else new_seal(event.body)
        if number:
            found.append(Worn(number, event.envelope.corrected))
    return found
