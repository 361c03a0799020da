"""Accounts and what proves who someone is: passwords, badges with PINs, devices, sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.people import Grant, Person, Role


@dataclass(frozen=True, slots=True)
class Account:
    """A person with the means of signing in; hashes are argon2's, empty where none is set."""

    person: Person
    sign_in_name: str
    email: str
    password_hash: str
    pin_hash: str


@dataclass(frozen=True, slots=True)
class WebSession:
    """A signed-in browser. `key` is the SHA-256 of what its cookie holds."""

    key: str
    person: int
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled terminal or scan client. `store` is where it stands, None for one that roams."""

    id: int
    name: str
    store: int | None
    enrolled_at: datetime
    revoked_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_seq: int = 0
    clock_offset_ms: int = 0


@dataclass(frozen=True, slots=True)
class SequenceGap:
    """Numbers that a device's acts skipped, both ends included: acts that have not arrived."""

    device: int
    name: str
    first: int
    last: int
    noticed_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OperatorSession:
    """A person's turn at a device, begun with badge and PIN."""

    id: str
    device: int
    person: int
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class Accounts(Protocol):
    """Everyone known to the service, their grants and their sessions."""

    def add(self, account: Account) -> Account:
        """Keep a new account and give the person an id. Raises RegisterRefusal when the name is taken."""

    def save(self, account: Account) -> None:
        """Keep new particulars or new hashes."""

    def find(self, person: int) -> Account:
        """The account. Raises NotFound."""

    def by_name(self, sign_in_name: str) -> Account | None:
        """The account of this sign-in name, or None."""

    def person(self, person: int) -> Person:
        """The person with their live grants. Raises NotFound."""

    def all(self, text: str = "", after: int = 0, limit: int = 100) -> list[Account]:
        """Accounts by id, with this text in name, number or sign-in name."""

    def here(self, limit: int = 2_000) -> list[Person]:
        """Everyone active, by id, to choose from: without their grants, which are not read."""

    def named(self, words: Sequence[str], limit: int, *, left: bool = False) -> list[Person]:
        """Everyone active with all of these words in rank, number and name, without their grants.

        First those whose number is one of the words, then by id. With `left`, those who left as well.
        """

    def with_role(self, role: Role) -> list[Account]:
        """Active accounts that hold the role in any scope."""

    def grant(self, person: int, grant: Grant, by: int, at: datetime) -> None:
        """Give a role in a scope."""

    def end_grant(self, person: int, grant: Grant, by: int, at: datetime) -> None:
        """Take a role in a scope back; that it was held stays on record."""

    def grants_ever(self, person: int) -> list[dict[str, object]]:
        """Every grant the person has or had, with when and by whom."""

    def start_session(self, session: WebSession) -> None:
        """Keep a new browser session."""

    def session(self, key: str) -> WebSession | None:
        """The session, ended or not, or None."""

    def touch_session(self, key: str, at: datetime) -> None:
        """The session was used."""

    def end_session(self, key: str, at: datetime) -> None:
        """The session is over."""

    def end_sessions_of(self, person: int, at: datetime) -> None:
        """Every session of the person is over, in browsers and at devices."""

    def end_browser_sessions(self, person: int, at: datetime, but: str) -> None:
        """The person's browser sessions are over, apart from the one of this key."""

    def add_link(self, key: str, person: int, expires_at: datetime) -> None:
        """Keep a one-time link by the SHA-256 of its secret."""

    def spend_link(self, key: str, at: datetime) -> int | None:
        """The person of an unspent link that has not run out, spending it; None otherwise."""

    def failures(self, key: str) -> tuple[int, datetime | None]:
        """How many attempts in a row failed under this key, and when the last one did."""

    def count_failure(self, key: str, at: datetime) -> None:
        """One more attempt failed."""

    def forget_failures(self, key: str) -> None:
        """An attempt succeeded."""

    def log_read(self, person: int | None, what: str, subject: int, at: datetime, note: str = "") -> None:
        """A person read the content of a case or an item; None: somebody at the command line. `note` is in words."""

    def reads(self, after: int = 0, limit: int = 100) -> list[dict[str, object]]:
        """The log of reads, newest first, ids below `after` (0: from the newest)."""


class Devices(Protocol):
    """Enrolled devices and the turns of people at them."""

    def add(self, name: str, store: int | None, token_hash: str, at: datetime, by: int) -> Device:
        """Enrol a device by the SHA-256 of its token."""

    def find(self, device: int) -> Device:
        """The device. Raises NotFound."""

    def by_token(self, token_hash: str) -> Device | None:
        """The device of this token, revoked or not, or None."""

    def all(self) -> list[Device]:
        """Every device ever enrolled, by name."""

    def revoke(self, device: int, at: datetime, by: int) -> None:
        """The token is worth nothing from now on, and every turn at the device is over."""

    def seen(self, device: Device, at: datetime, seq: int, clock_offset_ms: int) -> None:
        """The device, as this transaction found it, sent the act of this number. What it skipped is noted as a gap."""

    def gaps(self) -> list[SequenceGap]:
        """Every gap that nobody wrote off, by device and number."""

    def with_unsent(self, store: int | None = None) -> list[str]:
        """The names of devices with such a gap: scans made on them have not arrived.

        With a store those that stand in it or are carried about; without one all of them.
        """

    def write_off(self, device: int, at: datetime, by: int, reason: str) -> None:
        """The acts of every gap of the device will never arrive, and somebody says why."""

    def start_turn(self, session: OperatorSession) -> None:
        """A person began a turn at a device."""

    def turn(self, session: str) -> OperatorSession | None:
        """The turn, ended or not, or None."""

    def turn_of(self, device: int, person: int, at: datetime) -> OperatorSession | None:
        """The person's live turn at the device, or None."""

    def touch_turn(self, session: str, at: datetime) -> None:
        """The turn was used."""

    def end_turn(self, session: str, at: datetime) -> None:
        """The turn is over."""
