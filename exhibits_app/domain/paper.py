"""A checkpoint on paper: the one line of text that a QR code holds, and the short form that eyes compare."""

import re
from typing import Final

from .checkpoint import Checkpoint, decode_hash, encode_hash
from .errors import NotAPaperCheckpoint

FORM: Final = "exhibits/1"
_SIZE: Final = re.compile("[1-9][0-9]{0,17}")
_ORIGIN: Final = re.compile(r"[!#-*,-\[\]-~]{1,200}")


def write(checkpoint: Checkpoint) -> str:
    """The text: form, origin, size and root, with one space between them and nothing after; ASCII alone."""
    return f"{FORM} {checkpoint.origin} {checkpoint.size} {encode_hash(checkpoint.root)}"


def read(text: str) -> Checkpoint:
    """The checkpoint that the text names. Space before and after it, as from a scanner, is passed over.

    Raises NotAPaperCheckpoint for anything else. Nobody has signed it: it counts for as much as the paper does.
    """
    parts = text.strip().split(" ")
    if len(parts) != 4 or parts[0] != FORM:
        raise NotAPaperCheckpoint(f"it is not {FORM}, an origin, a size and a root")
    _, origin, size, root = parts
    if not _ORIGIN.fullmatch(origin):
        raise NotAPaperCheckpoint("its origin is not the name of a log")
    if not _SIZE.fullmatch(size):
        raise NotAPaperCheckpoint("its size is not a plain number")
    decoded = decode_hash(root)
    if decoded is None:
        raise NotAPaperCheckpoint("its root is not the base64 of 32 bytes")
    return Checkpoint(origin, int(size), decoded)


def short(root: bytes) -> str:
    """The first 16 hexadecimal digits of the root in groups of four."""
    return grouped(root.hex()[:16])


def grouped(digits: str) -> str:
    """Digits in groups of four."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
