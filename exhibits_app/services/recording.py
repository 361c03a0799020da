"""Writing an event down: its entry in the ledger, its disclosures, and the state it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.clocks import NOTHING_OWED, owed
from ..domain.disclosure import SALT_BYTES, disclose_all
from ..domain.entry import ZERO, build_entry, leaf_hash
from ..domain.events import Body, Corrected, Envelope, Event, FactWriter
from ..domain.fold import apply, fold
from ..domain.policy import Policy
from ..domain.show import iso
from . import made
from .kinds import new_seal, seal_user
from .ports import Held, Ids, NewEntry, Work


@dataclass(frozen=True, slots=True)
class Happening:
    """One event to record: the item it is about, and what happened to it."""

    held: Held
    envelope: Envelope
    body: Body


def record(work: Work, ids: Ids, policy: Policy, happenings: Sequence[Happening]) -> list[Event]:
    """Append one entry for each happening, all of one act, and keep the states they leave.

    The items must be held (locked) by this work. Each `held` is brought up to date in place.
    """
    writer = EntryWriter(ids, work.ledger.origin())
    entries: list[NewEntry] = []
    events: list[Event] = []
    anew: list[int] = []
    for position, happening in enumerate(happenings, start=1):
        event = Event(happening.held.register_no, happening.held.seq, happening.envelope, happening.body)
        group = (happening.envelope.act, position, len(happenings))
        entry = writer.entry_of(event, happening.held.head, group)
        if advance(work, happening.held, event, events):
            anew.append(event.register_no)
        happening.held.seq += 1
        happening.held.head = entry.leaf_hash.hex()
        entries.append(entry)
        events.append(event)
    _keep(work, policy, [happening.held for happening in happenings])
    work.ledger.append(entries)
    made.keep(work, events, anew)
    return events


def new_item(register_no: int) -> Held:
    """An item with no event yet: the head of its chain is 64 zeros."""
    return Held(register_no, None, 0, ZERO, is_new=True)


def advance(work: Work, held: Held, event: Event, unsaved: Sequence[Event] = ()) -> bool:
    """Bring the state up to date: one step when the event is the latest of its timeline, else a fold of all.

    Gives whether it was a fold of all. A late scan lands in the middle of the timeline; then only a fold in corrected
    order is right. `unsaved` are earlier events of this act that are not in the ledger yet.
    """
    reaches_back = isinstance(event.body, Corrected)
    if held.exhibit is None or (event.timeline_key > held.exhibit.last_key and not reaches_back):
        held.exhibit = apply(held.exhibit, event)
        return False
    mine = [other for other in unsaved if other.register_no == event.register_no]
    held.exhibit = fold([*work.ledger.events_of(held.register_no), *mine, event])
    return True


def keep_seals(work: Work, events: Sequence[Event]) -> None:
    """Record the seals that these events put on items as used, for ever; a late scan may tell of one in use."""
    for event in events:
        seal = new_seal(event.body)
        if seal and seal_user(work, seal) is None:
            work.items.use_seal(seal, event.register_no, event.envelope.recorded_at)


def _keep(work: Work, policy: Policy, held_items: Sequence[Held]) -> None:
    latest = {held.register_no: held for held in held_items}
    changed = []
    for held in latest.values():
        first = owed(held.exhibit, policy) if held.exhibit else NOTHING_OWED
        if held.is_new:
            work.items.add(held, first)
            held.is_new = False
        else:
            changed.append((held, first))
    if changed:
        work.items.save_all(changed)


class EntryWriter:
    """Makes the entries of events, one after another."""

    __slots__ = ("_facts", "_ids", "_origin")

    def __init__(self, ids: Ids, origin: str) -> None:
        """`origin` is the ledger's; `ids` gives the salts."""
        self._ids = ids
        self._origin = origin
        self._facts = FactWriter()

    def entry_of(self, event: Event, prev: str, group: tuple[str, int, int]) -> NewEntry:
        """The entry that follows `prev` (hex) in its chain; `group` is the act, the place in it, its size."""
        facts = self._facts.facts(event)
        disclosures, digests = disclose_all(facts, self._ids.random(SALT_BYTES * len(facts)))
        body = build_entry(
            at=iso(event.envelope.recorded_at),
            det=digests,
            ex=event.register_no,
            log=self._origin,
            prev=prev,
            seq=event.seq,
            type=event.kind,
            grp=group,
        )
        return NewEntry(
            event.register_no,
            event.seq,
            event.kind,
            event.envelope.id,
            event.envelope.act,
            event.envelope.recorded_at,
            leaf_hash(body),
            body,
            disclosures,
        )
