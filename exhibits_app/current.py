"""What the request at hand is served with: the services, the person signed in, the device."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from flask import current_app, g, request

from .domain.errors import DeviceUnknown, SignedOut
from .domain.people import Person
from .services.context import Services
from .services.ports import Device

JUST_WROTE = "just-wrote"  # The cookie of a browser that changed something in the last seconds.


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person with the secret of their session and when it ends by itself."""

    person: Person
    secret: str
    ends_at: datetime


def services() -> Services:
    """The services of this application. Who has just changed something is shown no list from before that."""
    kept = cast(Services, current_app.extensions["exhibits"])
    return replace(kept, just_wrote=True) if JUST_WROTE in request.cookies else kept


def visitor() -> Visitor | None:
    """Who is signed in in this browser, or None."""
    return cast("Visitor | None", g.get("visitor"))


def person() -> Person:
    """The person signed in. Raises SignedOut."""
    known = visitor()
    if known is None:
        raise SignedOut
    return known.person


def device() -> Device:
    """The enrolled device that asks. Raises DeviceUnknown."""
    known = g.get("device")
    if known is None:
        raise DeviceUnknown
    return cast(Device, known)
