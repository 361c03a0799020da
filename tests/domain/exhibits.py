"""Exhibits, people and places for tests of the domain: say only what the test is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from exhibits_app.domain.custody import Asked
from exhibits_app.domain.events import Body, CaseRef, DeviceRef, Envelope, Event, Seized
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.fold import fold
from exhibits_app.domain.people import PersonRef
from exhibits_app.domain.places import Place, PlaceKind, Suits

SEIZED_AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
REYES = PersonRef(1, "PC 4521 Reyes")
OKAFOR = PersonRef(2, "Okafor")
SHELF = Place(11, "Ilford transit store, bay 2", PlaceKind.BAY, store=10, parent=10)
OTHER_SHELF = Place(12, "Ilford transit store, bay 3", PlaceKind.BAY, store=10, parent=10)
FRIDGE = Place(13, "Ilford transit store, fridge", PlaceKind.SHELF, 10, 10, frozenset({Suits.COLD}))
LAB = Place(20, "Northern Forensics", PlaceKind.LAB)
COURIER = Place(21, "Forensic courier", PlaceKind.CARRIER)
COURT = Place(22, "Northern Crown Court", PlaceKind.COURT)
CASE = CaseRef(7, "01AB/1/26", "violence", REYES)
_ids = count(1)


def an_id(number: int | None = None) -> str:
    """An id in the form of a UUID."""
    return f"00000000-0000-7000-8000-{number if number is not None else next(_ids):012d}"


def seizure(**given: object) -> Seized:
    body = Seized(CASE, "AB/1", "Bed sheet", "KNF", REYES, REYES, power="PACE s.19", found_at="Mill Lane", seal="S100")
    return replace(body, **given)  # type: ignore[arg-type]


def an_event(body: Body, hours: float = 0, seq: int = 0, **given: object) -> Event:
    """An event so many hours after the seizure."""
    at = SEIZED_AT + timedelta(hours=hours)
    envelope = Envelope(an_id(), at, at, OKAFOR, an_id(), device=DeviceRef(5, "bench"), device_seq=1)
    return Event(1, seq, replace(envelope, **given), body)  # type: ignore[arg-type]


def an_exhibit(*later: Event, **given: object) -> Exhibit:
    """The exhibit AB/1, seized by Reyes under seal S100, after these later events."""
    return fold([an_event(seizure(**given), actor=REYES), *later])


def asked(place: Place | None = None, hours: float = 10, **given: object) -> Asked:
    """A scan by Okafor so many hours after the seizure."""
    at = SEIZED_AT + timedelta(hours=hours)
    return replace(Asked(OKAFOR, at, at, place), **given)  # type: ignore[arg-type]
