"""What the request at hand is served with: the services, the person signed in, the device."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, g

from .domain.errors import DeviceUnknown, SignedOut
from .domain.people import Person
from .services.context import Services
from .services.ports import Device


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person with the secret of their session and when it ends by itself."""

    person: Person
    secret: str
    ends_at: datetime


def services() -> Services:
    """The services of this application."""
    return cast(Services, current_app.extensions["exhibits"])


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
