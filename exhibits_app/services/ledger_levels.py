"""The ledger of this instance checked level by level: each one PASS, FAIL or NOT CHECKED, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..domain.chain import Link, verify_chain, verify_link
from ..domain.checkpoint import Checkpoint
from ..domain.entry import leaf_hash, parse_system_entry
from ..domain.erasure import ErasedWithoutEntry, lacking
from ..domain.ledger_faults import LedgerFault
from ..domain.log_faults import EntryDiffers
from ..domain.merkle import CompactRange
from ..domain.note import VerifierKey
from ..domain.register_tree import RegisterTree, read_heads
from . import ledger_closed, ledger_sign, ledger_tree, ledger_vouched
from .context import Services
from .ledger_heads import without_gaps
from .ports import Work

PASS, FAIL, NOT_CHECKED = "PASS", "FAIL", "NOT CHECKED"
ITEMS = 200
LIMITS = (
    "No level shows that a movement was recorded at all, or that what is recorded is true. "
    "A rewrite of what is younger than the newest checkpoint held outside cannot be detected."
)
STATEMENTS = {
    "L0": "the database's own rules hold",
    "L1": "entries and disclosures are what was hashed",
    "L2": "each exhibit's chain is unbroken",
    "L3": "every entry is in a checkpoint that the log signed",
    "L4": "the chains are complete",
    "L5": "the log only grew since what others hold",
    "L6": "witnesses saw the checkpoint",
    "L6t": "time-stamp authorities saw the checkpoint",
    "L7": "the whole log holds together",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the answer."""

    level: str
    result: str
    detail: str

    @property
    def statement(self) -> str:
        """What the level is about."""
        return STATEMENTS[self.level]


