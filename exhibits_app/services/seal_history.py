"""Which seals an item has worn, one after another."""

from dataclasses import dataclass
from datetime import datetime

from ..domain import timeline
from ..domain.events import Seized
from .context import Services
from .kinds import new_seal


@dataclass(frozen=True, slots=True)
class Worn:
    """A seal, and when it went on."""

    number: str
    at: datetime


def seals_of(services: Services, register_no: int) -> list[Worn]:
    """The seals as corrected, the oldest first; for an item that was seen through `exhibits.see`."""
    with services.store.read() as work:
        events = work.ledger.events_of(register_no)
    worn = []
    for event in timeline.effective(events):
        number = event.body.seal if isinstance(event.body, Seized) else new_seal(event.body)
        if number:
            worn.append(Worn(number, event.envelope.corrected))
    return worn
