"""When nothing fits what was signed any more: the log is closed as it is, and a new one is opened.

The closed log is never signed again. The new log's first entry is the `incident`: which log was closed, how far its
entries fit what it signed, what of it is lost, and where every chain stood. Chains go on in the new log.
"""

from dataclasses import dataclass

from ..domain.checkpoint import Checkpoint
from ..domain.entry import build_system_entry, leaf_hash
from ..domain.errors import CannotSign, NoAlarm
from ..domain.merkle import HASH_BYTES, CompactRange
from ..domain.note import ED25519, VerifierKey
from ..domain.register_tree import RegisterTree
from ..domain.show import iso
from ..domain.succession import Carried, Succession, TreeHead
from . import ledger_sign
from .context import Services, Signing
from .ledger_heads import without_gaps
from .ledger_tree import PAGE
from .ports import Work
from .ports.closed_logs import ClosedLog
from .ports.ledger_tree import Alarm, Signed, SystemBody

EVERY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Opened:
    """The new log, its first key, and what its first entry says of the closed one."""

    origin: str
    key: str
    succession: Succession


def open_new(services: Services, reason: str, name: str = "") -> Opened:
    """Close the log of this instance and open another, named `name` or like the old one with a number behind it.

    `reason` stands in the new log for ever and names nobody. Cut off before the new key's file takes its place, it is
    finished at the next start. Raises NoAlarm while the ledger is not read-only, CannotSign, and a
    LedgerFault for a name that no log can have.
    """
    signing = services.signing
    if signing is None:
        raise CannotSign("there is no key to sign the new log with")
    published = _published(signing)
    public, chance = signing.keys.prepare(), services.ids.random(4).hex()

    def change(work: Work) -> Opened:
        work.tree.lock()
        alarm = work.checkpoints.alarm()
        if alarm is None:
            raise NoAlarm
        closed = _closed(services, work, published)
        if name in {closed.origin, *work.closed_logs.origins()}:
            raise CannotSign(f"there was a log called {name} before")
        origin = name or _successor(closed.origin, len(work.closed_logs.all()), chance)
        key = str(VerifierKey(origin, ED25519, public))
        fits = ledger_sign.read(closed.note) if closed.note else None
        work.closed_logs.close(closed, origin)
        tree = RegisterTree(without_gaps(work.closed_logs.carried()))
        succession = Succession(
            closed.origin,
            TreeHead(closed.size, closed.root),
            TreeHead(fits.size, fits.root) if fits else None,
            _largest(published),
            Carried(tree.exhibits, tree.root()),
        )
        _begin(services, work, origin, key, _told(alarm, reason) | succession.data())
        return Opened(origin, key, succession)

    opened = services.store.write(change)
    signing.keys.activate()
    signing.records.open_log(opened.origin)
    return opened


def _begin(services: Services, work: Work, origin: str, key: str, told: dict[str, object]) -> None:
    """The first two entries: the incident, and the key that signs from now on."""
    now = services.clock.now()
    for kind, data in (("incident", told), ("key", {"key": key})):
        body = build_system_entry(at=iso(now), data=data, log=origin, type=kind)
        work.tree.append(SystemBody(kind, now, leaf_hash(body), body))
    work.checkpoints.add_key(key, 0, now)


def _told(alarm: Alarm, reason: str) -> dict[str, object]:
    return {"alarm": alarm.code, "raised": iso(alarm.at), "reason": reason}


def _closed(services: Services, work: Work, published: list[tuple[Checkpoint, bytes]]) -> ClosedLog:
    """The open log as it is found, those that wait at its end. What it signed is looked for in its own files too."""
    kept = [(ledger_sign.read(one.note), one.note) for one in _kept(work)]
    notes = {said.size: (said.root, raw) for said, raw in (*published, *kept) if said.origin == work.ledger.origin()}
    fits, edge = b"", CompactRange()
    work.closed_logs.place_waiting()
    start = 0
    while page := work.tree.entries(start, PAGE):
        for logged in page:
            while edge.size < logged.index:  # Of an entry that is gone nothing is known.
                edge.append(bytes(HASH_BYTES))
            edge.append(leaf_hash(logged.body))
            root, raw = notes.get(edge.size, (b"", b""))
            fits = raw if root == edge.root() else fits
        start = page[-1].index + 1
    return ClosedLog(0, work.ledger.origin(), edge.size, edge.root(), fits, services.clock.now())


def _kept(work: Work) -> list[Signed]:
    found = (work.checkpoints.at_size(size) for size in work.checkpoints.sizes(EVERY))
    return [one for one in found if one is not None]


def _published(signing: Signing) -> list[tuple[Checkpoint, bytes]]:
    mark = signing.records.high_water()
    return [(ledger_sign.read(raw), raw) for raw in (*signing.records.published(), *([mark] if mark else []))]


def _largest(published: list[tuple[Checkpoint, bytes]]) -> TreeHead | None:
    if not published:
        return None
    largest = max((said for said, _ in published), key=lambda said: said.size)
    return TreeHead(largest.size, largest.root)


def _successor(origin: str, closed_before: int, chance: str) -> str:
    """A name that no log ever had: the old one's stem, a number, and chance, should a backup be opened twice."""
    stem = origin.rsplit("~", 1)[0]
    return f"{stem}~{closed_before + 2}-{chance}"
