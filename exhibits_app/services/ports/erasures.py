"""Taking erased values out of the database, wherever a copy of them stands."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from .items import StoredEntry


class Erasures(Protocol):
    """Values that are erased, and what was told of them elsewhere than in the ledger."""

    def erase(self, register_no: int, digests: Collection[str]) -> int:
        """Delete the disclosures of the item that have these digests; how many there were."""

    def entries(self, after: int = 0, limit: int = 1_000) -> list[StoredEntry]:
        """Every `erase` entry of the ledger, by the number of its row, those after `after`."""

    def retell(self, event_id: str, act_id: str, sentence: str) -> None:
        """What was answered about the event, in the scan log and to the device, is this sentence from now on."""

    def reword_forms(self, numbers: Collection[int], reword: Callable[[object], object]) -> None:
        """What these submissions say, now and in every version that was authorised, and what was noted of them.

        `reword` is given the form as JSON's values, or the words of a note, and gives it as it stays.
        """

    def drop_pictures(self, register_no: int, until: datetime) -> tuple[str, ...]:
        """No picture of the item's scans until then is on record; the SHA-256 of those that nothing points to now."""

    def recaption(self, register_no: int, sha256: str, caption: str) -> None:
        """The photograph of the item has this caption from now on."""
