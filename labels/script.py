"""Puts a line of any script into the order and the letter forms in which it is drawn, left to right.

Neither painter shapes text by itself, and both must draw the same. This covers what a label needs of the
Unicode bidirectional algorithm (no explicit embeddings: those controls are dropped before) and the joining
of Arabic letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")
_LAM = "\N{ARABIC LETTER LAM}"
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


@lru_cache(maxsize=1)
def _letter_forms() -> dict[tuple[str, str], str]:
    """(base letters, form) to the presentation character, from Unicode's own compatibility decompositions."""
    forms: dict[tuple[str, str], str] = {}
    for point in (*range(0xFE70, 0xFEFD), *range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00)):
        form, *base = unicodedata.decomposition(chr(point)).split() or [""]
        if form in _FORMS and base and base[0] != "0020":
            forms[("".join(chr(int(one, 16)) for one in base), form)] = chr(point)
    return forms


def _joins_before(letter: str) -> bool:
    return (letter, "<final>") in _letter_forms()


def _joins_after(letter: str) -> bool:
    return (letter, "<initial>") in _letter_forms() or letter == "\N{ARABIC TATWEEL}"


def _with_lam_alef(text: str) -> str:
    """Lam and alef written together, as they must be, by a stand-in that the joining step knows."""
    forms = _letter_forms()
    for alef in "\u0622\u0623\u0625\u0627":
        for form in ("<final>", "<isolated>"):
            ligature = forms[(_LAM + alef, form)]
            before = r"(?<=[{}])".format("".join(_dual_joining())) if form == "<final>" else ""
            text = re.sub(before + _LAM + alef, ligature, text)
    return text


@lru_cache(maxsize=1)
def _dual_joining() -> tuple[str, ...]:
    return tuple(base for base, form in _letter_forms() if form == "<initial>" and len(base) == 1)


def joined(text: str) -> str:
    """The text with Arabic letters in their initial, medial, final or isolated forms."""
    letters = _with_lam_alef(text)
    forms = _letter_forms()
    shaped: list[str] = []
    for index, letter in enumerate(letters):
        before = index > 0 and _joins_after(letters[index - 1]) and _joins_before(letter)
        after = index + 1 < len(letters) and _joins_after(letter) and _followed(letters[index + 1])
        form = _FORMS[(1 if before else 0) + (2 if after else 0)]
        shaped.append(forms.get((letter, form), letter))
    return "".join(shaped)


def _followed(letter: str) -> bool:
    """Whether the letter to the left joins on: an ordinary one, or a lam-alef in its final form."""
    return _joins_before(letter) or unicodedata.decomposition(letter).startswith("<final> 0644")


def _direction(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    if kind in ("R", "AL"):
        return "R"
    if kind in ("EN", "AN"):
        return "N"
    return "L" if kind == "L" else ""


def _levels(text: str) -> list[int]:
    """The embedding level of each character in a left-to-right paragraph."""
    kinds = [_direction(letter) for letter in text]
    levels: list[int] = []
    opened: list[int] = []
    for index, kind in enumerate(kinds):
        before = next((k for k in reversed(kinds[:index]) if k in ("L", "R")), "L")
        after = next((k for k in kinds[index + 1 :] if k), "L")
        if kind == "N":
            levels.append(2 if before == "R" else 0)
        elif kind:
            levels.append(1 if kind == "R" else 0)
        elif text[index] in ")]}" and opened:
            levels.append(levels[opened.pop()])  # A pair of brackets turns together or not at all.
        else:
            levels.append(1 if before == "R" and after in ("R", "N") else 0)
        if text[index] in "([{":
            opened.append(index)
    return levels


def drawn_order(line: str) -> str:
    """The line as it is drawn from left to right: right-to-left words reversed, numbers not."""
    if not _RIGHT_TO_LEFT.search(line):
        return line
    text = joined(line)
    levels = _levels(text)
    letters = [letter.translate(_MIRROR) if level == 1 else letter for letter, level in zip(text, levels, strict=True)]
    for level in (2, 1):
        start = 0
        while start < len(letters):
            end = start
            while end < len(letters) and levels[end] >= level:
                end += 1
            letters[start:end] = reversed(letters[start:end])
            levels[start:end] = reversed(levels[start:end])
            start = max(end, start + 1)
    return "".join(letters)
