"""What a C2SP witness answers: it cosigns a checkpoint that follows the last one it saw, and nothing else.

Pure decision: the last checkpoint seen goes in, what to store and cosign comes out. The caller must compare and
store in one transaction, and store before it answers. What the log sends and reads stands here too.

WitnessFault
├── UnknownLog, NotSignedByTheLog
├── OtherSizeSeen        start again from the size that was cosigned last
├── OtherRootSeen        two roots for one size: a fork
├── NotConsistent        the log did not merely grow
├── RulesBroken          a strict witness read the entries, and they do not hold together
├── EntriesNotThere      a strict witness could not read them
├── MemoryGone           the witness does not know any more what it saw
└── as the log meets them: WitnessRefuses, WitnessIsAhead
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import merkle
from . import note as notes
from .checkpoint import Checkpoint, decode_hashes, encode_hash, open_checkpoint, parse_text
from .ledger_faults import (
    LedgerFault,
    MalformedCheckpoint,
    MalformedProof,
    NoKnownSignature,
    SignatureFails,
    TreeFault,
)
from .note import VerifierKey
from .note import parse as parse_note

_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})")
_SIZE: Final = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


class WitnessFault(LedgerFault):
    """The witness does not cosign; `code` tells why."""

    code = "witness_fault"


class UnknownLog(WitnessFault):
    code = "unknown_log"

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin

    def __str__(self) -> str:
        return f"This witness does not watch an unknown log, and {self.origin} is one."


class NotSignedByTheLog(WitnessFault):
    code = "not_signed_by_the_log"

    def __str__(self) -> str:
        return "The checkpoint has an invalid signature, or none by the key held for this log."


class OtherSizeSeen(WitnessFault):
    """`seen` is the size this witness cosigned last: the client starts again from there."""

    code = "other_size_seen"

    def __init__(self, seen: int) -> None:
        super().__init__(seen)
        self.seen = seen

    def __str__(self) -> str:
        return f"The last checkpoint cosigned here has size {self.seen}."


class OtherRootSeen(WitnessFault):
    """Two roots for one size, both signed by the log: proof of a fork."""

    code = "other_root_seen"

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size

    def __str__(self) -> str:
        return f"The log has signed two different roots for size {self.size}."


class NotConsistent(WitnessFault):
    code = "not_consistent"

    def __init__(self, reason: TreeFault) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"The consistency proof does not hold: {self.reason}"


class RulesBroken(WitnessFault):
    """`reason` is the first thing that does not hold, a sentence."""

    code = "rules_broken"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"The entries of the log do not hold together: {self.reason}"


class EntriesNotThere(WitnessFault):
    code = "entries_not_there"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"The entries of the log could not be read, so nothing is cosigned: {self.path} is not there."


class MemoryGone(WitnessFault):
    """Without it the witness might cosign a second history."""

    code = "memory_gone"

    def __init__(self, origin: str) -> None:
        super().__init__(origin)
        self.origin = origin

    def __str__(self) -> str:
        return f"What this witness saw of {self.origin} cannot be read, so it cosigns nothing for it any more."


class WitnessRefuses(WitnessFault):
    """`status` is HTTP's, `says` the first line of the answer."""

    code = "witness_refuses"

    def __init__(self, name: str, status: int, says: str) -> None:
        super().__init__(name, status, says)
        self.name, self.status, self.says = name, status, says

    def __str__(self) -> str:
        return f"The witness {self.name} does not cosign (answer {self.status}): {self.says}"


class WitnessIsAhead(WitnessFault):
    code = "witness_is_ahead"

    def __init__(self, name: str, seen: int, size: int) -> None:
        super().__init__(name, seen, size)
        self.name, self.seen, self.size = name, seen, size

    def __str__(self) -> str:
        return (
            f"The witness {self.name} has cosigned a checkpoint of {self.seen} entries and this log has signed only "
            f"{self.size}: the database may be an older copy."
        )


@dataclass(frozen=True, slots=True)
class Request:
    """An add-checkpoint request, read and not yet judged."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes
    checkpoint: Checkpoint


def read_request(body: bytes) -> Request:
    """The request of its body; MalformedProof, MalformedNote or MalformedCheckpoint."""
    head, blank, note = body.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    old = _OLD.fullmatch(lines.pop(0))
    if not blank or not old:
        raise MalformedProof("it does not begin with an old size, or has no checkpoint after a blank line")
    checkpoint = parse_text(parse_note(note)[0])
    if int(old[1]) > checkpoint.size:
        raise MalformedCheckpoint("it is smaller than the old size")
    return Request(int(old[1]), decode_hashes(lines), note, checkpoint)


def judge(request: Request, seen: Checkpoint | None, logs: Mapping[str, VerifierKey]) -> Checkpoint:
    """The checkpoint to store and cosign, given the last one seen of its log; a WitnessFault otherwise.

    `logs` maps the origins this witness watches to their keys. The order of checks is that of C2SP tlog-witness.
    """
    checkpoint = request.checkpoint
    key = logs.get(checkpoint.origin)
    if key is None:
        raise UnknownLog(checkpoint.origin)
    try:
        open_checkpoint(request.note, checkpoint.origin, key)
    except (SignatureFails, NoKnownSignature):
        raise NotSignedByTheLog from None
    seen_size = seen.size if seen else 0
    if request.old != seen_size:
        raise OtherSizeSeen(seen_size)
    if seen and seen.size == checkpoint.size and seen.root != checkpoint.root:
        raise OtherRootSeen(seen.size)
    _check_growth(request, seen)
    return checkpoint


def _check_growth(request: Request, seen: Checkpoint | None) -> None:
    try:
        if seen and seen.size:
            merkle.verify_consistency(
                seen.size, request.checkpoint.size, request.proof, seen.root, request.checkpoint.root
            )
        elif request.proof:
            raise MalformedProof("from size 0 it must be empty")
    except TreeFault as fault:
        raise NotConsistent(fault) from fault


def write_request(old: int, proof: Sequence[bytes], signed: bytes) -> bytes:
    """The body of an add-checkpoint request: the size cosigned last, the consistency proof from there, the note."""
    return "\n".join([f"old {old}", *map(encode_hash, proof), "", ""]).encode() + signed


def read_size(body: bytes) -> int | None:
    """The size in the body of an answer with status 409, or None: then two roots were signed for one size."""
    found = _SIZE.fullmatch(body)
    return int(found[1]) if found else None


def read_answer(answer: bytes, signed: bytes, key: VerifierKey) -> tuple[str, int]:
    """The signature line of this witness, once it holds for the checkpoint, and the POSIX time in it.

    Lines of other keys are ignored. MalformedNote; SignatureFails; NoKnownSignature if there is none by this key.
    """
    text = parse_note(signed)[0]
    together = notes.join(text) + answer
    (verified,) = notes.open_note(together, [key]).verified
    own = [one for one in parse_note(together)[1] if (one.name, one.key_id) == (key.name, key.key_id)]
    return own[-1].line(), verified.cosigned_at or 0
