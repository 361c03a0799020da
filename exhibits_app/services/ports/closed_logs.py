"""Logs that were closed after an incident, and the closing of the open one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .ledger_tree import Logged, Signed


@dataclass(frozen=True, slots=True)
class ClosedLog:
    """A log that is not written any more: its name, its entries as kept here, and the root over them.

    `note` is the largest checkpoint that it signed and that these entries fit; empty where there is none. `number`
    counts from 1.
    """

    number: int
    origin: str
    size: int
    root: bytes
    note: bytes
    at: datetime


class ClosedLogs(Protocol):
    """Their entries keep their places; nothing of them is ever signed again."""

    def all(self) -> list[ClosedLog]:
        """Oldest first."""

    def entries(self, number: int) -> Iterator[Logged]:
        """The log's entries, in their order."""

    def indices(self, number: int, register_no: int) -> dict[int, int]:
        """The index, in that log, of each of its entries about the exhibit, by position in the exhibit's chain."""

    def checkpoints(self, number: int, limit: int) -> list[Signed]:
        """What the log signed, largest first."""

    def origins(self) -> list[str]:
        """Their names, oldest first."""

    def anchored(self, number: int) -> list[int]:
        """The sizes of the log's checkpoints that somebody outside holds or has vouched for."""

    def exhibits(self) -> int:
        """The highest register number that has an entry in a closed log; 0 where no log was closed."""

    def carried(self) -> Iterator[tuple[int, int, bytes, int]]:
        """(register number, entries, leaf hash of the last, 0) of every exhibit's chain in closed logs, by number.

        This is what the open log carries over. Numbers without an entry there are left out.
        """

    def place_waiting(self) -> None:
        """Give what waits for the open log the places that follow its last entry, without a tree over them."""

    def close(self, closing: ClosedLog, successor: str) -> None:
        """Close the open log as this one says and open an empty log named `successor`; the alarm ends with it."""
