"""A witness: it keeps the last checkpoint of every log it watches, and cosigns what follows from it.

It needs nothing of the service whose log it watches. If it is told where the log is published, it reads every entry
there and cosigns only if all rules of the log hold as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from ..domain import note, public_log
from ..domain.checkpoint import Checkpoint, parse_text
from ..domain.log_audit import LogAudit, heads_sizes
from ..domain.note import COSIGNATURE, VerifierKey
from ..domain.public_log import Fetch
from ..domain.witness import OtherRootSeen, RulesBroken, UnknownLog, judge, read_request
from .ports import Clock
from .ports.ledger_tree import SigningKeys
from .ports.outside import SeenLog, WatchedLog, WitnessMemory


class Rules:
    """What a strict witness has read of one log so far. After any doubt it begins anew with the first entry."""

    def __init__(self, origin: str, fetch: Fetch) -> None:
        self._origin, self._fetch = origin, fetch
        self._audit, self._roots = self._fresh()

    def check(self, checkpoint: Checkpoint) -> None:
        """Read the entries up to this checkpoint. Raises RulesBroken, EntriesNotThere, MalformedBundle."""
        audit, roots = self._audit, self._roots
        # Whatever goes wrong from here on, the next check begins anew.
        self._audit, self._roots = self._fresh()
        sizes = heads_sizes(public_log.read(self._fetch, audit.size, checkpoint.size))
        if any(size < audit.size for size in sizes):
            # A heads entry may speak of a register tree that was passed already.
            audit, roots = self._fresh()
            sizes = heads_sizes(public_log.read(self._fetch, 0, checkpoint.size))
        roots[checkpoint.size] = checkpoint.root
        audit.expect(sizes)
        for entry in public_log.read(self._fetch, audit.size, checkpoint.size):
            audit.feed(entry)
        if faults := audit.finish().faults:
            raise RulesBroken(faults[0])
        self._audit, self._roots = audit, roots

    def _fresh(self) -> tuple[LogAudit, dict[int, bytes]]:
        roots: dict[int, bytes] = {}
        return LogAudit(self._origin, (), roots), roots


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its memory, its key, its clock, and the way to public logs."""

    memory: WitnessMemory
    keys: SigningKeys
    clock: Clock
    public_logs: Callable[[str], Fetch]
    rules: dict[tuple[str, str], Rules] = field(default_factory=dict)


def verifier_key(witness: Witness) -> VerifierKey:
    """Its verifier key, made if it is not there. Raises CannotSign, MalformedKey."""
    public = witness.keys.public_key() or witness.keys.create()
    return VerifierKey(witness.memory.name(), COSIGNATURE, public)


def add_checkpoint(witness: Witness, body: bytes) -> str:
    """Answer an add-checkpoint request: the signature line of the cosignature.

    Judging, remembering and signing happen while nobody else may do so for this log; it is remembered before the
    line is given out. Raises a WitnessFault, or another LedgerFault for a request of another form.
    """
    request = read_request(body)
    origin = request.checkpoint.origin
    log = witness.memory.logs().get(origin)
    if log is None:
        raise UnknownLog(origin)
    with witness.memory.alone(origin) as seen:
        try:
            checkpoint = judge(request, _last(seen), {origin: log.key})
        except OtherRootSeen:
            seen.keep_fork(request.note)
            raise
        if log.entries:
            _rules(witness, log).check(checkpoint)
        text = checkpoint.text()
        seen.keep(request.note)
        at = int(witness.clock.now().timestamp())
        return note.cosign(text, verifier_key(witness), witness.keys.sign, at)


def last_seen(witness: Witness, origin: str) -> Checkpoint | None:
    """What was cosigned last for the log, or None before the first. Raises MemoryGone."""
    with witness.memory.alone(origin) as seen:
        return _last(seen)


def _last(seen: SeenLog) -> Checkpoint | None:
    kept = seen.last()
    return parse_text(note.parse(kept)[0]) if kept else None


def _rules(witness: Witness, log: WatchedLog) -> Rules:
    return witness.rules.setdefault((log.key.name, log.entries), Rules(log.key.name, witness.public_logs(log.entries)))
