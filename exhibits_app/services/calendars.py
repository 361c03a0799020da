"""Deadlines as a calendar that another program reads under a secret address: references only, no case details.

Whoever knows the address reads what its owner may see on the board, and can do nothing with it. The address is shown
once; only its hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from ..domain.clocks import CLOCK_NAMES, ClockKind
from ..domain.errors import NotFound
from ..domain.people import Action, Person, may, require
from . import board
from .context import Services
from .ports import ItemLine, ListedItem, Work
from .signin import fingerprint

if TYPE_CHECKING:
    from icalendar import Event

SECRET_BYTES = 24
# What is due later than that is not in the calendar yet.
AHEAD = timedelta(days=28)
# So many overdue ones and so many to come, of decisions and of custody each; the board has all.
MOST = 100
LENGTH = timedelta(minutes=15)
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as RFC 5545 has it, and what changes when it does."""

    ics: bytes
    etag: str


def made_at(services: Services, by: Person) -> datetime | None:
    """When this person's address was made; None when there is none."""
    with services.store.read() as work:
        return work.calendars.made_at(by.id)


def make(services: Services, by: Person) -> str:
    """The secret of a new address; one that was made before is worth nothing from now on. Raises NoRight."""
    require(by, Action.SEE_BOARD)
    secret, now = services.ids.random(SECRET_BYTES).hex(), services.clock.now()
    services.store.write(lambda work: work.calendars.make(fingerprint(secret), by.id, now))
    return secret


def revoke(services: Services, by: Person) -> bool:
    """This person's address is worth nothing from now on; False when there was none."""
    now = services.clock.now()
    return services.store.write(lambda work: work.calendars.revoke(by.id, now))


def feed(services: Services, secret: str) -> Feed:
    """The calendar under this address; that it was read is logged as its owner's reading.

    Raises NotFound for an address that is unknown or revoked, and for that of somebody who left or sees no board.
    """
    now = services.clock.now()
    with services.store.read() as work:
        owner = work.calendars.person_of(fingerprint(secret))
        person = work.accounts.person(owner) if owner is not None else None
        if person is None or not person.active or not may(person, Action.SEE_BOARD):
            raise NotFound("calendar")
        events = [_event(work, person, one, now) for one in _due(work, person, now)]
    services.store.write(lambda work: work.accounts.log_read(person.id, "calendar", person.id, now))
    ics = _calendar(events)
    return Feed(ics, sha256(ics).hexdigest()[:32])


def _due(work: Work, person: Person, now: datetime) -> list[ListedItem]:
    found: list[ListedItem] = []
    for sort in (ItemLine(), ItemLine(of_custody=True)):
        wanted = board.within_scope(person, sort)
        found += work.items.due_before(now, wanted, None, MOST)
        found += work.items.due_before(now + AHEAD, wanted, (now, 0), MOST)
    return [one for one in found if one.due_kind != ClockKind.SIGHTING]


def _event(work: Work, person: Person, listed: ListedItem, now: datetime) -> Event:
    """One deadline. Its id stays when it moves, so that a program moves it as well; times are in UTC."""
    from icalendar import Event  # Not at the top: it takes 6 MB, and few processes are asked for a calendar.

    exhibit, due = listed.exhibit, listed.due_at
    kind = ClockKind(listed.due_kind) if listed.due_kind else ClockKind.DECISION
    hidden = board.row(work, person, listed).hidden
    named = f"property reference {exhibit.register_no}"
    called = named if hidden else f"{exhibit.ref} ({named})"
    event = Event()
    event.add("uid", f"{exhibit.register_no}.{kind.value.replace(' ', '-')}@exhibits.invalid")
    event.add("dtstamp", exhibit.last_event_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", (due or now).astimezone(UTC).replace(microsecond=0))
    event.add("duration", LENGTH)
    event.add("summary", f"{'Overdue: ' if due and due < now else ''}{CLOCK_NAMES[kind]}, {called}")
    event.add("description", "Open the overdue board to decide or to act.")
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    return event


def _calendar(events: list[Event]) -> bytes:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//exhibits//deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Exhibits: deadlines")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())
