"""Who a route is for: written beside each view, checked before it, and denied where nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from .domain.people import Action

View = TypeVar("View", bound=Callable[..., object])


class Door(Enum):
    """How one gets in at all."""

    PUBLIC = "anyone"
    SIGNED_IN = "a signed-in person"
    DEVICE = "an enrolled device"


@dataclass(frozen=True, slots=True)
class Access:
    """The door of a route, and any one of these actions that a signed-in person must have somewhere.

    What they may do to this very case or store, the service decides.
    """

    door: Door
    actions: tuple[Action, ...] = ()


def access(door: Door, *actions: Action) -> Callable[[View], View]:
    """Write beside a view who it is for."""

    def mark(view: View) -> View:
        view.__access__ = Access(door, actions)  # type: ignore[attr-defined]  # the mark is what this decorator is for
        return view

    return mark


def access_of(view: object) -> Access | None:
    """What is written beside the view, or None: then nobody gets in."""
    found = getattr(view, "__access__", None)
    return found if isinstance(found, Access) else None
