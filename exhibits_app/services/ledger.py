"""The ledger as a whole, for those who look after it and those who check it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain import paper
from ..domain.errors import NotFound
from ..domain.people import Action, Person, require
from ..domain.show import day_and_time, how_long
from . import ledger_outside
from .context import Services
from .ports import Work
from .ports.ledger_tree import Alarm, Anchor, LogKey, Signed

# Older than this, something that runs every minute does not run.
WAITS_TOO_LONG = timedelta(minutes=15)
# So many of the newest anchors are looked through for those of the checkpoints on a page.
ANCHORS = 1_000


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """The ledger's name in every entry, how far it is signed, who holds copies, and whether it may be written.

    `entries` includes those that are not in the tree yet, the oldest of them recorded at `waiting_since`; `keys` are
    oldest first; `outside` says whether all witnesses and authorities that are set up keep up, and what each did.
    """

    origin: str
    entries: int
    items: int
    in_tree: int
    now: datetime
    waiting_since: datetime | None
    checkpoint: Signed | None
    keys: list[LogKey]
    anchor: Anchor | None
    alarm: Alarm | None
    outside: tuple[bool, str] | None = None

    @property
    def unsigned(self) -> int:
        """How many entries no checkpoint covers."""
        return self.entries - (self.checkpoint.size if self.checkpoint else 0)

    @property
    def unanchored(self) -> int:
        """How many entries could be rewritten by whoever holds database and key, without anybody outside noticing."""
        return self.entries - (self.anchor.size if self.anchor else 0)

    @property
    def short_root(self) -> str:
        """The first 16 digits of the signed root in groups of four, to compare with print by eye."""
        return paper.short(self.checkpoint.root) if self.checkpoint else ""

    @property
    def waits_too_long(self) -> bool:
        """Whether the integrator seems not to run."""
        return self.waiting_since is not None and self.now - self.waiting_since > WAITS_TOO_LONG


def facts(services: Services, by: Person) -> LedgerFacts:
    """What the ledger holds at this moment. Raises NoRight."""
    require(by, Action.SEE_LEDGER)
    with services.store.read() as work:
        return look(services, work)


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """A checkpoint on the list: its size, the short form of its root, when it was signed, and who holds it outside."""

    size: int
    short_root: str
    at: datetime
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """Checkpoints, largest first; `below` is where the next page begins, None on the last."""

    lines: list[CheckpointLine]
    below: int | None


def checkpoints(services: Services, by: Person, below: int | None = None, limit: int = 20) -> CheckpointPage:
    """The checkpoints of a size below this one, or the newest. Raises NoRight."""
    require(by, Action.SEE_LEDGER)
    with services.store.read() as work:
        found = work.checkpoints.page(below, limit + 1)
        outside: dict[int, tuple[str, ...]] = {}
        vouched = map(ledger_outside.as_anchor, work.checkpoints.attestations())
        for anchor in [*work.checkpoints.anchors(ANCHORS), *vouched]:
            outside[anchor.size] = (*outside.get(anchor.size, ()), anchor.says)
    lines = [
        CheckpointLine(one.size, paper.short(one.root), one.at, outside.get(one.size, ())) for one in found[:limit]
    ]
    return CheckpointPage(lines, lines[-1].size if len(found) > limit else None)


def checkpoint_file(services: Services, by: Person, size: int) -> bytes:
    """The signed checkpoint of this size, as the note's bytes. Raises NoRight, NotFound."""
    require(by, Action.SEE_LEDGER)
    with services.store.read() as work:
        found = work.checkpoints.at_size(size)
    if found is None:
        raise NotFound("checkpoint")
    return found.note


def look(services: Services, work: Work) -> LedgerFacts:
    """The same, for whoever runs the service."""
    return LedgerFacts(
        work.ledger.origin(),
        work.ledger.size(),
        work.items.count(),
        work.tree.state().size,
        services.clock.now(),
        work.tree.oldest_waiting(),
        work.checkpoints.last(),
        work.checkpoints.all_keys(),
        ledger_outside.newest_outside(work),
        work.checkpoints.alarm(),
        ledger_outside.well(services, work),
    )


def well(seen: LedgerFacts) -> tuple[bool, str]:
    """Whether the ledger is as it should be, and a sentence for the health page."""
    if seen.alarm:
        return False, f"READ-ONLY since {day_and_time(seen.alarm.at)}: {seen.alarm.says}"
    if seen.waits_too_long and seen.waiting_since:
        waits = how_long((seen.now - seen.waiting_since).total_seconds())
        return False, f"an entry has waited for {waits} to enter the tree; the jobs do not run"
    signed = f"signed at size {seen.checkpoint.size:,}" if seen.checkpoint else "not signed yet"
    if seen.anchor is None:
        return True, f"{signed}; nobody outside holds a checkpoint, so a rewrite of everything would not show"
    age = how_long((seen.now - seen.anchor.at).total_seconds())
    return True, f"{signed}; the newest checkpoint held outside is of {age} ago, size {seen.anchor.size:,}"
