"""Plays 90 days of the invented force, in order of time, through the services that people use."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from .. import blank_labels
from ..blank_labels import OrderForm
from ..context import Services
from ..ports import OperatorSession
from .cast import Cast, engage
from .story import Story
from .submitted import send_away

PASSWORD = "exhibits demonstration"  # noqa: S105 - told to everyone on the sign-in page of a demonstration
PIN = "482915"
NAMES = (
    ("officer1", "an officer of CID North: cases, items, labels"),
    ("supervisor1", "a detective sergeant: the overdue board, decisions"),
    ("inspector1", "a detective inspector: decisions on deaths and sexual offences"),
    ("superintendent", "a superintendent of the whole force: sets its time limits"),
    ("store1a", "store staff in Ilford: scanning, what the store holds"),
    ("submissions", "the forensic submissions unit"),
    ("auditor", "an independent auditor"),
    ("standards", "professional standards: reads silently, sees who read what"),
    ("admin", "the administrator: people, devices, places"),
)
DAYS = 90
SEED = 20_260_101
LAST = timedelta(minutes=30)  # Before the present: what is built by steps at the end of the play fits in here.


@dataclass
class PlayedClock:
    """The clock of the play."""

    at: datetime

    def now(self) -> datetime:
        """The moment being played."""
        return self.at


@dataclass
class SeededIds:
    """UUIDv7 ids and bytes from a seed, so that a demonstration can be made again just so."""

    clock: PlayedClock
    chance: Random
    turn: "count[int]" = field(default_factory=count)

    def event_id(self) -> str:
        """A UUIDv7 of the moment being played."""
        millis = int(self.clock.at.timestamp() * 1000)
        low = (0b10 << 62) | (self.chance.getrandbits(30) << 32) | (next(self.turn) & 0xFFFFFFFF)
        return str(UUID(int=(millis << 80) | (0x7 << 76) | (self.chance.getrandbits(12) << 64) | low))

    def random(self, size: int) -> bytes:
        """So many bytes of the seed's series."""
        return self.chance.randbytes(size)


@dataclass
class Play:
    """What is still to happen, by time."""

    services: Services
    clock: PlayedClock
    cast: Cast
    chance: Random
    plans: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)
    sequences: dict[int, int] = field(default_factory=dict)
    turns: dict[tuple[int, int], OperatorSession] = field(default_factory=dict)

    def at(self, moment: datetime, happens: Callable[[], None]) -> None:
        """Plan something; what lies in the future does not happen."""
        heapq.heappush(self.plans, (moment, next(self.order), happens))

    def run(self, until: datetime, progress: Callable[[], None]) -> None:
        """Let everything happen in its order until then."""
        while self.plans and self.plans[0][0] < until:
            moment, _, happens = heapq.heappop(self.plans)
            self.clock.at = max(self.clock.at + timedelta(milliseconds=1), moment)
            happens()
            progress()

    def turn(self, store: int) -> str:
        """The turn of one of the store's staff at its device."""
        person = self.chance.choice(self.cast.staff[store])
        return self.turn_of(store, person.id)

    def turn_of(self, store: int, person: int) -> str:
        """The live turn of this person at the store's device, begun anew when the last one has run out."""
        now = self.clock.at
        live = self.turns.get((store, person))
        if live is not None and live.expires_at > now:
            return live.id
        session = OperatorSession(
            self.services.ids.event_id(),
            self.cast.devices[store].id,
            person,
            now,
            now,
            now + self.services.limits.turn_length,
        )
        self.services.store.write(lambda work: work.devices.start_turn(session))
        self.turns[store, person] = session
        return session.id

    def sequence(self, device: int) -> int:
        """The device's next running number."""
        self.sequences[device] = self.sequences.get(device, 0) + 1
        return self.sequences[device]


def fill(services: Services, items: int, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Fill an empty store with so many items in a tenth as many cases; gives how many items there are."""
    end = services.clock.now()
    start = (end - timedelta(days=DAYS)).replace(hour=6, minute=0, second=0, microsecond=0, tzinfo=UTC)
    clock = PlayedClock(start)
    chance = Random(SEED)  # noqa: S311 - invented data, not secrets
    with services.store.bulk() as store:
        played = replace(services, store=store, clock=clock, ids=SeededIds(clock, chance), read_labels_back=False)
        cast = engage(played, chance, start, services.hasher.hash(PASSWORD), services.hasher.hash(PIN))
        play = Play(played, clock, cast, chance)
        story = Story(play, items)
        story.plan(start, end)
        play.run(end - LAST, lambda: progress(story.registered, items))
        clock.at = max(clock.at, end - LAST)
        send_away(played, cast, lambda: _tick(clock))
        _print_ahead(played, clock, cast, end)
    return story.registered


def _tick(clock: PlayedClock) -> None:
    clock.at += timedelta(seconds=90)


def _print_ahead(services: Services, clock: PlayedClock, cast: Cast, end: datetime) -> None:
    """Blank labels for two scene kits: one that nobody accounted for in time, and a fresh one."""
    officer = cast.officers[0]
    for days, purpose in ((40, "Scene kit 1"), (2, "Scene kit 2")):
        clock.at = end - timedelta(days=days)
        number = blank_labels.order(services, officer, OrderForm(21, "L7160", purpose))
        blank_labels.print_series(services, officer, number)
    blank_labels.declare(services, officer, 1, "3-4", "lost", "Left on the roof of the car")
    blank_labels.declare(services, officer, 1, "1", "void", "Torn off the sheet")
    clock.at = end
