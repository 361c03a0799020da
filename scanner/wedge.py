"""What a handheld scanner types, made into codes: whatever the layout, Caps Lock, prefixes, endings or missing gaps.

A handheld is a keyboard to the computer. Our codes are capital letters and digits without look-alikes, so what arrives
differs from what was printed in a few ways, each undone here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from labels import payload
from labels.errors import LabelRefusal

# AIM's symbology identifiers, which scanners can be told to send first: ]C0 (Code 128), ]Q1 (QR), ]d1 (Data Matrix).
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
# The ends of a read, as keys, as control characters (GS, RS, EOT) and as text, when a scanner was set up wrongly.
_ENDS = re.compile(r"(?:\\[nrt]|\\x0[dDaA9]|<CR>|<LF>|<TAB>|[\r\n\t\x04\x1d\x1e;,])+", re.IGNORECASE)
_LAYOUTS = {
    "us": {},
    "de": str.maketrans("yzYZ+*", "zyZY]}"),
    "fr": str.maketrans("&é\"'(-è_çàaqzwAQZW$", "1234567890qawzQAWZ]"),
}
LAYOUTS = tuple(_LAYOUTS)
HAND = 0.06  # seconds between keys: scanners send faster, people type slower


@dataclass(frozen=True, slots=True)
class Read:
    """One thing read: `code` is canonical or None, `text` is what arrived, `why` is a sentence if it is no code."""

    text: str
    code: str | None = None
    why: str | None = None


def codes_in(line: str, *, layout: str = "us") -> list[Read]:
    """Every code in what a scanner typed, in order, and what is none of ours as a Read without a code.

    `layout` is the keyboard layout that the computer believes in while the scanner types as an American one.
    """
    text = line.translate(_LAYOUTS[layout])
    reads: list[Read] = []
    for piece in _ENDS.split(text):
        for part in _AIM.split(piece):
            if part.strip():
                reads += _split(part.strip())
    return reads


def _split(part: str) -> list[Read]:
    whole = _one(part)
    if whole.code is not None:
        return [whole]
    return _run_together(part) or [whole]


def _one(part: str) -> Read:
    try:
        return Read(part, payload.parse(part))
    except LabelRefusal as refusal:
        return Read(part, None, refusal.sentence)


def _run_together(part: str) -> list[Read]:
    """Codes typed without a gap between them, only if every piece is a whole code: half a guess is no read."""
    letters = "".join(part.split()).replace("-", "")
    if not letters or len(letters) % payload.LENGTH:
        return []
    pieces = [letters[at : at + payload.LENGTH] for at in range(0, len(letters), payload.LENGTH)]
    reads = [_one(piece) for piece in pieces]
    return reads if all(read.code for read in reads) else []


class Bursts:
    """Gathers single keys into lines: a burst ends with Enter or Tab, or when no key follows for `gap` seconds."""

    def __init__(self, gap: float = 0.15) -> None:
        self.gap = gap
        self._keys: list[str] = []
        self._times: list[float] = []

    def key(self, key: str, at: float) -> list[str]:
        """One key at `at` seconds; the lines that it ended."""
        ended = self.rest(at)
        if key in ("\r", "\n", "\t"):
            return ended + self._take()
        self._keys.append(key)
        self._times.append(at)
        return ended

    @property
    def text(self) -> str:
        """What was typed and not ended yet."""
        return "".join(self._keys)

    def erase(self) -> None:
        """Take the last key back."""
        del self._keys[-1:], self._times[-1:]

    def rest(self, at: float) -> list[str]:
        """Time has passed without a key; the lines that this ended. Slow typing is left until Enter."""
        if not self._keys or at - self._times[-1] < self.gap or not self.by_scanner:
            return []
        return self._take()

    @property
    def by_scanner(self) -> bool:
        """Whether the keys so far came faster than a hand types and are as many as a code has."""
        count = len(self._times)
        if count < payload.LENGTH:
            return False
        return (self._times[-1] - self._times[0]) / (count - 1) < HAND

    def _take(self) -> list[str]:
        line = "".join(self._keys)
        self._keys, self._times = [], []
        return [line] if line else []
