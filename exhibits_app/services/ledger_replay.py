"""After a restore older than what was signed: the entries that the database lacks are put back from the mirror."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..domain import disclosure, note
from ..domain.chain import Link, verify_link
from ..domain.checkpoint import Checkpoint, parse_text
from ..domain.clocks import NOTHING_OWED, owed
from ..domain.entry import ZERO, Entry, SystemEntry, leaf_hash, parse_any
from ..domain.erasure import completed, in_place_of
from ..domain.errors import ChangedMeanwhile, MirrorDoesNotFit, NoAlarm
from ..domain.events import Event, Seized, SplitOff, from_facts
from ..domain.fold import fold
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import CompactRange
from ..domain.show import iso
from . import ledger_erasure, ledger_sign, ledger_tree, replayed_tables
from .context import Services
from .ports import Held, Work
from .ports.copies import Copy, Mirror, PutBack
from .ports.ledger_tree import Signed, TreeState, Waiting


@dataclass(slots=True)
class Replayed:
    """What was put back: how many entries, of which exhibits; which cases and places only their entries tell of."""

    entries: int = 0
    exhibits: list[int] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def replay(services: Services, mirror: Mirror, reason: str) -> Replayed:
    """Put back what the mirror holds and the database lacks, prove it against everything signed, and end the alarm.

    All of it is kept or nothing. Raises NoAlarm, MirrorDoesNotFit, MirrorUnusable; the ledger stays read-only then.
    """
    erased = ledger_erasure.erased_digests(services)
    mark = ledger_sign.high_water(services.signing) if services.signing else None

    def change(work: Work) -> Replayed:
        alarm = work.checkpoints.alarm()
        if alarm is None:
            raise NoAlarm
        work.tree.lock()
        origin = work.ledger.origin()
        state, signed = _fitting(work, mirror, origin, mark)
        done = Replayed()
        copies = [_without(one, erased) for one in mirror.copies(origin, state.size)]
        _put_back(services, work, copies, done)
        _grow(work, services, copies, state)
        _remember(work, copies, signed)
        _prove(work, mark)
        work.checkpoints.clear_alarm()
        told: dict[str, object] = {"alarm": alarm.code, "raised": iso(alarm.at), "reason": reason}
        ledger_tree.append(work, services, "incident", told | {"replayed": len(copies)})
        return done

    try:
        return services.store.write(change)
    except ChangedMeanwhile as fork:
        raise MirrorDoesNotFit(
            "the database holds other entries in the same places, recorded since it forked"
        ) from fork
    except LedgerFault as fault:
        raise MirrorDoesNotFit(str(fault).rstrip(".")) from fault


def _fitting(
    work: Work, mirror: Mirror, origin: str, mark: Checkpoint | None
) -> tuple[TreeState, dict[int, tuple[bytes, bytes]]]:
    """The tree's state and the mirror's checkpoints (root and note by size), once the mirror is the same log's
    continuation and holds everything that was ever signed."""
    state = ledger_tree.check_edge(work)
    notes = [(parse_text(note.parse(raw)[0]), raw) for raw in mirror.checkpoints(origin)]
    signed = {said.size: (said.root, raw) for said, raw in notes}
    wanted = {size: root for size, (root, _) in signed.items()}
    if mark is not None:
        wanted[mark.size] = mark.root
    edge = CompactRange()
    for body in mirror.bodies(origin):
        _same(edge, state, wanted)
        edge.append(leaf_hash(body))
    _same(edge, state, wanted)
    most = max([state.size, *wanted])
    if edge.size < most:
        raise MirrorDoesNotFit(f"the mirror holds {edge.size:,} entries, and {most:,} were recorded or signed")
    return state, signed


def _same(edge: CompactRange, state: TreeState, wanted: dict[int, bytes]) -> None:
    if edge.size == state.size and edge.root() != state.root and state.size:
        raise MirrorDoesNotFit(f"its first {state.size:,} entries are not those of the database")
    if edge.size in wanted and edge.size and wanted[edge.size] != edge.root():
        raise MirrorDoesNotFit(f"its first {edge.size:,} entries are not what was signed at that size")


def _without(copy: Copy, erased: frozenset[str]) -> Copy:
    told = tuple("" if one and disclosure.digest(one) in erased else one for one in copy.disclosures)
    return Copy(copy.index, copy.body, told)


def _put_back(services: Services, work: Work, copies: Sequence[Copy], done: Replayed) -> None:
    """The entries, and every state that follows from them."""
    there = work.copies.waiting()
    lacking = [one for one in copies if leaf_hash(one.body) not in there]
    chains: dict[int, list[Copy]] = defaultdict(list)
    for one in lacking:
        entry = parse_any(one.body)
        if isinstance(entry, Entry):
            verify_link(Link(one.body, leaf_hash(one.body), [told for told in one.disclosures if told]), entry.seq)
            chains[entry.ex].append(one)
    events = {number: _events(number, some) for number, some in chains.items()}
    replayed_tables.before(work, events.values(), done.cases, done.places)
    known = set(work.items.hold_all(events))
    now = services.clock.now()
    policy = work.policies.current(now)
    for number in sorted(set(events) - known):
        _add_item(work, number, events[number])
    work.copies.put_back([_entry(one) for one in lacking])
    for number in sorted(events):
        held = _folded(work, number)
        work.items.replace_projection(held, owed(held.exhibit, policy) if held.exhibit else NOTHING_OWED)
    replayed_tables.after(services, work, events.values())
    work.copies.raise_register(max(events, default=0))
    done.entries, done.exhibits = len(lacking), sorted(events)


def _add_item(work: Work, number: int, events: Sequence[Event]) -> None:
    """An item that the database has never seen: its state is folded again once its entries are there."""
    if not isinstance(events[0].body, Seized | SplitOff):
        raise MirrorDoesNotFit(f"exhibit {number} is not in the register, and the mirror does not begin its history")
    work.items.add(Held(number, fold(events), 0, ZERO, is_new=True), NOTHING_OWED)


def _folded(work: Work, number: int) -> Held:
    entries = work.ledger.of_item(number)
    return Held(number, fold(work.ledger.events_of(number)), len(entries), entries[-1].leaf_hash.hex())


def _events(number: int, copies: Sequence[Copy]) -> list[Event]:
    entries = [(entry, one) for one in copies if isinstance(entry := parse_any(one.body), Entry)]
    kept = in_place_of((entry.type, [told for told in one.disclosures if told]) for entry, one in entries)
    return [
        from_facts(number, entry.seq, entry.type, entry.at, _read(entry, one, kept.get(entry.seq, {})))
        for entry, one in entries
    ]


def _read(entry: Entry, copy: Copy, kept: dict[str, object]) -> dict[str, object]:
    """The facts of an entry; what was erased after the mirror's last copy has its entry logged again only later."""
    facts = _facts(copy) | kept
    return facts if len(facts) == len(entry.det) else completed(entry.type, facts)


