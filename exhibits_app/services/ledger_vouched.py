"""Level 6 over this instance: what witnesses and time-stamp authorities said still holds, by keys and roots from the
settings and never from the database."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from ..domain import note
from ..domain.checkpoint import Checkpoint
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import consistency_proof, verify_consistency
from ..domain.note import VerifierKey
from ..domain.show import iso
from ..domain.tiles import TileReader
from ..domain.witness import read_answer
from .context import Services
from .ledger_outside import newest_by_party
from .ports import Work
from .ports.ledger_tree import TIME_STAMP, WITNESS, Attestation, Signed

Fault = Callable[[str, object], None]  # Level and sentence.
NOBODY = {"L6": "no witness is set up", "L6t": "no time-stamp authority is set up"}
DID = {"L6": "cosigned by", "L6t": "stamped by"}


def witnesses(services: Services, fault: Fault) -> tuple[str, str]:
    """What passed in words, and why it is not checked, or nothing; whatever does not hold goes to `fault`."""

    def check(key: VerifierKey) -> Callable[[bytes, bytes], datetime]:
        def cosigned(text: bytes, line: bytes) -> datetime:
            together = note.join(text.decode(), line.decode())
            return datetime.fromtimestamp(read_answer(line, together, key)[1], UTC)

        return cosigned

    parties = {str(one.key): (one.key.name, check(one.key)) for one in services.outside.witnesses}
    return _level(services, "L6", WITNESS, parties, fault)


def authorities(services: Services, fault: Fault) -> tuple[str, str]:
    """The same for the tokens of time-stamp authorities."""
    parties = {one.name: (one.name, one.check) for one in services.outside.authorities}
    return _level(services, "L6t", TIME_STAMP, parties, fault)


def _level(
    services: Services,
    level: str,
    kind: str,
    parties: Mapping[str, tuple[str, Callable[[bytes, bytes], datetime]]],
    fault: Fault,
) -> tuple[str, str]:
    newest = newest_by_party(services)
    said, absent = [], []
    for party, (name, check) in parties.items():
        one = newest.get((kind, party))
        if one is None:
            absent.append(name)
            continue
        try:
            with services.store.read() as work:
                at = _holds(work, one, check)
                younger = work.ledger.size() - one.size
            said.append(f"{name} at {iso(at)} (size {one.size:,}; {younger:,} entries are younger)")
        except LedgerFault as broken:
            fault(level, f"{name}, size {one.size}: {broken}")
    unchecked = f"nothing was vouched for yet by {', '.join(absent)}" if absent else "" if parties else NOBODY[level]
    return f"{DID[level]} {', '.join(said)}", unchecked


def _holds(work: Work, one: Attestation, check: Callable[[bytes, bytes], datetime]) -> datetime:
    """The time stated, once it is about a tree that the last checkpoint's grew from. Raises a LedgerFault."""
    at = check(Checkpoint(work.ledger.origin(), one.size, one.root).text().encode(), one.statement)
    last = work.checkpoints.last() or Signed(0, b"", b"", at)
    proof = consistency_proof(one.size, last.size, TileReader(work.tree.tile)) if one.size < last.size else []
    verify_consistency(one.size, last.size, proof, one.root, last.root)
    return at
