"""Proving the projections: every state computed anew from the ledger, compared with what is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from ..domain.chain import Head, Link, verify_chain
from ..domain.clocks import NOTHING_OWED, next_stage, owed
from ..domain.entry import ZERO
from ..domain.erasure import ErasedWithoutEntry, lacking
from ..domain.events import Event
from ..domain.fold import fold
from ..domain.ledger_faults import LedgerFault
from ..domain.policy import Policy
from . import beside_ledger, made, submission_marks
from .context import Services
from .ports import Held, StoredEntry, Work

PAGE = 500  # Items whose entries are read at once.


@dataclass(slots=True)
class Outcome:
    """What a rebuild or a verification found. `faults` are sentences; `differing` items can be written anew."""

    items: int = 0
    entries: int = 0
    erased: int = 0
    differing: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Against:
    """What items are compared with, besides their entries: the policy and the moment, and the logs that were closed."""

    policy: Policy
    now: datetime
    closed: Sequence[str]


def rebuild(services: Services, *, write: bool, progress: Callable[[int], None] = lambda _done: None) -> Outcome:
    """Fold every item from its entries and compare; with `write`, replace the projections that differ.

    An item whose chain does not verify keeps its state: what was tampered with is not made the truth.
    """
    outcome = Outcome()
    after = 0
    while True:
        with services.store.read() as work:
            numbers = work.items.register_numbers(after, PAGE)
            # After the first question: what is seen was written before this moment, the alert job's rounds included.
            now = services.clock.now()
            policy = work.policies.current(now)
            _missing(after, numbers or [work.items.count() + 1], numbers, outcome)
            _compare_all(work, numbers, _Against(policy, now, work.closed_logs.origins()), outcome)
        if not numbers:
            return outcome
        if write and (wrong := sorted(set(outcome.differing) & set(numbers))):
            services.store.write(partial(_replace, numbers=wrong, policy=policy))
        after = numbers[-1]
        progress(outcome.items)


def verify_chains(services: Services, progress: Callable[[int], None] = lambda _done: None) -> Outcome:
    """Check every item's chain: bytes canonical and hashing to their leaf, disclosures matching, links holding."""
    outcome = Outcome()
    after = 0
    while True:
        with services.store.read() as work:
            numbers = work.items.register_numbers(after, PAGE)
            _missing(after, numbers or [work.items.count() + 1], numbers, outcome)
            closed, entries = work.closed_logs.origins(), work.ledger.of_items(numbers)
            for number in numbers:
                _verify(work, number, _verified(number, entries.get(number, []), closed, outcome), outcome)
        if not numbers:
            return outcome
        after = numbers[-1]
        progress(outcome.items)


def _missing(after: int, until: list[int], numbers: list[int], outcome: Outcome) -> None:
    """The series is gapless: what is not there, up to the last of `until`, was taken out."""
    for number in sorted(set(range(after + 1, until[-1])) - set(numbers)):
        outcome.faults.append(f"Property reference {number} is missing from the register.")


def _compare_all(work: Work, numbers: Sequence[int], against: _Against, outcome: Outcome) -> None:
    entries = work.ledger.of_items(numbers)
    named = beside_ledger.Named()
    for number in numbers:
        mine = entries.pop(number, [])
        if _verified(number, mine, against.closed, outcome) is None:
            continue
        events = work.ledger.told(mine)
        held = _folded(number, mine, events)
        _compare(work, held, events, against, outcome)
        if held.exhibit:
            named.add(held.exhibit, events)
    outcome.faults += beside_ledger.faults(work, named)


def _compare(work: Work, held: Held, events: Sequence[Event], against: _Against, outcome: Outcome) -> None:
    number, exhibit, policy = held.register_no, held.exhibit, against.policy
    due = owed(exhibit, policy) if exhibit else NOTHING_OWED
    wrong = work.items.differing(held, due, next_stage(exhibit, policy, against.now) if exhibit else None)
    if work.decisions.of_item(number) != made.told(work, events):
        wrong.append("decision_made")
    if submission_marks.differ(work, number):
        wrong.append("submission")
    if wrong:
        outcome.differing.append(number)
        outcome.faults.append(
            f"What is kept of property reference {number} is not what its entries say: {', '.join(wrong)}."
        )


def _replace(work: Work, numbers: list[int], policy: Policy) -> None:
    for number in numbers:
        entries = work.ledger.of_items([number])[number]
        held = _folded(number, entries, work.ledger.told(entries))
        work.items.replace_projection(held, owed(held.exhibit, policy) if held.exhibit else NOTHING_OWED)
        made.keep_anew(work, number)
        submission_marks.make_anew(work, number)


def _folded(number: int, entries: Sequence[StoredEntry], events: Sequence[Event]) -> Held:
    head = entries[-1].leaf_hash.hex() if entries else ZERO
    return Held(number, fold(events), len(entries), head)


def _verified(number: int, entries: Sequence[StoredEntry], closed: Sequence[str], outcome: Outcome) -> Head | None:
    """Where the item's chain ends, or None with a fault: it is broken, or lacks values that a state needs."""
    links = [Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries]
    outcome.items += 1
    outcome.entries += len(links)
    try:
        head = verify_chain(links, closed)
        gone = lacking(links)
    except LedgerFault as fault:
        outcome.faults.append(f"Property reference {number}: {fault}")
        return None
    for position, digest in gone.missing:
        outcome.faults.append(f"Property reference {number}: {ErasedWithoutEntry(position, digest)}")
    outcome.erased += gone.erased
    return None if gone.missing else head


def _verify(work: Work, number: int, head: Head | None, outcome: Outcome) -> None:
    kept = work.items.hold(number)
    if head is None:
        return
    if head.ex != number or head.count != kept.seq or head.leaf_hash != kept.head:
        outcome.faults.append(f"Property reference {number}: the chain ends elsewhere than the register says.")
