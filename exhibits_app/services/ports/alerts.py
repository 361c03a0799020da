"""Alerts, the outbox of messages, and the heartbeat of the jobs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from ...domain.acknowledging import Acknowledgement

# How a message goes: to a person's mailbox, or to the one address of another system.
MAIL, WEBHOOK = "mail", "webhook"


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message in the outbox. `key` makes it unique: the same message is never made twice.

    `files` are (name, bytes) that go with it; messages with files are sent at once and never wait in the outbox.
    """

    id: int
    key: str
    to: str
    subject: str
    body: str
    tries: int = 0
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class UnsentMessage:
    """A message that waits or was given up, without what it says. `next_try_at` is None for one given up."""

    id: int
    to: str
    subject: str
    tries: int
    made_at: datetime
    next_try_at: datetime | None
    error: str


class NewAlert(NamedTuple):
    """One person to be told one thing about one item.

    `again` is how many acknowledgements of the clock have ended: after each it may be raised anew. What is `at_once`
    does not wait for the day's digest.
    """

    register_no: int
    clock: str
    due_at: datetime
    stage: str
    person: int
    again: int = 0
    at_once: bool = False


class Alerts(Protocol):
    """Who has been told what, and what still has to be sent."""

    def raise_all(self, alerts: Sequence[NewAlert], at: datetime) -> int:
        """Keep those that were not raised before; how many are new."""

    def acknowledge(self, given: Acknowledgement) -> None:
        """Keep it. Raises ChangedMeanwhile when somebody acknowledged the same clock at the same time."""

    def acknowledged(self, register_nos: Iterable[int]) -> list[Acknowledgement]:
        """Every acknowledgement of these items, ended ones too, the oldest first."""

    def next_untold(self, after: int = 0) -> int | None:
        """The person with the next higher id of whom there are alerts that no message carries yet."""

    def count_untold(self, person: int, limit: int) -> int:
        """How many alerts of that person no message carries yet, counted to the limit."""

    def untold_of(self, person: int, limit: int, *, at_once: bool = False) -> list[dict[str, Any]]:
        """Those, the most overdue first; `at_once`: those that do not wait for the day's digest."""

    def untold_in_all(self, person: int) -> tuple[int, int]:
        """How many exhibits they are about, and how many of these are overdue. It takes a second for a million."""

    def newest_untold(self, person: int) -> int:
        """The highest id of them; 0 where there is none."""

    def carry(self, person: int, message: int, newest: int, limit: int) -> int:
        """Mark some of them, up to that id, as carried by the message; how many they were, 0 when all are."""

    def forget(self, alerts: Iterable[int]) -> None:
        """Drop alerts that no message carries: what they were about is over, so they may be raised anew."""

    def tell(self, alerts: Iterable[int], message: OutgoingMessage, at: datetime) -> int:
        """Put the message in the outbox and mark these alerts as carried by it; its id."""

    def lease(self, at: datetime, until: datetime, limit: int = 100, to: str = MAIL) -> list[OutgoingMessage]:
        """Messages of this way whose next try is due, oldest first; nobody else is given them before `until`."""

    def sent(self, message: int, at: datetime) -> None:
        """The server took the message."""

    def failed(self, message: int, error: str, next_try_at: datetime | None) -> None:
        """The server did not take it; without a next try it goes to the dead letters."""

    def outbox(self) -> dict[str, int]:
        """How many messages are `waiting` and `dead`, each counted to 10,000 and no further."""

    def dead(self, after: int = 0, limit: int = 50) -> list[UnsentMessage]:
        """Messages that were given up, newest first, ids below `after` (0: from the newest)."""

    def waiting(self, limit: int = 50) -> list[UnsentMessage]:
        """Messages that wait, the next to be tried first."""

    def try_again(self, message: int, at: datetime) -> bool:
        """Let a message that was given up wait again, due at `at`; False when it was not given up."""

    def of_item(self, register_no: int) -> list[dict[str, object]]:
        """Alerts raised about the item, newest first."""

    def beat(self, job: str, at: datetime, note: str) -> None:
        """The job ran."""

    def heartbeats(self) -> dict[str, tuple[datetime, str]]:
        """When each job last ran, and what it said."""


class Mailer(Protocol):
    """Sends messages."""

    @property
    def active(self) -> bool:
        """Whether anything is sent at all; without a mail server the board says that nothing is."""

    def send(self, message: OutgoingMessage) -> None:
        """Hand the message over, or raise OSError."""


class _Nowhere:
    """A way that is not set up."""

    active = False

    def send(self, message: OutgoingMessage) -> None:
        """Nothing can be handed over. Raises OSError."""
        raise ConnectionError(f"{message.key} has nowhere to go")


NOWHERE: Mailer = _Nowhere()
