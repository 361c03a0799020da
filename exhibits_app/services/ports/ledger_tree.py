"""The Merkle tree over the ledger's entries, and what the log has signed about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from ...domain.tiles import TileAddress

WITNESS: Final = "witness"
TIME_STAMP: Final = "time stamp"


@dataclass(frozen=True, slots=True)
class TreeState:
    """How many leaves the tree has, and its 32-byte root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that the tree does not hold yet."""

    entry_id: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry at its place in the log: the leaf hash that is claimed, and the very bytes."""

    index: int
    leaf_hash: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class SystemBody:
    """An entry about the log itself, about to be kept."""

    type: str
    at: datetime
    leaf_hash: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint that was signed: the note's bytes, and what they say."""

    size: int
    root: bytes
    note: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key that signs for the log, from log size `since` on; `retired_at` once another one does."""

    key: str
    since: int
    at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A checkpoint that was given to somebody outside: how, and in words to whom."""

    kind: str
    size: int
    root: bytes
    at: datetime
    says: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """What somebody outside said about the checkpoint of this size and root, with a signature of their own.

    `kind` is WITNESS, with `party` the witness's verifier key and `statement` its signature line; or TIME_STAMP, with
    `party` the authority's address and `statement` its DER response (RFC 3161). `stated_at` is the time in the
    statement, `at` when it came.
    """

    kind: str
    party: str
    size: int
    root: bytes
    statement: bytes
    stated_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why the ledger is read-only, since when; `says` is a sentence."""

    code: str
    says: str
    at: datetime


class LedgerTree(Protocol):
    """The tree. Leaf indices are dense, in the order in which entries were integrated."""

    def lock(self) -> None:
        """Wait until nobody else integrates or signs, and keep others from it until this transaction ends."""

    def state(self) -> TreeState:
        """Size and root as the last integration left them."""

    def waiting(self, limit: int) -> list[Waiting]:
        """Entries that are committed and not in the tree, those of one exhibit in the order of its chain."""

    def oldest_waiting(self) -> datetime | None:
        """When the first of them was recorded, or None."""

    def tile(self, level: int, number: int) -> bytes | None:
        """The tile's hashes, or None."""

    def grow(
        self, taken: Sequence[Waiting], tiles: Mapping[TileAddress, bytes], state: TreeState, at: datetime
    ) -> None:
        """Give these entries the next indices and keep the tiles that changed. Raises ChangedMeanwhile on a race."""

    def append(self, entry: SystemBody) -> None:
        """Keep an entry about the log itself, to be integrated. Raises LedgerReadOnly."""

    def indices(self, register_no: int) -> dict[int, int]:
        """The log index of each entry of the exhibit that is in the tree, by its position in the chain."""

    def entries(self, start: int, limit: int) -> list[Logged]:
        """Entries by log index, from `start` on."""

    def heads(self, size: int) -> Iterator[tuple[int, int, bytes, int]]:
        """(register number, entries, leaf hash of the last, its index) over the first `size` entries, by number.

        Numbers without an entry are left out.
        """

    def promoted_since(self, size: int) -> list[int]:
        """The items, by number, that have a promotion (which may change their case) not below this size."""

    def system(self, kind: str) -> list[Logged]:
        """The entries of this system type that are in the tree, in order."""

    def faults(self) -> list[str]:
        """Which of the database's own rules do not hold, in sentences; empty where all do."""


class Checkpoints(Protocol):
    """What was signed, with which keys, who holds copies, and whether the ledger is read-only."""

    def last(self) -> Signed | None:
        """The largest checkpoint."""

    def at_size(self, size: int) -> Signed | None:
        """The checkpoint of this size."""

    def sizes(self, limit: int) -> list[int]:
        """The sizes of the newest checkpoints, largest first."""

    def last_before(self, at: datetime) -> Signed | None:
        """The largest checkpoint that was signed before this moment."""

    def page(self, below: int | None, limit: int) -> list[Signed]:
        """Checkpoints, largest first: those of a size below this one, or from the largest."""

    def keep(self, signed: Signed) -> None:
        """Keep a checkpoint. Raises ChangedMeanwhile when one of this size is there."""

    def replace(self, signed: Signed) -> None:
        """Keep more signatures on a checkpoint of the same size and root."""

    def all_keys(self) -> list[LogKey]:
        """Every key that ever signed, oldest first."""

    def add_key(self, key: str, since: int, at: datetime) -> None:
        """From now on this key signs, and the one before is retired."""

    def anchors(self, limit: int = 50) -> list[Anchor]:
        """Checkpoints given to somebody outside, newest first."""

    def add_anchor(self, anchor: Anchor) -> None:
        """The checkpoint is held outside."""

    def add_attestation(self, attestation: Attestation) -> None:
        """Keep what somebody outside said, unless the same party's statement about this size is there."""

    def attestations(self) -> list[Attestation]:
        """The newest of each party: that about the largest checkpoint."""

    def alarm(self) -> Alarm | None:
        """Why the ledger is read-only, or None."""

    def raise_alarm(self, alarm: Alarm) -> None:
        """Make the ledger read-only; an alarm that stands already is kept."""

    def clear_alarm(self) -> None:
        """Let the ledger be written again."""


class SigningKeys(Protocol):
    """The secret key of the log, which lives outside the database."""

    def public_key(self) -> bytes | None:
        """The 32-byte Ed25519 public key, or None where there is no key yet."""

    def create(self) -> bytes:
        """Make the first key, or find it when another process was faster; its public key."""

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message. Raises CannotSign without a key."""

    def prepare(self) -> bytes:
        """Make the key that will follow, or find it when it was made before; its public key."""

    def prepared(self) -> bytes | None:
        """The public key of the prepared one, or None."""

    def sign_prepared(self, message: bytes) -> bytes:
        """The signature of the prepared key."""

    def activate(self) -> None:
        """The prepared key takes the place of the other, which is destroyed."""


class OwnRecords(Protocol):
    """The signer's own memory, in files outside the database, so that it notices when the database goes back."""

    def high_water(self) -> bytes | None:
        """The note of the largest checkpoint ever published, or None before the first."""

    def publish(self, note: bytes) -> None:
        """Remember durably that this checkpoint is out, unless a larger one is: after a crash it comes late.

        Raises CannotSign when another root was published for the same size.
        """

    def open_log(self, origin: str) -> None:
        """Set aside what is remembered of another log: it was closed."""

    def published(self) -> Iterator[bytes]:
        """Every checkpoint that was published, in order."""
