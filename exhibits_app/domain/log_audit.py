"""A full audit of the log, entry by entry and without any disclosure: level 7 of docs/ledger.md.

One pass, and in memory only the head of each exhibit and the right edge of the tree.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from . import log_batch
from .entry import SystemEntry, parse_any
from .ledger_faults import LedgerFault
from .log_batch import NONE, Batch, Columns
from .merkle import HASH_BYTES, CompactRange
from .register_tree import NO_HEAD, Heads, RegisterTree, read_heads
from .succession import Carried, read_succession

MOST_FAULTS = 100
# Numbers are given in order, so a far one is an attempt to fill our memory.
FARTHEST_JUMP = 10_000
MOST_CARRIED = 10_000_000
UNKNOWN = -1  # Where a chain of a closed log stood is not known here.
End = tuple[int, int, bytes, int]  # As in register_tree: exhibit, entries, leaf hash of the last, last_index.


@dataclass(slots=True)
class Findings:
    """What an audit found: how many entries and exhibits, how many heads entries and signed roots agreed, and what
    did not, in sentences. `unfollowed` counts chains that began in a closed log which was not audited before."""

    entries: int = 0
    exhibits: int = 0
    heads: int = 0
    roots: int = 0
    faults: list[str] = field(default_factory=list)
    unfollowed: int = 0


class LogAudit:
    """Fed every entry in the order of the log."""

    def __init__(
        self,
        origin: str,
        heads_sizes: Iterable[int],
        roots: Mapping[int, bytes],
        carried: Iterable[End] | None = None,
    ) -> None:
        """`heads_sizes`: the log sizes that the heads entries speak of, found beforehand, since each speaks of what
        came before it. `roots`: the signed root of each size that is to be compared. `carried`: where every chain
        stood in the logs that were closed before this one, if these were audited."""
        self.findings = Findings()
        self._origin = origin
        self._wanted = set(heads_sizes)
        self._registers: dict[int, tuple[int, bytes]] = {}
        self._roots = roots
        self._stops = sorted(self._wanted | set(roots))
        self._edge = CompactRange()
        # By register number less one: the number of the entry that comes next, the leaf hash it follows, the index
        # of the last entry in this log, and how many entries are in closed logs.
        self._next: list[int] = []
        self._last: list[bytes] = []
        self._at: list[int] = []
        self._before: list[int] = []
        self._closed = None if carried is None else list(carried)

    @property
    def size(self) -> int:
        return self._edge.size

    def expect(self, sizes: Iterable[int]) -> None:
        """Heads entries that come next speak of these sizes, none of them below the present one."""
        for size in set(sizes) - self._wanted:
            self._wanted.add(size)
            insort(self._stops, size)

    def feed(self, body: bytes) -> None:
        """The next entry. What does not hold goes to the findings, and the audit goes on."""
        self.take(log_batch.read([body], self._origin))

    def take(self, batch: Batch) -> None:
        """The next entries, read already."""
        first, count = self._edge.size, len(batch.leaves) // HASH_BYTES
        columns, others, faults = log_batch.columns(batch), dict(batch.others), dict(batch.faults)
        stops = [stop - first for stop in self._stops[bisect_right(self._stops, first - 1) :] if stop < first + count]
        done = 0
        for place in [*sorted({*others, *faults, *stops}), count]:
            self._run(columns, done, place)
            done = place
            if place in stops:
                self._look(first + place)
            if place < count and place in faults:
                self._say(f"Entry {first + place} {faults[place]}")
            if place < count and place in others:
                self._read(first + place, others[place])

    def finish(self) -> Findings:
        """What was found, once every entry was fed."""
        self._look(self._edge.size)
        for size in sorted(size for size in self._roots if size > self._edge.size):
            self._say(f"The log ends after {self._edge.size} entries, and a checkpoint of {size} is signed.")
        self.findings.entries = self._edge.size
        self.findings.exhibits = sum(head[1] > 0 for head in self._heads())
        return self.findings

    def ends(self) -> list[End]:
        """Where every chain stands after this log, to be carried to the next."""
        return [
            (ex, max(count, 0), last, 0) for ex, (count, last) in enumerate(zip(self._next, self._last, strict=True), 1)
        ]

    def _run(self, batch: Columns, start: int, end: int) -> None:
        """Entries `start` to `end` of the batch: their chains, and the tree over them."""
        first, upcoming, last, at = self._edge.size - start, self._next, self._last, self._at
        leaves, prevs, seqs = batch.leaves, batch.prevs, batch.seqs
        for place in range(start, end):
            ex = batch.exhibits[place]
            if ex == NONE or (ex > len(upcoming) and not self._reach(first + place, ex)):
                continue
            here, seq = HASH_BYTES * place, seqs[place]
            if upcoming[ex - 1] != seq or last[ex - 1] != prevs[here : here + HASH_BYTES]:
                self._amiss(first + place, ex, seq)
            upcoming[ex - 1], last[ex - 1], at[ex - 1] = seq + 1, leaves[here : here + HASH_BYTES], first + place
        self._edge.extend(leaves[HASH_BYTES * start : HASH_BYTES * end])

    def _reach(self, index: int, ex: int) -> bool:
        """Make room for the exhibit; whether it may be one."""
        if ex > len(self._next) + FARTHEST_JUMP:
            self._say(f"Entry {index} is about exhibit {ex}, and register numbers have no gaps.")
            return False
        self._fill(ex - len(self._next), 0)
        return True

    def _fill(self, more: int, upcoming: int) -> None:
        self._next += [upcoming] * more
        self._last += [NO_HEAD] * more
        self._at += [0] * more
        self._before += [0] * more

    def _amiss(self, index: int, ex: int, seq: int) -> None:
        """The entry is not what comes next in its chain, as far as that is known."""
        due = self._next[ex - 1]
        if due == UNKNOWN:
            self._before[ex - 1] = seq
            self.findings.unfollowed += 1
        elif seq != due:
            self._say(f"Entry {index} is number {seq} of exhibit {ex}; number {due} comes next.")
        else:
            self._say(f"Entry {index} does not follow the last entry of exhibit {ex}.")

    def _look(self, size: int) -> None:
        """Before entry number `size`: is this a size that something was said about?"""
        if size in self._wanted:
            tree = RegisterTree(self._heads())
            self._registers[size] = (tree.exhibits, tree.root())
        if size and size in self._roots:
            if self._edge.root() == self._roots[size]:
                self.findings.roots += 1
            else:
                self._say(f"The first {size} entries do not have the root that was signed for that size.")

    def _heads(self) -> Iterator[End]:
        """The heads of the register tree: of each exhibit, what it has in this log."""
        columns = zip(self._next, self._before, self._last, self._at, strict=True)
        for ex, (upcoming, before, last, at) in enumerate(columns, 1):
            yield (ex, upcoming - before, last, at) if upcoming > before else (ex, 0, NO_HEAD, 0)

    def _read(self, index: int, body: bytes) -> None:
        """An entry about the log itself."""
        try:
            entry = parse_any(body)
            if entry.log != self._origin:
                self._say(f"Entry {index} belongs to the log {entry.log}.")
            if isinstance(entry, SystemEntry) and entry.type == "heads":
                self._compare(index, read_heads(entry))
            if isinstance(entry, SystemEntry) and index == 0 and (succession := read_succession(entry)):
                self._carry(succession.carried)
        except LedgerFault as fault:
            self._say(f"Entry {index} of the log: {fault}")

    def _carry(self, carried: Carried) -> None:
        """Every chain goes on from where it stood in the closed logs."""
        if self._closed is None:
            if carried.exhibits > MOST_CARRIED:
                self._say(f"Entry 0 carries over {carried.exhibits} exhibits, more than an audit can follow.")
                return
            self._fill(carried.exhibits, UNKNOWN)
            return
        for _, count, last, _ in self._closed:
            self._fill(1, count)
            self._before[-1], self._last[-1] = count, last
        if RegisterTree(self._closed).root() != carried.root or len(self._closed) != carried.exhibits:
            self._say("Entry 0 carries over other chains than the closed logs end with.")

    def _compare(self, index: int, heads: Heads) -> None:
        register = self._registers.get(heads.size) if heads.size <= index else None
        if register == (heads.exhibits, heads.root):
            self.findings.heads += 1
        else:
            self._say(f"Entry {index} names another register tree than the first {heads.size} entries give.")

    def _say(self, sentence: str) -> None:
        if len(self.findings.faults) < MOST_FAULTS:
            self.findings.faults.append(sentence)


def heads_sizes(bodies: Iterable[bytes]) -> list[int]:
    """The log sizes that the heads entries among these speak of; what cannot be read is left to the audit."""
    sizes = []
    for body in bodies:
        if b'"type":"heads"' not in body:
            continue
        try:
            entry = parse_any(body)
            if isinstance(entry, SystemEntry):
                sizes.append(read_heads(entry).size)
        except LedgerFault:
            continue
    return sizes
