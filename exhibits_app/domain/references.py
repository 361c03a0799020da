"""Exhibit references: suggesting the next one, and noticing two that a reader would take for one.

A reference is never parsed for meaning; parentage is a relation. What is done here is only arithmetic on spelling.
"""

import re
from collections.abc import Iterable

_RUNNING = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)$")


def initials(name: str) -> str:
    """The initials of a name, for a suggestion: "Maria Reyes" gives "MR"."""
    return "".join(part[0].upper() for part in re.split(r"[\s\-]+", name) if part and part[0].isalpha())


def look_alike_key(reference: str) -> str:
    """Two references with the same key differ only by case, punctuation, spaces or leading zeros."""
    parts = re.findall(r"[^\W\d_]+|\d+", reference.upper())
    return "/".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def next_reference(existing: Iterable[str], stem: str) -> str:
    """The reference after the highest of this stem: after MR/1 and MR/3 comes MR/4."""
    wanted = f"{stem}/"
    highest = 0
    for reference in existing:
        match = _RUNNING.match(reference)
        if match and match["stem"].upper() == wanted.upper() and len(match["number"]) < 7:
            highest = max(highest, int(match["number"]))
    return f"{wanted}{highest + 1}"


def near_duplicate(reference: str, existing: Iterable[str]) -> str | None:
    """An existing reference that differs only in ways a reader misses, or None. The same spelling is not near."""
    key = look_alike_key(reference)
    for other in existing:
        if other != reference and look_alike_key(other) == key:
            return other
    return None
