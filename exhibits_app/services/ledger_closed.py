"""Logs that were closed, checked again: their entries, what they signed, and what the open log carries over of them."""

from collections.abc import Callable, Sequence
from itertools import islice

from ..domain.entry import SystemEntry, leaf_hash, parse_any
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import CompactRange
from ..domain.note import VerifierKey
from ..domain.register_tree import RegisterTree
from ..domain.succession import read_succession
from . import ledger_sign
from .ledger_heads import without_gaps
from .ports import Work
from .ports.closed_logs import ClosedLog

Fault = Callable[[str, object], None]  # Level and sentence.


def check(work: Work, fault: Fault) -> str:
    """Tell every fault of the closed logs; in a few words what of them can be proved, empty where there are none."""
    closed = work.closed_logs.all()
    said = [_check(work, log, fault) for log in closed]
    if closed:
        _carried(work, fault)
    return "".join(said)


def compare(work: Work, name: str, note: bytes, keys: Sequence[VerifierKey], fault: Fault) -> bool:
    """Whether this checkpoint, which somebody holds, is of a closed log; if so it is compared with what is left of it.

    Raises a LedgerFault for what none of the keys has signed.
    """
    origin = ledger_sign.read(note).origin
    log = next((one for one in work.closed_logs.all() if one.origin == origin), None)
    if log is None:
        return False
    said = ledger_sign.open_with(note, origin, keys)
    if said.size > log.size:
        fault("L5", f"{name}: the closed log {origin} had {said.size} entries, and {log.size} of them are left.")
        return True
    edge = CompactRange()
    for logged in islice(work.closed_logs.entries(log.number), said.size):
        edge.append(leaf_hash(logged.body))
    if edge.root() != said.root:
        fault("L5", f"{name}: the closed log {origin} had another root at size {said.size}: history was rewritten.")
    return True


def _check(work: Work, log: ClosedLog, fault: Fault) -> str:
    fits = ledger_sign.read(log.note) if log.note else None
    edge = CompactRange()
    for logged in work.closed_logs.entries(log.number):
        if logged.index != edge.size:
            break
        edge.append(leaf_hash(logged.body))
        if fits and edge.size == fits.size and edge.root() != fits.root:
            fault("L3", f"The first {fits.size} entries of the closed log {log.origin} are not those that it signed.")
    if (edge.size, edge.root()) != (log.size, log.root):
        fault("L3", f"The entries of the closed log {log.origin} are not those with which it was closed.")
    if fits is None:
        return f"; of the closed log {log.origin} nothing is signed"
    keys = [key for one in work.checkpoints.all_keys() if (key := VerifierKey.parse(one.key)).name == log.origin]
    try:
        ledger_sign.open_with(log.note, log.origin, keys)
    except LedgerFault as found:
        fault("L3", f"The last checkpoint of the closed log {log.origin}: {found}")
    return f"; {fits.size:,} of the {log.size:,} entries of the closed log {log.origin} are in a checkpoint it signed"


def _carried(work: Work, fault: Fault) -> None:
    """The open log's first entry names where every chain stood."""
    first = work.tree.entries(0, 1)
    if not first:
        return
    try:
        entry = parse_any(first[0].body)
        succession = read_succession(entry) if isinstance(entry, SystemEntry) else None
    except LedgerFault as found:
        fault("L4", f"Entry 0 of the log: {found}")
        return
    tree = RegisterTree(without_gaps(work.closed_logs.carried()))
    if succession is None:
        fault("L4", "Logs were closed before this one, and its first entry does not say so.")
    elif (succession.carried.exhibits, succession.carried.root) != (tree.exhibits, tree.root()):
        fault("L4", "The chains in closed logs are not those that the log's first entry carries over.")
