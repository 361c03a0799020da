"""The secret addresses under which people's calendars are read."""

from datetime import datetime
from typing import Protocol


class Calendars(Protocol):
    """One live address for each person at most; the store knows hashes alone."""

    def make(self, key: str, person: int, at: datetime) -> None:
        """Keep an address by the SHA-256 of its secret; the person's others are revoked."""

    def revoke(self, person: int, at: datetime) -> bool:
        """The person's address is worth nothing from now on; False when there was none."""

    def made_at(self, person: int) -> datetime | None:
        """When the person's live address was made; None when there is none."""

    def person_of(self, key: str) -> int | None:
        """Whose live address this is; None for one that is unknown or revoked."""