@dataclass(slots=True)
class Report:
    """Every level, how much was looked at, and every fault as a sentence."""

    items: int = 0
    entries: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)

    def fault(self, level: str, sentence: object) -> None:
        self.faults.setdefault(level, []).append(str(sentence))

    def judge(self, level: str, detail: str, unchecked: str = "") -> None:
        """PASS, unless a fault of the level is known, or it was not checked for this reason."""
        if faults := self.faults.get(level):
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            self.verdicts.append(Verdict(level, FAIL, faults[0] + more))
        else:
            self.verdicts.append(Verdict(level, NOT_CHECKED if unchecked else PASS, unchecked or detail))

    @property
    def failed(self) -> bool:
        return any(verdict.result == FAIL for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Held:
    """A checkpoint that somebody brought along: the file's name and its bytes."""

    name: str
    note: bytes


def verify(
    services: Services,
    held: Sequence[Held | Checkpoint] = (),
    log_key: VerifierKey | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Levels 0 to 6 over everything in the database. `log_key`, from elsewhere, replaces the keys on record here.

    A checkpoint that was read from paper is `held` as it is: no key has signed it, but somebody's hand may have.
    """
    report = Report()
    with services.store.read() as work:
        for sentence in work.tree.faults():
            report.fault("L0", sentence)
    report.judge("L0", "unique numbers, triggers and references are in place")
    erased = _chains(services, report, progress)
    report.judge("L1", f"{report.entries:,} entries" + (f"; {erased:,} values erased on authority" if erased else ""))
    report.judge("L2", f"{report.items:,} exhibits, each numbered without a gap")
    _Log(services, report, held, log_key).judge()
    report.judge("L6", *ledger_vouched.witnesses(services, report.fault))
    report.judge("L6t", *ledger_vouched.authorities(services, report.fault))
    report.judge("L7", "", "run `exhibits ledger audit`")
    return report


def _chains(services: Services, report: Report, progress: Callable[[int], None]) -> int:
    """Levels 1 and 2 over every exhibit, and where each chain ends; how many values were erased."""
    after = erased = 0
    while True:
        with services.store.read() as work:
            numbers = work.items.register_numbers(after, ITEMS)
            for number in sorted(set(range(after + 1, max(numbers, default=after) + 1)) - set(numbers)):
                report.fault("L0", f"Property reference {number} is missing from the register.")
            for number in numbers:
                erased += _chain(work, number, report)
        if not numbers:
            return erased
        after = numbers[-1]
        report.items += len(numbers)
        progress(report.items)


def _chain(work: Work, number: int, report: Report) -> int:
    entries = work.ledger.of_item(number)
    links = [Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries]
    report.entries += len(links)
    sound = True
    for position, link in enumerate(links):
        try:
            verify_link(link, position)
        except LedgerFault as fault:
            report.fault("L1", f"Property reference {number}: {fault}")
            sound = False
    if not sound:
        return 0
    _follows(work, number, links, report)
    return _erased(number, links, report)


def _erased(number: int, links: Sequence[Link], report: Report) -> int:
    """How many values are gone by an erase entry; every other that is gone is a fault."""
    try:
        found = lacking(links)
    except LedgerFault as fault:
        report.fault("L1", f"Property reference {number}: {fault}")
        return 0
    for position, digest in found.missing:
        report.fault("L1", f"Property reference {number}: {ErasedWithoutEntry(position, digest)}")
    return found.erased


def _follows(work: Work, number: int, links: Sequence[Link], report: Report) -> None:
    try:
        head = verify_chain(links, work.closed_logs.origins())
    except LedgerFault as fault:
        report.fault("L2", f"Property reference {number}: {fault}")
        return
    kept = work.items.hold(number)
    if (head.ex, head.count, head.leaf_hash) != (number, kept.seq, kept.head):
        report.fault("L4", f"Property reference {number}: the chain ends elsewhere than the register says.")


class _Log:
    """Levels 3 to 5: the tree over all entries, the register tree, and what was signed and is held."""

    def __init__(
        self, services: Services, report: Report, held: Sequence[Held | Checkpoint], log_key: VerifierKey | None
    ) -> None:
        self._services = services
        self._report = report
        self._own = self._published()
        with services.store.read() as work:
            self._origin = work.ledger.origin()
            self._state = work.tree.state()
            self._last = work.checkpoints.last()
            self._waiting = work.ledger.size() - self._state.size
            on_record = [VerifierKey.parse(key.key) for key in work.checkpoints.all_keys()]
            self._keys = [log_key] if log_key else on_record
            self._held = [one for each in held if (one := self._open(work, each)) is not None]
            self._roots = self._compute(work)
            self._heads(work)
            self._closed = ledger_closed.check(work, report.fault)

    def judge(self) -> None:
        last = self._last
        self._signed()
        younger = self._state.size - last.size + self._waiting if last else 0
        size = f"{last.size:,}" if last else "0"
        later = f"; {younger:,} entries are younger" if younger else ""
        unsigned = "" if last else "nothing is signed yet"
        self._report.judge("L3", f"all included in the checkpoint of size {size}{later}{self._closed}", unsigned)
        self._report.judge("L4", self._complete, self._incomplete)
        self._grown()

    def _published(self) -> list[Checkpoint]:
        """What the signer's own files say was signed."""
        signing = self._services.signing
        if signing is None:
            return []
        try:
            said = [ledger_sign.read(one) for one in signing.records.published()]
            mark = ledger_sign.high_water(signing)
        except (LedgerFault, ValueError) as fault:
            self._report.fault("L5", f"The signer's own files cannot be read: {fault}")
            return []
        return [*said, *([mark] if mark else [])]

    def _open(self, work: Work, held: Held | Checkpoint) -> Checkpoint | None:
        if isinstance(held, Checkpoint):
            return held if self._of_this_log(held) else None
        try:
            if ledger_closed.compare(work, held.name, held.note, self._keys, self._report.fault):
                return None
            return ledger_sign.open_with(held.note, self._origin, self._keys)
        except LedgerFault as fault:
            self._report.fault("L5", f"{held.name}: {fault}")
            return None

    def _of_this_log(self, one: Checkpoint) -> bool:
        if one.origin != self._origin:
            self._report.fault("L5", f"The paper of size {one.size} is of the log {one.origin}, not of this one.")
        return one.origin == self._origin

    def _compute(self, work: Work) -> dict[int, bytes]:
        """The root of the entries' own bytes at every size that somebody signed."""
        wanted = {one.size for one in (*self._own, *self._held)} | ({self._last.size} if self._last else set())
        roots, edge = {}, CompactRange()
        for logged in ledger_tree.log(work, 0, self._state.size):
            if logged.index != edge.size:
                self._report.fault("L3", f"Entry {edge.size} of the log is not there.")
                break
            hashed = leaf_hash(logged.body)
            if hashed != logged.leaf_hash:
                self._report.fault("L3", str(EntryDiffers(logged.index)))
            edge.append(hashed)
            if edge.size in wanted:
                roots[edge.size] = edge.root()
        return roots

    def _signed(self) -> None:
        last = self._last
        if last is None:
            return
        try:
            said = ledger_sign.open_with(last.note, self._origin, self._keys)
            if (said.size, said.root) != (last.size, last.root):
                self._report.fault("L3", "The last checkpoint's note says something else than its row.")
        except LedgerFault as fault:
            self._report.fault("L3", f"The last checkpoint: {fault}")
        if self._roots.get(last.size) != last.root:
            self._report.fault("L3", f"The first {last.size} entries do not have the root that was signed for them.")

    def _heads(self, work: Work) -> None:
        """Level 4: the newest heads entry within the last checkpoint, against the register tree made again."""
        self._complete, self._incomplete = "", ""
        size = self._last.size if self._last else 0
        found = [logged for logged in work.tree.system("heads") if logged.index < size]
        if not found:
            self._incomplete = "no heads entry is in a signed checkpoint yet"
            return
        try:
            entry = parse_system_entry(found[-1].body)
            heads = read_heads(entry)
            tree = RegisterTree(without_gaps(work.tree.heads(heads.size), work.closed_logs.exhibits()))
        except LedgerFault as fault:
            self._report.fault("L4", f"Entry {found[-1].index} of the log: {fault}")
            return
        if (tree.exhibits, tree.root()) != (heads.exhibits, heads.root):
            self._report.fault("L4", f"The register tree of log size {heads.size} is not the one that was logged.")
        self._complete = f"{heads.exhibits:,} exhibits as of log size {heads.size:,}, {entry.at}"

    def _grown(self) -> None:
        """Level 5: FAIL if anything signed does not fit, PASS only against copies from elsewhere."""
        for whose, checkpoints in (("The signer's own files hold", self._own), ("Somebody holds", self._held)):
            for one in checkpoints:
                self._compare(whose, one)
        newest = max((one.size for one in self._held), default=0)
        after = self._state.size + self._waiting - newest
        unchecked = "" if self._held else "no --checkpoint that somebody outside holds was given"
        if self._own and unchecked:
            unchecked += "; the signer's own high-water mark agrees"
        grown = f"it only grew since size {newest:,}; a rewrite of the {after:,} entries after it would not show"
        self._report.judge("L5", grown, unchecked)

    def _compare(self, whose: str, one: Checkpoint) -> None:
        if one.size > self._state.size:
            self._report.fault(
                "L5", f"{whose} a checkpoint of size {one.size}; the log has only {self._state.size} entries."
            )
        elif one.size and self._roots.get(one.size) != one.root:
            self._report.fault(
                "L5", f"{whose} a checkpoint of size {one.size} with another root: history was rewritten."
            )
