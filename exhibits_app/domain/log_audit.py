"""A full audit of the log, entry by entry and without any disclosure: level 7 of docs/ledger.md.

One pass, and in memory only the head of each exhibit and the right edge of the tree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .entry import SystemEntry, leaf_hash, parse_any, read_link
from .ledger_faults import LedgerFault
from .merkle import CompactRange
from .register_tree import NO_HEAD, Heads, RegisterTree, read_heads

MOST_FAULTS = 100
# Numbers are given in order, so a far one is an attempt to fill our memory.
FARTHEST_JUMP = 10_000
Head = tuple[int, int, bytes, int]
# An exhibit's entry begins {"at":"<27 characters>","det": and a system entry goes on otherwise.
_DET, _DET_AT = b'"det":', 36


@dataclass(slots=True)
class Findings:
    """What an audit found: how many entries and exhibits, how many heads entries and signed roots agreed, and what
    did not, in sentences."""

    entries: int = 0
    exhibits: int = 0
    heads: int = 0
    roots: int = 0
    faults: list[str] = field(default_factory=list)


class LogAudit:
    """Fed every entry in the order of the log."""

    def __init__(self, origin: str, heads_sizes: Iterable[int], roots: Mapping[int, bytes]) -> None:
        """`heads_sizes`: the log sizes that the heads entries speak of, found beforehand, since each speaks of what
        came before it. `roots`: the signed root of each size that is to be compared."""
        self.findings = Findings()
        self._origin = origin
        self._wanted = set(heads_sizes)
        self._registers: dict[int, tuple[int, bytes]] = {}
        self._roots = roots
        self._edge = CompactRange()
        self._heads: list[Head] = []

    @property
    def size(self) -> int:
        return self._edge.size

    def expect(self, sizes: Iterable[int]) -> None:
        """Heads entries that come next speak of these sizes, none of them below the present one."""
        self._wanted.update(sizes)

    def feed(self, body: bytes) -> None:
        """The next entry. What does not hold goes to the findings, and the audit goes on."""
        index = self._edge.size
        self._look(index)
        leaf = leaf_hash(body)
        try:
            self._read(index, body, leaf)
        except LedgerFault as fault:
            self._say(f"Entry {index} of the log: {fault}")
        self._edge.append(leaf)

    def finish(self) -> Findings:
        """What was found, once every entry was fed."""
        self._look(self._edge.size)
        for size in sorted(size for size in self._roots if size > self._edge.size):
            self._say(f"The log ends after {self._edge.size} entries, and a checkpoint of {size} is signed.")
        self.findings.entries = self._edge.size
        self.findings.exhibits = sum(head[1] > 0 for head in self._heads)
        return self.findings

    def _look(self, size: int) -> None:
        """Before entry number `size`: is this a size that something was said about?"""
        if size in self._wanted:
            tree = RegisterTree(self._heads)
            self._registers[size] = (tree.exhibits, tree.root())
        if size and size in self._roots:
            if self._edge.root() == self._roots[size]:
                self.findings.roots += 1
            else:
                self._say(f"The first {size} entries do not have the root that was signed for that size.")

    def _read(self, index: int, body: bytes, leaf: bytes) -> None:
        if body[_DET_AT : _DET_AT + len(_DET)] == _DET:
            self._follow(index, read_link(body), leaf)
            return
        entry = parse_any(body)
        if entry.log != self._origin:
            self._say(f"Entry {index} belongs to the log {entry.log}.")
        if isinstance(entry, SystemEntry) and entry.type == "heads":
            self._compare(index, read_heads(entry))

    def _follow(self, index: int, link: tuple[int, int, str, str], leaf: bytes) -> None:
        ex, seq, prev, log = link
        if ex > len(self._heads) + FARTHEST_JUMP:
            self._say(f"Entry {index} is about exhibit {ex}, and register numbers have no gaps.")
            return
        while ex > len(self._heads):
            self._heads.append((len(self._heads) + 1, 0, NO_HEAD, 0))
        _, count, last, _ = self._heads[ex - 1]
        if log != self._origin:
            self._say(f"Entry {index} belongs to the log {log}.")
        if seq != count:
            self._say(f"Entry {index} is number {seq} of exhibit {ex}; number {count} comes next.")
        elif bytes.fromhex(prev) != last:
            self._say(f"Entry {index} does not follow the last entry of exhibit {ex}.")
        self._heads[ex - 1] = (ex, seq + 1, leaf, index)

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
