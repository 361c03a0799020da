"""The event that says which values of an item were erased, by whose authority, and what stands in their place."""

from dataclasses import dataclass
from typing import Any, ClassVar

from ..people import PersonRef
from .envelope import Body


@dataclass(frozen=True, slots=True)
class ErasedValue:
    """A value that was erased: the entry in the item's chain, the digest there, and the name of the fact.

    `kept` is what stands in its place: the same value with names and words replaced by "[erased]".
    """

    seq: int
    digest: str
    name: str
    kept: Any


@dataclass(frozen=True, slots=True)
class Erased(Body):
    """Values of earlier events were erased. Why stands in the envelope; who erased them is its actor."""

    KIND: ClassVar[str] = "erase"
    erased: tuple[ErasedValue, ...]
    authority: str
    authorised_by: PersonRef
