"""Events of the box in which an item lies, each recorded for every item in it."""

from dataclasses import dataclass
from typing import ClassVar

from .envelope import Body, BoxRef


@dataclass(frozen=True, slots=True)
class BoxSealed(Body):
    """The box was closed under this seal, with the item in it."""

    KIND: ClassVar[str] = "box_seal"
    box: BoxRef
    number: str


@dataclass(frozen=True, slots=True)
class BoxOpened(Body):
    """The box was opened; `seal` is the number that was broken."""

    KIND: ClassVar[str] = "box_open"
    box: BoxRef
    seal: str | None = None
