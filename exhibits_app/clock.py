"""The one place that asks the machine for the time and for randomness."""

import os
from datetime import UTC, datetime

import uuid_utils


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands where it was set, for `--as-at` and for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at


class SystemIds:
    """Fresh UUIDv7 ids and random bytes from the machine."""

    def event_id(self) -> str:
        """A fresh UUIDv7 as text."""
        return str(uuid_utils.uuid7())

    def random(self, size: int) -> bytes:
        """So many unpredictable bytes."""
        return os.urandom(size)
