"""The log's signed statement of how large it is and what its root is: a C2SP checkpoint, and proofs that carry one."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from . import merkle, note
from .ledger_faults import MalformedCheckpoint, MalformedProof, NoKnownSignature
from .merkle import BIGGEST_TREE, HASH_BYTES
from .note import OpenedNote, VerifierKey

PROOF_HEADER: Final = "c2sp.org/tlog-proof@v1"
MOST_HASHES: Final = 63
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, number of leaves and 32-byte root. We write no `extensions`; those of other logs are kept."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise MalformedCheckpoint("its origin is empty or more than a line")
        if not 0 <= self.size <= BIGGEST_TREE or len(self.root) != HASH_BYTES:
            raise MalformedCheckpoint("its size is out of range or its root does not have 32 bytes")
        if self.size == 0 and self.root != merkle.EMPTY_ROOT:
            raise MalformedCheckpoint("its tree is empty and its root is another")

    def text(self) -> str:
        """The note text: the bytes that are signed, as UTF-8."""
        lines = (self.origin, str(self.size), encode_hash(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_text(text: str) -> Checkpoint:
    """The checkpoint of a note text; MalformedCheckpoint unless it is its one form."""
    if not text.endswith("\n"):
        raise MalformedCheckpoint("it does not end with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise MalformedCheckpoint("it has fewer than three lines, or an empty one")
    origin, size, root, *extensions = lines
    if not _DECIMAL.fullmatch(size):
        raise MalformedCheckpoint("its size is not a plain decimal number")
    decoded = decode_hash(root)
    if decoded is None:
        raise MalformedCheckpoint("its root is not the base64 of 32 bytes")
    return Checkpoint(origin, int(size), decoded, tuple(extensions))


def open_checkpoint(
    data: bytes, origin: str, log_key: VerifierKey, witnesses: Sequence[VerifierKey] = ()
) -> tuple[Checkpoint, OpenedNote]:
    """The checkpoint of this log, if the log's own key has signed it; with the note, for its cosignatures.

    Every NoteFault of note.open_note; MalformedCheckpoint for another form or another origin; NoKnownSignature if
    only witnesses have signed.
    """
    opened = note.open_note(data, [log_key, *witnesses])
    if log_key not in [one.key for one in opened.verified]:
        raise NoKnownSignature(tuple(one.key.name for one in opened.verified))
    checkpoint = parse_text(opened.text)
    if checkpoint.origin != origin:
        raise MalformedCheckpoint(f"it is of the log {checkpoint.origin}, not of {origin}")
    return checkpoint, opened


@dataclass(frozen=True, slots=True)
class LogProof:
    """A C2SP tlog-proof: where an entry is, its inclusion proof, and the signed checkpoint that it leads to.

    `extra` is not covered by any signature.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def text(self) -> bytes:
        extra = [] if self.extra is None else [f"extra {base64.b64encode(self.extra).decode()}"]
        lines = [PROOF_HEADER, *extra, f"index {self.index}", *map(encode_hash, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def parse_proof(data: bytes) -> LogProof:
    """The proof of its text; MalformedProof. Neither proof nor checkpoint is verified here."""
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise MalformedProof("its lines are not ASCII") from None
    if not blank or not checkpoint or lines.pop(0) != PROOF_HEADER:
        raise MalformedProof(f"it does not begin with {PROOF_HEADER} or has no checkpoint after a blank line")
    extra = _extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else None
    index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if not _DECIMAL.fullmatch(index) or int(index) >= BIGGEST_TREE:
        raise MalformedProof("it has no index line with a plain decimal number")
    return LogProof(int(index), decode_hashes(lines), checkpoint, extra)


def encode_hash(one: bytes) -> str:
    return base64.b64encode(one).decode("ascii")


def decode_hash(text: str) -> bytes | None:
    """The 32 bytes of canonical base64, or None."""
    if not re.fullmatch(r"[A-Za-z0-9+/]{43}=", text):
        return None
    data = base64.b64decode(text)
    return data if encode_hash(data) == text else None


def decode_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """At most 63 hashes, one a line; MalformedProof."""
    if len(lines) > MOST_HASHES:
        raise MalformedProof(f"it has more than {MOST_HASHES} hashes")
    hashes = [decode_hash(line) for line in lines]
    if None in hashes:
        raise MalformedProof("a line is not the base64 of 32 bytes")
    return tuple(one for one in hashes if one is not None)


def _extra(line: str) -> bytes:
    encoded = line.removeprefix("extra ")
    if not re.fullmatch(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", encoded):
        raise MalformedProof("its extra data is not base64")
    data = base64.b64decode(encoded)
    if base64.b64encode(data).decode() != encoded:
        raise MalformedProof("its extra data is not the canonical base64 of its bytes")
    return data
