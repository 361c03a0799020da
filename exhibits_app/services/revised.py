"""Telling those who relied on an order of events that a late one has changed."""

from collections.abc import Iterable
from datetime import datetime

from ..domain.events import Corrected, Event
from ..domain.timeline import revisions
from .ports import NewAlert, Work

# The name under which these alerts stand, beside the names of the clocks.
REVISED = "timeline"


def tell_who_relied(work: Work, recorded: Iterable[Event], now: datetime) -> None:
    """Raise an alert, once, for everyone who recorded something while they did not know of a late event."""
    for event in recorded:
        if not event.envelope.late or isinstance(event.body, Corrected):
            continue
        told = sorted(relied_on(work, event))
        of_event = (event.register_no, REVISED, event.envelope.corrected, event.envelope.id)
        work.alerts.raise_all([NewAlert(*of_event, person) for person in told], now)


def relied_on(work: Work, late: Event) -> set[int]:
    """The people who recorded later events of the item before this one was known, but not whoever made it."""
    for revision in revisions(work.ledger.events_of(late.register_no)):
        if revision.late.envelope.id == late.envelope.id:
            return {event.envelope.actor.id for event in revision.relied} - {late.envelope.actor.id}
    return set()
