"""What a force is made from: its size, a seed and a moment; and what follows from these alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from exhibits_app.domain.people import PersonRef
from exhibits_app.domain.places import PlaceRef
from labels.payload import CodeType, issue

ORIGIN = "exhibits.example/force"
EVENTS = 10  # Of each item but the first.
BLOCK = 1_000  # Items that are made together, and whose entries are mixed in the order of their times.
ITEMS_A_CASE = 10
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
_FORTY_BITS = 1 << 40
_STEP = 675_297_811_331  # Odd, so that every item has another code, and far from its neighbour's.


@dataclass(frozen=True, slots=True)
class Plan:
    """`open_share` of the items have no decision yet; all were seized over the last `days` before `now`.

    The first item has `long` events, for the pages that show a long history.
    """

    items: int
    seed: int = 1
    open_share: float = 0.2
    days: float = 700
    long: int = 1_000
    now: datetime = NOW

    @property
    def blocks(self) -> int:
        """How many blocks there are; the last may be smaller."""
        return -(-self.items // BLOCK)

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return -(-self.items // ITEMS_A_CASE)

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return self.first_entry(self.items + 1) - 1

    def first_entry(self, number: int) -> int:
        """How many entries the items before this one have, and one more."""
        return (number - 1) * EVENTS + 1 + (self.long - EVENTS if number > 1 else 0)

    def numbers(self, block: int) -> range:
        """The register numbers of a block, which count from 0."""
        return range(block * BLOCK + 1, min((block + 1) * BLOCK, self.items) + 1)

    def chance(self, number: int | str) -> Random:
        """What decides about one item, or about something else that has a name."""
        return Random(f"{self.seed}:{number}")

    def seized(self, number: int) -> datetime:
        """Items are numbered in the order of their seizure."""
        return self.now - timedelta(days=self.days * (self.items + 1 - number) / self.items, hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who and what there was before the first item."""

    supervisor: PersonRef
    officers: tuple[PersonRef, ...]
    teams: tuple[int, ...]
    transit: tuple[PlaceRef, ...]
    shelves: tuple[PlaceRef, ...]
    carrier: PlaceRef
    device: tuple[int, str] = field(default=(1, "Bench 1"))


def case_of(number: int) -> int:
    """The case of an item."""
    return (number - 1) // ITEMS_A_CASE + 1


def code_of(number: int) -> str:
    """The code on the item's label; no two have the same."""
    return issue(CodeType.ITEM, lambda size: (number * _STEP % _FORTY_BITS).to_bytes(size, "big"))


@dataclass(slots=True)
class PlannedIds:
    """Ids and salts out of a seed: the same again for the same plan, and never to be used for real data."""

    chance: Random
    times: Iterator[int] | None = None

    def event_id(self) -> str:
        """A UUIDv7 of the millisecond zero."""
        return uuid(0, self.chance)

    def random(self, size: int) -> bytes:
        """Bytes that the seed knows."""
        return self.chance.randbytes(size)


def uuid(milliseconds: int, chance: Random) -> str:
    """A UUIDv7 (RFC 9562) of this millisecond since 1970."""
    low = chance.getrandbits(74)
    high = milliseconds << 16 | 0x7000 | low >> 62
    rest = 1 << 63 | low & (1 << 62) - 1
    text = f"{high:016x}{rest:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
