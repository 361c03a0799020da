"""What was erased, remembered outside the database, so that a restored backup does not bring it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """One erasure: of which item and by which event, which digests, and the facts of its `erase` entry.

    The facts are those of the event by name, so that the entry can be made again where a restored backup has lost it.
    They hold who erased and on whose authority, and nothing of what was erased.
    """

    event_id: str
    register_no: int
    at: datetime
    digests: tuple[str, ...]
    facts: Mapping[str, Any]


class ErasureRecords(Protocol):
    """Every erasure there ever was."""

    def all(self) -> Iterator[ErasureRecord]:
        """In the order in which they were remembered. Raises CannotSign when the file cannot be read."""

    def remember(self, record: ErasureRecord) -> None:
        """Keep it durably, once however often it is given. Raises CannotSign when the file cannot be written."""