def _facts(copy: Copy) -> dict[str, object]:
    return {said.name: said.value for said in (disclosure.read(one) for one in copy.disclosures if one)}


def _entry(copy: Copy) -> PutBack:
    entry = parse_any(copy.body)
    leaf, at = leaf_hash(copy.body), datetime.fromisoformat(entry.at)
    if isinstance(entry, SystemEntry):
        return PutBack(copy, leaf, entry.type, at)
    facts = _facts(copy)
    return PutBack(copy, leaf, entry.type, at, entry.ex, entry.seq, str(facts["id"]), str(facts["act"]))


def _grow(work: Work, services: Services, copies: Sequence[Copy], state: TreeState) -> None:
    """Every entry takes the place in the tree that the mirror says it had."""
    ids = work.copies.waiting()
    leaves = [leaf_hash(one.body) for one in copies]
    for start in range(0, len(leaves), ledger_tree.BATCH):
        taken = [Waiting(ids[leaf], leaf) for leaf in leaves[start : start + ledger_tree.BATCH]]
        state = ledger_tree.grow(work, taken, state, services.clock.now())


def _remember(work: Work, copies: Iterable[Copy], signed: dict[int, tuple[bytes, bytes]]) -> None:
    """Keys, anchors and checkpoints that went with the entries."""
    last = work.checkpoints.last()
    times = {one.index + 1: parse_any(one.body) for one in copies}
    for size, (root, raw) in sorted(signed.items()):
        if size in times and (last is None or size > last.size):
            work.checkpoints.keep(Signed(size, root, raw, datetime.fromisoformat(times[size].at)))
    known = {key.key for key in work.checkpoints.all_keys()}
    for size, entry in times.items():
        if isinstance(entry, SystemEntry):
            replayed_tables.system_entry(work, entry, size, known)


def _prove(work: Work, mark: Checkpoint | None) -> None:
    """Raises a LedgerFault unless everything signed holds and every entry hashes to its leaf."""
    state = ledger_sign.check_growth(work, work.checkpoints.last(), mark)
    ledger_tree.check_entries(work, 0, state.size)
