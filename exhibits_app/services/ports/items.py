"""Items with their state, and the ledger's entries behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.clocks import Owed
from ...domain.events import Event
from ...domain.exhibit import Exhibit


@dataclass(slots=True)
class Held:
    """An item's state with the head of its chain, locked until the transaction ends.

    `seq` is the number of entries so far; `head` the hex leaf hash of the last, 64 zeros before the first;
    `is_new` until the item is first kept.
    """

    register_no: int
    exhibit: Exhibit | None
    seq: int
    head: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry about to be kept, with its disclosures in the order of their facts."""

    register_no: int
    seq: int
    type: str
    event_id: str
    act_id: str
    at: datetime
    leaf_hash: bytes
    body: bytes
    disclosures: Sequence[str]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as kept: the very bytes that were hashed."""

    id: int
    register_no: int
    seq: int
    type: str
    event_id: str
    act_id: str
    leaf_hash: bytes
    body: bytes
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item on a list: its state, and the deadline that comes first."""

    exhibit: Exhibit
    due_at: datetime | None
    due_kind: str | None


@dataclass(frozen=True, slots=True)
class Advised:
    """An item with recommendations that nobody answered, the oldest of which waits `since` then."""

    item: ListedItem
    since: datetime


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photograph whose bytes are in the files: `taken_at` and `camera` are its own word."""

    sha256: str
    media_type: str
    width: int
    height: int
    size: int
    name: str
    added_at: datetime
    added_by: int
    caption: str = ""
    taken_at: datetime | None = None
    camera: str | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """How a list of items is narrowed; None where it is not.

    `of_custody` asks for the deadlines of custody instead of those of decisions; `kind` for those of one clock.
    """

    store: int | None = None
    team: int | None = None
    oic: int | None = None
    category: str | None = None
    case: int | None = None
    holder: int | None = None
    kind: str | None = None
    of_custody: bool = False


class Items(Protocol):
    """Every item ever registered, by register number."""

    def next_register_no(self) -> int:
        """The next number of the gapless series, taken when the transaction commits."""

    def hold(self, register_no: int) -> Held:
        """The item, locked. Raises NotFound."""

    def hold_all(self, register_nos: Iterable[int]) -> dict[int, Held]:
        """The items, locked in ascending order so that two callers cannot wait for each other."""

    def add(self, held: Held, owed: Owed) -> None:
        """Keep a new item. Raises ReferenceTaken through its caller's check; ChangedMeanwhile on a race."""

    def save_all(self, changed: Sequence[tuple[Held, Owed]]) -> None:
        """Keep the new states of items and the heads of their chains, in one round trip where the driver can."""

    def save_deadlines(self, changed: Sequence[tuple[int, Owed]]) -> None:
        """Keep what is owed about these held items, and nothing else of them."""

    def begun_before(self, latest: Mapping[str, tuple[datetime | None, datetime | None]]) -> dict[str, int]:
        """How many items of each category were seized so early that they are overdue under other time limits.

        For each category: the latest seizure of what is undecided, and of what is to be submitted; None where that
        does not become overdue. Items without any deadline now are not counted.
        """

    def find(self, register_no: int) -> ListedItem:
        """The item. Raises NotFound."""

    def in_case(self, case: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items of a case by register number, those after `after`."""

    def at_place(self, place: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items recorded at exactly this place."""

    def in_store(self, store: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this store holds."""

    def offered_to(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items on offer to this person, by register number."""

    def offered_by(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this person offered and nobody answered for, by register number."""

    def held_by(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this person holds, alone or with another, by register number."""

    def held_by_leavers(self, team: int | None = None, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that somebody holds who has left, of all cases or of one team's."""

    def due_before(
        self, at: datetime, wanted: ItemLine, after: tuple[datetime, int] | None = None, limit: int = 50
    ) -> list[ListedItem]:
        """Items whose first deadline lies before `at`, the longest overdue first."""

    def due_counts(self, at: datetime, wanted: ItemLine, edges: Sequence[datetime]) -> list[int]:
        """How many fell due in each span back from `at`: to the first of the descending `edges`, between them, before.

        One count more than edges. A span is counted to 10,000 and no further.
        """

    def advised(self, wanted: ItemLine, after: tuple[datetime, int] | None = None, limit: int = 50) -> list[Advised]:
        """Items with a recommendation that nobody answered, the longest waiting first, those after `after`."""

    def advised_count(self, wanted: ItemLine) -> int:
        """How many items of the same list there are, counted to 10,000 and no further."""

    def references(self, case: int) -> list[tuple[int, str]]:
        """Producer id and exhibit reference of every item in the case."""

    def seals_used(self, seals: Sequence[str]) -> set[str]:
        """Those of these seals that were recorded on an item."""

    def seal_user(self, seal: str) -> int | None:
        """The register number of the item that this seal was recorded on, or None."""

    def use_seal(self, seal: str, register_no: int, at: datetime) -> None:
        """Record the seal as used by the item, for ever."""

    def add_photo(self, register_no: int, photo: Photo) -> None:
        """Keep what is known of a photograph whose bytes are in the files."""

    def photos(self, register_no: int) -> list[Photo]:
        """What is known of the item's photographs, oldest first."""

    def search(self, text: str, limit: int = 50) -> list[ListedItem]:
        """Items whose seal, code or property reference is this text, then those whose reference begins with it."""

    def told(self, text: str, before: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items with all of these words, words that begin so or mean the same, newest first; numbers below `before`."""

    def register_numbers(self, after: int = 0, limit: int = 1_000) -> list[int]:
        """Register numbers in ascending order, those after `after`."""

    def count(self) -> int:
        """The highest register number: the series is gapless."""

    def projection(self, register_no: int) -> dict[str, object]:
        """Every projected column of the item, for proving a rebuild equal."""

    def differing(self, held: Held, owed: Owed, next_stage: datetime | None = None) -> list[str]:
        """The names of projected columns that are not what this state makes them. Raises NotFound.

        `next_stage` is when the item is to be looked at, at the latest; None where no stage is to come.
        """

    def replace_projection(self, held: Held, owed: Owed) -> None:
        """Write the projection anew from a folded state."""


class Ledger(Protocol):
    """The append-only entries."""

    def origin(self) -> str:
        """The ledger's origin: its name in every entry."""

    def append(self, entries: Sequence[NewEntry]) -> None:
        """Keep the entries, their disclosures and their pending rows. Raises ChangedMeanwhile on a fork."""

    def of_item(self, register_no: int, after: int = -1, limit: int = 10_000) -> list[StoredEntry]:
        """The item's entries by position, those after `after`."""

    def of_items(self, register_nos: Sequence[int]) -> dict[int, list[StoredEntry]]:
        """All entries of each of these items by position; an item without any is missing."""

    def events_of(self, register_no: int) -> list[Event]:
        """The item's events, read from its entries and disclosures, by position."""

    def told(self, entries: Sequence[StoredEntry]) -> list[Event]:
        """The same, of all the entries of an item."""

    def known_events(self, event_ids: Sequence[str]) -> dict[str, int]:
        """The register numbers of those of these events that are on record."""

    def size(self) -> int:
        """The number of entries."""
