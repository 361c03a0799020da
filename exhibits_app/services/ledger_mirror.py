"""Keeping the mirror: every entry is in it, durably, before a checkpoint that covers it is signed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain import note
from ..domain.chain import Link, verify_link
from ..domain.checkpoint import parse_text
from ..domain.entry import Entry, leaf_hash, parse_any
from ..domain.erasure import erased_by
from ..domain.ledger_faults import LedgerFault
from ..domain.log_faults import EntryDiffers, EntryMissing, NotWhatIsMirrored, NotWhatWasSigned, ShorterThanMirror
from ..domain.merkle import CompactRange
from . import ledger_tree
from .context import Services
from .ports import Work
from .ports.copies import Copy, Mirror
from .ports.ledger_tree import TreeState

RECENT = 10_000  # How many of the newest checkpoints are looked through for those that the mirror has not.


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How many entries the mirror holds, and how many of them came just now."""

    origin: str
    size: int
    added: int


def copy(services: Services, mirror: Mirror) -> Mirrored:
    """Add to the mirror what it lacks, checked against the tree. Nothing is ever changed there but what was erased.

    A mirror that the log does not begin with raises the alarm. Raises a LedgerFault then, MirrorUnusable.
    """
    origin, edge = edge_of(services, mirror)
    with services.store.read() as work:
        try:
            state = check(work, edge)
            start = edge.size
            while edge.size < state.size:
                _add(mirror, origin, _page(work, edge, state.size), work)
            if edge.root() != state.root:
                raise EntryDiffers(edge.size - 1)
        except LedgerFault as fault:
            found = fault
        else:
            mirror.keep_checkpoints(origin, _not_there(work, mirror.last_checkpoint(origin)))
            return Mirrored(origin, edge.size, edge.size - start)
    ledger_tree.raise_alarm(services, found)
    raise found


def edge_of(services: Services, mirror: Mirror) -> tuple[str, CompactRange]:
    """The log's name, and the right edge of what the mirror holds of it.

    It is read before the view is opened with which it is compared: whatever was mirrored by now, the view holds.
    """
    with services.store.read() as work:
        origin = work.ledger.origin()
    return origin, mirror.edge(origin)


def verify(services: Services, mirror: Mirror) -> Mirrored:
    """Read the whole mirror again: every entry, every value it discloses, and that the log begins with it.

    Raises a LedgerFault for what does not hold, MirrorUnusable.
    """
    with services.store.read() as work:
        origin, edge = work.ledger.origin(), CompactRange()
    for one in mirror.copies(origin, 0):
        leaf = leaf_hash(one.body)
        told = [each for each in one.disclosures if each]
        if isinstance(parse_any(one.body), Entry):
            verify_link(Link(one.body, leaf, told), one.index)
        edge.append(leaf)
    with services.store.read() as work:
        check(work, edge)
    return Mirrored(origin, edge.size, 0)


def check(work: Work, edge: CompactRange) -> TreeState:
    """The tree's state, once it begins with what a mirror of this edge holds. Raises a LedgerFault."""
    state = ledger_tree.check_edge(work)
    if edge.size > state.size:
        raise ShorterThanMirror(state.size, edge.size)
    try:
        ledger_tree.check_begins_with(work, state, edge.size, edge.root())
    except NotWhatWasSigned:
        raise NotWhatIsMirrored(edge.size, state.size) from None
    return state


def _not_there(work: Work, last: bytes | None) -> list[bytes]:
    """The checkpoints that came after the last one that the mirror has, oldest first."""
    size = parse_text(note.parse(last)[0]).size if last else 0
    sizes = sorted(each for each in work.checkpoints.sizes(RECENT) if each >= size)
    signed = (work.checkpoints.at_size(each) for each in sizes)
    return [one.note for one in signed if one and one.note != last]


def _page(work: Work, edge: CompactRange, size: int) -> list[Copy]:
    """The entries that come next, fed to the edge."""
    page = work.copies.page(edge.size, min(ledger_tree.PAGE, size - edge.size))
    for one in page:
        if one.index != edge.size:
            raise EntryMissing(edge.size)
        edge.append(leaf_hash(one.body))
    if not page:
        raise EntryMissing(edge.size)
    return page


def _add(mirror: Mirror, origin: str, page: list[Copy], work: Work) -> None:
    mirror.append(origin, page)
    for of_log, erased in _erased(work, page).items():
        mirror.thin(of_log, erased)


def _erased(work: Work, page: Iterable[Copy]) -> dict[str, dict[int, frozenset[str]]]:
    """What the erase entries among these took away: digests by index, by log."""
    found: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for one in page:
        entry = parse_any(one.body)
        if not isinstance(entry, Entry):
            continue
        digests = frozenset(value.digest for value in erased_by(entry.type, [told for told in one.disclosures if told]))
        if not digests:
            continue
        logs = {work.ledger.origin(): work.tree.indices(entry.ex)}
        logs |= {log.origin: work.closed_logs.indices(log.number, entry.ex) for log in work.closed_logs.all()}
        for origin, indices in logs.items():
            for index in indices.values():
                found[origin][index] = found[origin].get(index, frozenset()) | digests
    return found
